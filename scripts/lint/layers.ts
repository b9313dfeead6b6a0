/** The layer table of ARCHITECTURE.md as data. A new npm package is let in by naming it here. */

export interface Layer {
  readonly name: string;
  /** Files of the layer, from the top of the repository; the first layer that matches owns the file. */
  readonly files: RegExp;
  /** Layers it may import besides itself. */
  readonly layers: readonly string[];
  /** Layers it may import types from. */
  readonly typesOf?: readonly string[];
  readonly packages: readonly string[];
  /** Whether it may import `node:` modules. */
  readonly node?: true;
}

const anyMain = [
  'shared',
  'contract',
  'quant',
  'store',
  'feeds',
  'tickets',
  'compute',
  'commands',
  'calc',
  'service',
];
const anyRenderer = [
  'shared',
  'contract',
  'renderer',
  'client',
  'state',
  'charts',
  'grids',
  'components',
  'views',
];

export const layers: readonly Layer[] = [
  { name: 'shared', files: /^shared\/[^/]+$/, layers: [], packages: [] },
  { name: 'quant', files: /^shared\/quant\//, layers: ['shared'], packages: [] },
  {
    name: 'contract',
    files: /^shared\/contract\//,
    layers: ['shared'],
    typesOf: ['quant'],
    packages: ['zod'],
  },

  {
    name: 'store',
    files: /^main\/store\//,
    layers: ['shared', 'contract', 'quant'],
    // What a feed stages is what the store writes: the shape is declared once, beside the feeds.
    typesOf: ['feeds'],
    packages: ['better-sqlite3'],
    node: true,
  },
  {
    name: 'feeds',
    files: /^main\/feeds\//,
    layers: ['shared', 'contract', 'quant'],
    packages: ['csv-parse'],
    node: true,
  },
  {
    name: 'tickets',
    files: /^main\/tickets\//,
    layers: ['shared', 'contract', 'quant'],
    packages: [],
    node: true,
  },
  {
    name: 'compute',
    files: /^main\/compute\//,
    layers: ['shared', 'contract', 'quant', 'feeds'],
    packages: ['highs'],
    node: true,
  },
  {
    name: 'commands',
    files: /^main\/commands\//,
    layers: ['shared', 'contract', 'quant', 'store', 'feeds', 'compute', 'tickets'],
    packages: ['zod'],
    node: true,
  },
  {
    name: 'calc',
    files: /^main\/calc\//,
    layers: ['shared', 'contract', 'quant', 'compute'],
    packages: ['zod'],
    node: true,
  },
  {
    name: 'preload',
    files: /^main\/preload\.ts$/,
    layers: [],
    typesOf: ['shared', 'contract'],
    packages: ['electron'],
  },
  {
    name: 'hosts',
    files: /^main\/(hosts\/|window\.ts$)/,
    layers: ['shared', 'contract', 'service'],
    packages: ['electron'],
    node: true,
  },
  {
    name: 'entry',
    files: /^main\/(main|voldesk|serve|own-commands)\.ts$/,
    layers: [...anyMain, 'hosts'],
    packages: ['electron'],
    node: true,
  },
  // dispatch, service, log: everything of main but the hosts.
  {
    name: 'service',
    files: /^main\/[^/]+$/,
    layers: anyMain,
    // The messages a service elsewhere exchanges with its host.
    typesOf: ['hosts'],
    packages: ['zod'],
    node: true,
  },

  { name: 'client', files: /^renderer\/client\//, layers: ['shared', 'contract'], packages: [] },
  {
    name: 'state',
    files: /^renderer\/state\//,
    layers: ['shared', 'contract', 'quant', 'client', 'renderer'],
    packages: ['zustand'],
  },
  {
    name: 'charts',
    files: /^renderer\/charts\//,
    layers: ['shared', 'contract', 'renderer'],
    packages: ['lightweight-charts', 'fancy-canvas', 'react'],
  },
  {
    name: 'grids',
    files: /^renderer\/grids\//,
    layers: ['shared', 'contract', 'renderer'],
    packages: ['ag-grid-community', 'react'],
  },
  {
    name: 'components',
    files: /^renderer\/components\//,
    layers: ['shared', 'contract', 'renderer'],
    packages: ['react', 'react-dom'],
  },
  {
    name: 'views',
    files: /^renderer\/views\//,
    layers: anyRenderer.filter((layer) => layer !== 'client'),
    typesOf: ['quant', 'client'],
    packages: ['react', 'react-dom', 'zustand'],
  },
  {
    name: 'renderer-entry',
    files: /^renderer\/(main\.tsx|App\.tsx|vite\.config\.ts)$/,
    layers: anyRenderer,
    packages: ['react', 'react-dom', 'zustand', 'vite', '@vitejs/plugin-react'],
    node: true,
  },
  // format.ts, remote.ts and their kind.
  { name: 'renderer', files: /^renderer\/[^/]+$/, layers: ['shared', 'contract'], packages: [] },
];

export const layerOf = (file: string): Layer | undefined => layers.find((layer) => layer.files.test(file));

/** Why a file may not import something; null where it may, or where the file belongs to no layer. */
export function importFault(link: {
  /** The importing file, from the top of the repository, `/` between folders. */
  readonly from: string;
  /** A file likewise, a package's name, or `node:…`. */
  readonly to: string;
  readonly kind: 'file' | 'package' | 'node';
  readonly typeOnly: boolean;
}): string | null {
  const from = layerOf(link.from);
  if (from === undefined) return null;
  if (link.kind === 'node') {
    return from.node === true || link.typeOnly ? null : `${from.name} may not import Node's modules`;
  }
  if (link.kind === 'package') {
    return from.packages.includes(link.to)
      ? null
      : `${from.name} may not import the package ${link.to}; scripts/lint/layers.ts says who may`;
  }
  const to = layerOf(link.to);
  if (to === undefined) {
    return /^(test|bench|scripts)\//.test(link.to) ? 'shipped code may not import tests or scripts' : null;
  }
  if (to === from || from.layers.includes(to.name)) return null;
  if (from.typesOf?.includes(to.name) === true) {
    return link.typeOnly ? null : `${from.name} may import only types of ${to.name}`;
  }
  return `${from.name} may not import ${to.name}`;
}
