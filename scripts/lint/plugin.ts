import { builtinModules } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { importFault } from './layers.ts';

const top = resolve(import.meta.dirname, '../..');

interface AstNode {
  readonly type: string;
  readonly value?: unknown;
  readonly operator?: string;
  readonly left?: AstNode;
  readonly right?: AstNode;
  readonly source?: AstNode | null;
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly specifiers?: readonly { readonly importKind?: string; readonly exportKind?: string }[];
}

interface RuleContext {
  readonly filename: string;
  readonly report: (problem: { readonly node: AstNode; readonly message: string }) => void;
}

type Visitor = Readonly<Record<string, (node: AstNode) => void>>;

const fromTop = (path: string): string => relative(top, path).split(sep).join('/');

/** `@scope/name/sub` and `name/sub` without what follows the package's name. */
const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function isTypeOnly(node: AstNode): boolean {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const named = node.specifiers ?? [];
  return named.length > 0 && named.every((one) => one.importKind === 'type' || one.exportKind === 'type');
}

/** `voldesk/layers`: who may import whom, by the table of layers.ts. */
const layersRule = {
  create: (context: RuleContext): Visitor => {
    const check = (node: AstNode): void => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const from = fromTop(context.filename);
      const typeOnly = isTypeOnly(node);
      const isNode = specifier.startsWith('node:') || builtinModules.includes(specifier);
      const fault = specifier.startsWith('.')
        ? importFault({
            from,
            to: fromTop(resolve(dirname(context.filename), specifier)),
            kind: 'file',
            typeOnly,
          })
        : importFault({ from, to: packageName(specifier), kind: isNode ? 'node' : 'package', typeOnly });
      if (fault !== null) context.report({ node, message: fault });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

const unitFactors = new Set([0.01, 100, 252, 365, 1e-4]);

const isUnitFactor = (node: AstNode | undefined): node is AstNode =>
  node?.type === 'Literal' && typeof node.value === 'number' && unitFactors.has(node.value);

/** `voldesk/no-unit-literal`: a bare factor of 0.01, 100, 252, 365 or 1e-4 is a change of unit without a name. */
const unitLiteralRule = {
  create: (context: RuleContext): Visitor => {
    const check = (node: AstNode): void => {
      if (!['*', '/', '*=', '/='].includes(node.operator ?? '')) return;
      for (const side of [node.left, node.right]) {
        if (!isUnitFactor(side)) continue;
        context.report({
          node: side,
          message: `A factor of ${String(side.value)} changes a unit: use a named conversion of risk-units.ts, dates.ts or format.ts.`,
        });
      }
    };
    return { BinaryExpression: check, AssignmentExpression: check };
  },
};

const plugin = {
  meta: { name: 'voldesk' },
  rules: { layers: layersRule, 'no-unit-literal': unitLiteralRule },
};

// oxlint loads a plugin by its default export.
export { plugin as default };
