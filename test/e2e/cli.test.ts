import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const top = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'voldesk-cli-'));
const desk = join(folder, 'desk.sqlite');

interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function voldesk(...args: readonly string[]): Outcome {
  const done = spawnSync(process.execPath, [join(top, 'main/voldesk.ts'), ...args], { encoding: 'utf8' });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

/** A command that must succeed and print one JSON value, nothing else. */
function json<T>(...args: readonly string[]): T {
  const { status, out, err } = voldesk(...args, '--desk', desk, '--json');
  expect({ status, err }).toEqual({ status: 0, err: '' });
  return JSON.parse(out) as T;
}

interface Hedge {
  readonly suggestionId: number;
  readonly hash: string;
  readonly status: string;
  readonly basketNotional: number;
  readonly netDelta: number;
  readonly netDeltaFraction: number;
  readonly netPremium: number;
  readonly premiumReceived: number;
  readonly premiumPaid: number;
  readonly coverage: number;
  readonly legs: readonly {
    readonly side: 'sell' | 'buy';
    readonly symbol: string;
    readonly quantity: number;
    readonly price: number;
    readonly delta: number;
    readonly reasons: readonly string[];
  }[];
  readonly constraints: readonly { readonly name: string; readonly slack: number }[];
}

/** The desk's main job from an empty folder to a ticket, as a program would drive it. */
describe('the command line', () => {
  beforeAll(() => {
    json('demo');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('prices the index of the demo market against all of its members', () => {
    const board = json<Record<string, number> & { coverage: { names: number; of: number } }>(
      'dispersion',
      'MERI',
    );
    expect(board.coverage).toMatchObject({ names: 32, of: 32 });
    // Generated at a correlation some 0.1 to 0.2 above the realized one.
    expect(board['impliedCorrelation']).toBeGreaterThan(0.35);
    expect(board['impliedCorrelation']).toBeLessThan(0.6);
    expect(board['firstCoefficient']).toBeCloseTo((board['weightedVol'] ?? 0) / (board['indexVol'] ?? 1), 9);
  });

  it('goes from a basket to an approved hedge and its ticket, and refuses to skip the approval', () => {
    const rules = ['--save', 'core', '--max-names', '15', '--to', '2026-08-31', '--holdout', '2026-09-01'];
    const basket = json<{
      names: readonly string[];
      shares: Record<string, number>;
      rSquaredHoldout: number;
    }>('basket', 'build', 'MERI', ...rules);
    expect(basket.names.length).toBeLessThanOrEqual(15);
    expect(basket.rSquaredHoldout).toBeGreaterThan(0.8);

    const hedge = json<Hedge>('hedge', 'core', '--expiry', '2026-12-18', '--net-delta', '0.05');
    expect(['optimal', 'feasible']).toContain(hedge.status);
    expect(Math.abs(hedge.netDeltaFraction)).toBeLessThanOrEqual(0.05);
    expect(hedge.coverage).toBeGreaterThanOrEqual(1);
    for (const { slack } of hedge.constraints) expect(slack).toBeGreaterThanOrEqual(0);
    // Money added up again from the legs alone.
    const money = (side: 'sell' | 'buy'): number =>
      hedge.legs
        .filter((leg) => leg.side === side)
        .reduce((sum, leg) => sum + leg.quantity * 100 * leg.price, 0);
    expect(money('sell')).toBeCloseTo(hedge.premiumReceived, 4);
    expect(money('buy')).toBeCloseTo(hedge.premiumPaid, 4);
    for (const [symbol, shares] of Object.entries(basket.shares)) {
      const sold = hedge.legs
        .filter((leg) => leg.side === 'sell' && leg.symbol === symbol)
        .reduce((sum, leg) => sum + leg.quantity * 100, 0);
      expect(sold, symbol).toBeLessThanOrEqual(shares);
    }
    for (const leg of hedge.legs) expect(leg.reasons.length).toBeGreaterThan(0);

    const id = String(hedge.suggestionId);
    const early = voldesk('suggestion', 'export', id, '--desk', desk);
    expect(early.status).toBe(1);
    expect(early.err).toMatch(/not approved/);
    json('suggestion', 'approve', id);
    const ticket = join(folder, 'ticket.csv');
    const again = join(folder, 'again.csv');
    json('suggestion', 'export', id, '--format', 'baskettrader', '--out', ticket);
    json('suggestion', 'export', id, '--format', 'baskettrader', '--out', again);
    expect(readFileSync(again).equals(readFileSync(ticket))).toBe(true);
    const orders = readFileSync(ticket, 'utf8').trim().split('\r\n').slice(1);
    expect(orders).toHaveLength(hedge.legs.length);
  }, 120_000);

  it('gives the same hedge for the same inputs', () => {
    const one = json<Hedge>('hedge', 'core', '--expiry', '2026-12-18');
    const two = json<Hedge>('hedge', 'core', '--expiry', '2026-12-18');
    expect(two.legs).toEqual(one.legs);
  }, 120_000);

  it('says what is wrong in one sentence: status 1 for a refusal, 2 for wrong usage', () => {
    const unknown = voldesk('chain', 'NOPE', '--desk', desk, '--json');
    expect(unknown).toMatchObject({ status: 1, out: '' });
    expect(unknown.err.trim().split('\n')).toHaveLength(1);
    expect(voldesk('nonsense')).toMatchObject({ status: 2, out: '' });
    expect(voldesk('demo', '--desk', desk)).toMatchObject({ status: 1, out: '' });
  });
});
