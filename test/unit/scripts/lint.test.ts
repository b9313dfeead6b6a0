import { describe, expect, it } from 'vitest';
import { importFault } from '../../../scripts/lint/layers.ts';
import plugin from '../../../scripts/lint/plugin.ts';

const link = (
  from: string,
  to: string,
  more: Partial<Parameters<typeof importFault>[0]> = {},
): string | null => importFault({ from, to, kind: 'file', typeOnly: false, ...more });

describe('the layer rule', () => {
  it('lets each layer reach down', () => {
    expect(link('main/commands/chain.ts', 'main/store/quotes.ts')).toBeNull();
    expect(link('shared/quant/european/black.ts', 'shared/units.ts')).toBeNull();
    expect(link('renderer/views/chain/Chain.tsx', 'renderer/grids/data-grid.ts')).toBeNull();
    expect(link('main/store/open.ts', 'better-sqlite3', { kind: 'package' })).toBeNull();
  });

  it.each([
    ['shared/quant/european/black.ts', 'shared/contract/chain.ts'],
    ['main/store/quotes.ts', 'main/commands/chain.ts'],
    ['main/feeds/cells.ts', 'main/store/open.ts'],
    ['main/hosts/web.ts', 'main/commands/chain.ts'],
    ['renderer/state/chain.ts', 'renderer/views/chain/Chain.tsx'],
    ['renderer/main.tsx', 'main/service.ts'],
    ['main/preload.ts', 'main/service.ts'],
    ['main/service.ts', 'test/support/until.ts'],
  ])('keeps %s from %s', (from, to) => {
    expect(link(from, to)).toMatch(/may (not )?import/);
  });

  it.each([
    ['renderer/views/chain/Chain.tsx', 'ag-grid-community'],
    ['main/commands/chain.ts', 'better-sqlite3'],
    ['shared/quant/european/black.ts', 'zod'],
    ['renderer/charts/plot.ts', 'ag-grid-community'],
    ['main/service.ts', 'left-pad'],
  ])('keeps %s from the package %s', (from, to) => {
    expect(link(from, to, { kind: 'package' })).toContain(to);
  });

  it("keeps Node out of shared and of the window's side", () => {
    expect(link('shared/dates.ts', 'node:fs', { kind: 'node' })).not.toBeNull();
    expect(link('renderer/state/chain.ts', 'node:fs', { kind: 'node' })).not.toBeNull();
    expect(link('main/feeds/cells.ts', 'node:fs', { kind: 'node' })).toBeNull();
  });

  it('tells types from values where only types may pass', () => {
    expect(link('shared/contract/chain.ts', 'shared/quant/surface/smile.ts', { typeOnly: true })).toBeNull();
    expect(link('shared/contract/chain.ts', 'shared/quant/surface/smile.ts')).toContain('only types');
  });
});

describe('the rule on factors of units', () => {
  const reported = (operator: string, value: number): number => {
    let problems = 0;
    const visitor = plugin.rules['no-unit-literal'].create({
      filename: 'shared/quant/european/black.ts',
      report: () => {
        problems += 1;
      },
    });
    visitor['BinaryExpression']?.({
      type: 'BinaryExpression',
      operator,
      left: { type: 'Identifier' },
      right: { type: 'Literal', value },
    });
    return problems;
  };

  it('reports a bare hundredth or year, and no other number or operator', () => {
    expect(reported('*', 0.01)).toBe(1);
    expect(reported('/', 365)).toBe(1);
    expect(reported('*', 2)).toBe(0);
    expect(reported('+', 100)).toBe(0);
  });
});
