/** Asks again until the answer is neither undefined nor false; fails with what was waited for. */
export async function until<T>(
  what: string,
  milliseconds: number,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`waited ${milliseconds} ms and did not see: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
