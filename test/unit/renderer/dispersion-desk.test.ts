import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choicesFrom, usualDispersionChoices } from '../../../renderer/state/dispersion-choices.ts';
import { createWorkstation, openWorkstation, type Workstation } from '../../../renderer/state/store.ts';
import { dispersionInFront } from '../../../renderer/state/dispersion.ts';
import {
  boardTable,
  columnKeyOf,
  measureTip,
  placeOf,
  standingsOf,
} from '../../../renderer/views/dispersion/dispersion-board.ts';
import { dispersionMeasures, measureSpec } from '../../../renderer/views/dispersion/dispersion-measures.ts';
import { acrossModel, measureHistory } from '../../../renderer/views/dispersion/dispersion-models.ts';
import { correlationModel, correlationTable } from '../../../renderer/views/dispersion/correlation-models.ts';
import { ordersTable } from '../../../renderer/views/dispersion/trade-columns.ts';
import { timingOf } from '../../../renderer/views/dispersion/VoteThresholds.tsx';
import { openTestService, type TestService } from '../../support/service.ts';
import { windowClient } from '../../support/window-client.ts';

describe('the dispersion desk of the window, over the real service and the demo market', () => {
  let service: TestService;
  let client: ReturnType<typeof windowClient>;
  let desk: Workstation;
  const now = () => desk.getState();

  beforeAll(async () => {
    service = openTestService();
    client = windowClient(service);
    desk = createWorkstation(client);
    await openWorkstation(desk, client);
    await now().openDemoMarket();
    await now().loadDesk();
    await now().loadDispersion();
    await now().loadDispersionPasts();
  }, 90_000);
  afterAll(async () => {
    client.close();
    await service.port.close();
  });
  const inFront = () => {
    const cell = dispersionInFront(now());
    if (cell === null) throw new Error('a cell stands in front');
    return cell;
  };

  test('every cell of the board has its place and a thin line that ends with today', () => {
    const cell = inFront();
    const standings = standingsOf(now().dispersionPasts.value, cell.asOf, '1 year');
    for (const { index, termDays } of now().dispersionBoard.value?.cells ?? []) {
      const own = standings.get(columnKeyOf({ index, termDays }));
      expect(own?.size).toBe(dispersionMeasures.length);
    }
    const own = standings.get(columnKeyOf(cell))!;
    for (const spec of dispersionMeasures) {
      const standing = own.get(spec.key)!;
      expect(standing.line.at(-1), spec.key).toBe(spec.value(cell));
      expect(standing.line.length).toBeLessThanOrEqual(40);
      expect(measureTip(spec, cell, standing, '1 year'), spec.key).toContain(spec.text(spec.value(cell)));
    }
    expect(standingsOf(now().dispersionPasts.value, '2020-01-02', '1 year').size).toBe(0);
  });

  test('a past of few days gives no percentile', () => {
    expect(placeOf({ percentile: 1, days: 9 })).toBeNull();
    expect(placeOf({ percentile: 0.4, days: 10 })).toBe(0.4);
    expect(placeOf(undefined)).toBeNull();
  });

  test('the board as a table has each number with its place in the past', () => {
    const cells = now().dispersionBoard.value?.cells ?? [];
    const standings = standingsOf(now().dispersionPasts.value, inFront().asOf, '2 years');
    const [head, ...rows] = boardTable(cells, standings);
    expect(head).toHaveLength(2 + 7 * cells.length);
    expect(rows.every((row) => row.length === head?.length)).toBe(true);
    const row = rows.find(([title]) => title === 'Implied correlation');
    expect(Number(row?.[2])).toBe(cells[0]?.impliedCorrelation);
    expect(Number(row?.[3])).toBeGreaterThanOrEqual(0);
  });

  test('a measure through its past ends today, with a second one on the same days', async () => {
    await now().loadDispersionHistory(inFront().index);
    const past = now().dispersionHistory.value!;
    const model = measureHistory(past, inFront(), 'impliedCorrelation', '3 months', 'firstCoefficient');
    expect(model?.dates).toHaveLength(64);
    expect(model?.values.at(-1)).toBe(inFront().impliedCorrelation);
    expect(model?.overlay?.values).toHaveLength(64);
    expect(model?.overlay?.values.at(-1)).toBe(inFront().firstCoefficient);
    expect(measureHistory(past, inFront(), 'indexVol', 'all')?.dates.length).toBeGreaterThan(252);
  }, 30_000);

  test('one measure across terms has today and the middle half of each past', async () => {
    await now().loadDispersionAcross(inFront().index);
    const across = now().dispersionAcross.value!;
    expect(across.terms.map(({ termDays }) => termDays)).toEqual([10, 20, 30, 60, 90, 120, 150, 180]);
    const model = acrossModel(across, '2 years')!;
    const today = model.lines[0]!;
    expect(today.y[today.x.indexOf(30)]).toBe(inFront().impliedCorrelation);
    for (const [k, low] of (model.bands?.[0]?.low ?? []).entries()) {
      expect(low).toBeLessThanOrEqual(model.bands?.[0]?.high[k] ?? Number.NaN);
    }
  }, 60_000);

  test('thresholds that are changed are kept on the desk, and vote at once', async () => {
    const before = inFront();
    expect(before.timing.isUsual).toBe(true);
    const own = timingOf(before);
    await now().keepDispersionTiming({ ...own, minVotes: 5 });
    expect(inFront().timing).toMatchObject({ minVotes: 5, isUsual: false });
    expect(inFront().votes.map(({ vote }) => vote)).toEqual(before.votes.map(({ vote }) => vote));
    await now().keepDispersionTiming(null);
    expect(inFront().timing.isUsual).toBe(true);
    expect(inFront().verdict).toEqual(before.verdict);
  }, 30_000);

  test('the matrix is drawn with its diagonal in full and saved with its weights', async () => {
    const { index } = inFront();
    for (const kind of ['returns', 'levels', 'changes'] as const) {
      now().changeMatrix({ kind, sessions: 60 });
      await now().loadDispersionMatrix(index);
      const table = now().dispersionMatrix.value!;
      const model = correlationModel(table, null);
      expect(model.values.every((row, i) => row[i] === 1)).toBe(true);
      expect(model.remark?.(0, 1)).toContain(`${table.observations} observations`);
      expect(correlationTable(table).split('\r\n')).toHaveLength(table.names.length + 1);
      expect(table.observations).toBe(kind === 'changes' ? 59 : 60);
    }
    expect(correlationModel(now().dispersionMatrix.value!, null).formatShort?.(-0.3)).toBe('−.30');
  }, 30_000);

  test('a name taken out of the trade by hand leaves the others, and the orders are its options', async () => {
    const { index } = inFront();
    now().changeTrade({ maxNames: 4, indexContracts: 300 });
    await now().loadDispersionTrade(index);
    const first = now().dispersionTrade.value!;
    const out = first.legs[0]!.symbol;
    now().toggleTradeName(out);
    await now().loadDispersionTrade(index);
    const second = now().dispersionTrade.value!;
    expect(second.legs.map(({ symbol }) => symbol).sort()).toEqual(
      first.legs
        .map(({ symbol }) => symbol)
        .filter((symbol) => symbol !== out)
        .sort(),
    );
    for (const leg of [second.indexLeg, ...second.legs]) {
      const orders = second.orders.filter(({ symbol }) => symbol === leg.symbol);
      expect(orders.map(({ contract }) => contract)).toEqual([leg.call, leg.put]);
      expect(orders.every(({ quantity }) => quantity === Math.abs(leg.contracts))).toBe(true);
      expect(orders.every(({ side }) => side === (leg.contracts > 0 ? 'buy' : 'sell'))).toBe(true);
    }
    expect(ordersTable(second).split('\r\n')).toHaveLength(second.orders.length + 1);
  }, 60_000);

  test('the listed measures stand beside ours, at the money and at four deltas', async () => {
    await now().loadDispersionNeighbors(inFront().index);
    const found = now().dispersionNeighbors.value!;
    expect(found.listedCorrelation.ours).toBe(inFront().impliedCorrelation);
    expect(found.deltaCorrelations.map(({ delta }) => delta)).toEqual([0.1, 0.3, 0.7, 0.9]);
    const [far, , , near] = found.deltaCorrelations.map(({ value }) => value ?? Number.NaN);
    // Index skew is steeper than the names': downside strikes imply more correlation than upside ones.
    expect(near).toBeGreaterThan(far ?? Number.NaN);
  }, 60_000);
});

describe('what the dispersion desk remembers', () => {
  test('comes back as it was, and whatever is not understood stays as it is', () => {
    const kept = { ...usualDispersionChoices, term: 60, page: 'trade', overlay: 'weightedVol' };
    expect(choicesFrom(JSON.parse(JSON.stringify(kept)), usualDispersionChoices)).toEqual(kept);
    const broken = { term: 45, page: 'nowhere', measure: 'none', range: 7, index: null };
    expect(choicesFrom(broken, usualDispersionChoices)).toEqual(usualDispersionChoices);
    expect(choicesFrom('text', usualDispersionChoices)).toBe(usualDispersionChoices);
  });

  test('every measure has a title, a unit and a formula', () => {
    for (const { key, title, unit, note } of dispersionMeasures) {
      expect(measureSpec(key)?.title).toBe(title);
      expect(unit.length).toBeGreaterThan(0);
      expect(note.formula?.length ?? 0, key).toBeGreaterThan(0);
    }
  });
});
