import { loadavg } from 'node:os';

/**
 * Median processor nanoseconds of one of `count` items in `work`, all threads of this process, so that other
 * programs on the machine count little. Runs until warm first.
 */
export function processorNanoseconds(count: number, work: () => void, runs = 9): number {
  let passes = 1;
  const measure = (): number => {
    const before = process.cpuUsage();
    for (let pass = 0; pass < passes; pass++) work();
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / (passes * count);
  };
  // the clock of the processor ticks in fractions of a millisecond: some 60 ms leave it no say
  for (let warm = 0; warm < 4; warm++) passes = Math.ceil(6e7 / (measure() * count + 1));
  return Array.from({ length: runs }, measure).sort((a, b) => a - b)[runs >> 1] ?? Number.NaN;
}

/** How busy the machine is, for reading the figures by. */
export const machineLoad = (): number => loadavg()[0] ?? 0;
