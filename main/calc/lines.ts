/** A line beyond this many characters is not kept; real ones stay under a few million. */
const longestLine = 32 * 1024 * 1024;

/**
 * The lines of a text that arrives in chunks, a batch for each chunk, blank ones left out; null stands for
 * a line that was too long to keep. A last line without its end counts.
 */
export async function* linesOf(
  chunks: AsyncIterable<string | Uint8Array>,
): AsyncGenerator<readonly (string | null)[]> {
  const decoder = new TextDecoder();
  let rest = '';
  let dropping = false;
  const complete = (text: string, batch: (string | null)[]): void => {
    if (dropping) batch.push(null);
    else if (text.trim() !== '') batch.push(text);
    dropping = false;
  };
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const batch: (string | null)[] = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      complete(rest + text.slice(from, end), batch);
      rest = '';
      from = end + 1;
    }
    if (!dropping) rest += text.slice(from);
    if (rest.length > longestLine) {
      dropping = true;
      rest = '';
    }
    if (batch.length > 0) yield batch;
  }
  const last: (string | null)[] = [];
  complete(rest + decoder.decode(), last);
  if (last.length > 0) yield last;
}
