/** Opens a printable page in a window of its own and offers to print it; false where none may be opened. */
export function printSheet(html: string): boolean {
  const address = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  const sheet = window.open(address, '_blank');
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  if (sheet === null) return false;
  sheet.addEventListener('load', () => sheet.print());
  return true;
}
