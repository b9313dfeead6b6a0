/** Where each thread or process of ours starts, from `main/`. */
const sources = {
  'compute-worker': './compute/worker.ts',
  'service-worker': './service-worker.ts',
} as const;

/**
 * The file a worker starts from: the source itself in a checkout, its bundle beside this one once built
 * (all bundles of the Node side lie in one folder).
 */
export function entryUrl(entry: keyof typeof sources): URL {
  const bundled = !import.meta.url.endsWith('.ts');
  return new URL(bundled ? `./${entry}.js` : sources[entry], import.meta.url);
}

/** Whether this program runs from its bundles. */
export const isBundled = (): boolean => !import.meta.url.endsWith('.ts');
