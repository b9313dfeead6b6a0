import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';

// node scripts/build.ts [renderer] [main] [preload]: writes dist/; all three when none is named.

const root = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Loaded from node_modules at run time: native, or with files of their own beside them. */
const keptOutside = ['electron', 'better-sqlite3', 'highs'];

const parts: Readonly<Record<string, InlineConfig>> = {
  renderer: { configFile: root('renderer/vite.config.ts') },
  // The Node side in one flat folder, so that each bundle finds its workers beside it (main/entries.ts).
  main: {
    configFile: false,
    root: root('main'),
    ssr: { noExternal: true, external: keptOutside },
    build: {
      ssr: true,
      outDir: root('dist/main'),
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      rollupOptions: {
        input: {
          main: root('main/main.ts'),
          voldesk: root('main/voldesk.ts'),
          'service-worker': root('main/service-worker.ts'),
          'compute-worker': root('main/compute/worker.ts'),
        },
        external: [...keptOutside, /^node:/],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js' },
      },
    },
  },
  // A sandboxed preload is one CommonJS file.
  preload: {
    configFile: false,
    root: root('main'),
    build: {
      ssr: true,
      outDir: root('dist/preload'),
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      rollupOptions: {
        input: { preload: root('main/preload.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
};

const asked = process.argv.slice(2);
for (const [name, config] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  await build({ logLevel: 'warn', ...config });
  process.stderr.write(`built dist/${name}\n`);
}
