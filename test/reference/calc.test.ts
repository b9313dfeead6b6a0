// Every reference case that a calc can express, piped through the command's own stream and compared.
// Sources and tolerances are those of the reference files; see their `meta`.
import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runCalc } from '../../main/calc/run-calc.ts';
import { referenceTable } from '../support/reference.ts';

type Answer = Readonly<Record<string, any>>;
interface Case {
  readonly name: string;
  readonly line: Readonly<Record<string, unknown>>;
  readonly check: (answer: Answer) => void;
}

async function pipe(cases: readonly Case[]): Promise<void> {
  const text = cases.map(({ line }, id) => `${JSON.stringify({ id, ...line })}\n`).join('');
  // Cut without regard to lines, as a pipe does.
  const chunks = text.match(/[\s\S]{1,60000}/g) ?? [];
  let out = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      out += String(chunk);
      done();
    },
  });
  await runCalc(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), output);
  const answers = out.trimEnd().split('\n');
  expect(answers.length).toBe(cases.length);
  for (const [i, { check }] of cases.entries()) {
    const answer = JSON.parse(answers[i]!) as Answer;
    expect(answer['id']).toBe(i);
    check(answer);
  }
}

const within = (name: string, got: unknown, want: number, allowed: number): void => {
  expect(typeof got, `${name}: ${JSON.stringify(got)}`).toBe('number');
  expect(Math.abs((got as number) - want), `${name}: ${String(got)} for ${want}`).toBeLessThanOrEqual(
    allowed,
  );
};
const code = (answer: Answer): unknown => answer['failure']?.code;

const forward = (i: Answer): number => i['S'] * Math.exp((i['r'] - i['q']) * i['T']);

describe('calc against the reference', () => {
  const european = referenceTable<any>('01_european.json');
  test.skipIf(european === null)('european', async () => {
    const cases = european.cases.flatMap((c: any): Case[] => {
      const { id: name, kind, inputs: i } = c;
      const want = Number(c.truth_hp?.value ?? c.expected_hp?.value ?? c.truth?.value ?? c.expected?.value);
      const spotted = kind === 'bsm_price' || kind === 'bsm_price_greeks' || kind === 'bsm_limit';
      const spread = kind === 'black_stddev_price';
      if (!spotted && !spread && kind !== 'black76_price') return [];
      const line = {
        calc: 'european',
        optionType: i.type,
        forward: i.F ?? forward(i),
        strike: i.K,
        timeToExpiry: spread ? 1 : i.T,
        vol: spread ? i.stddev : i.vol,
        discountFactor: i.D ?? Math.exp(-i.r * i.T),
      };
      const check = (answer: Answer): void => {
        // Rounding the forward from its spot moves a price in the wings by its own condition.
        const condition = 1 + Math.abs((answer['deltaForward'] * line.forward) / (answer['price'] || 1));
        within(
          name,
          answer['price'],
          want,
          1e-14 * condition * Math.abs(want) + 1e-300 + (want < 1e-8 ? 1e-15 : 0),
        );
        const { vega, gamma } = c.expected ?? {};
        if (kind !== 'bsm_price_greeks') return;
        within(name, answer['vegaPerVol'], vega, 1e-11 * Math.abs(vega) + 1e-15);
        const carry = forward(i) / i.S;
        within(name, answer['gammaForward'] * carry ** 2, gamma, 1e-11 * Math.abs(gamma) + 1e-15);
      };
      return [{ name, line, check }];
    });
    expect(cases.length).toBeGreaterThan(130);
    await pipe(cases);
  });

  const implied = referenceTable<any>('02_implied_vol.json');
  test.skipIf(implied === null)('impliedVol, with its failures', async () => {
    const lineOf = (i: any, price: number) => ({
      calc: 'impliedVol',
      optionType: i.type,
      forward: i.F,
      strike: i.K,
      timeToExpiry: i.T,
      discountFactor: i.D,
      price,
    });
    const cases = implied.cases
      .filter((c: any) => c.status === 'ok')
      .map((c: any): Case => ({
        name: c.id,
        line: lineOf(c.inputs, c.price),
        check: (answer) =>
          within(c.id, answer['vol'], c.iv_from_price, c.tol_rel_vs_iv_from_price * c.iv_from_price),
      }));
    const invalid = implied.invalid.map((c: any): Case => ({
      name: c.expect,
      line: lineOf(c, c.price),
      check: (answer) => {
        const wanted: string = c.expect;
        if (wanted.includes('sigma=0')) expect(answer['vol'], wanted).toBe(0);
        else if (wanted.startsWith('T=0')) expect(code(answer), wanted).toBe('invalid-input');
        else if (wanted.includes('upper')) expect(code(answer), wanted).toBe('price-above-maximum');
        else expect(code(answer), wanted).toBe('price-below-intrinsic');
      },
    }));
    expect(cases.length).toBe(284);
    await pipe([...cases, ...invalid]);
  });

  const american = referenceTable<any>('03_american.json');
  test.skipIf(american === null)('american and americanImpliedVol', async () => {
    const lineOf = (i: any, more: object) => ({
      calc: 'american',
      optionType: i.type,
      spot: i.S,
      strike: i.K,
      timeToExpiry: i.T,
      vol: i.vol,
      rate: i.r,
      dividendYield: i.q,
      ...more,
    });
    const continuous = [...american.computed, ...american.quantlib_pde_random].flatMap((c: any): Case[] => {
      const want = c.true_american ?? c.expected?.value;
      if (typeof want !== 'number' || (c.truth_spread ?? 0) > 1e-6) return [];
      const check = (answer: Answer): void => within(c.id, answer['price'], want, 1e-6 * c.inputs.S);
      return [{ name: c.id, line: lineOf(c.inputs, {}), check }];
    });
    const cash = american.cash_dividends.map((c: any, i: number): Case => ({
      name: `cash ${i}`,
      line: lineOf(c.inputs, {
        dividends: c.inputs.dividends.map((d: any) => ({ timeToExDate: d.t, amount: d.amount })),
        dividendModel: c.model === 'spot_jump' ? 'spotJump' : 'escrowed',
        exercise: c.exercise,
      }),
      check: (answer) => within(`cash ${i}`, answer['price'], c.expected.value, 1e-6 * c.inputs.S),
    }));
    const inverted = american.computed.slice(0, 25).flatMap((c: any): Case[] => {
      const { vega, value } = c.expected;
      if (vega === undefined || vega < 1) return [];
      const { vol, ...terms } = lineOf(c.inputs, { calc: 'americanImpliedVol', price: value });
      return [{ name: c.id, line: terms, check: (answer) => within(c.id, answer['vol'], vol, 1e-6) }];
    });
    expect([continuous.length > 300, cash.length, inverted.length > 5]).toEqual([true, 71, true]);
    await pipe([...continuous, ...cash, ...inverted]);
  });

  const start = referenceTable<any>('04_forward_start.json');
  test.skipIf(start === null)(
    'forwardStart, forwardStartImpliedVol, forwardVol and rootMeanSquare',
    async () => {
      const cases = start.cases.flatMap((c: any): Case[] => {
        const i = c.inputs;
        const before = c.phase === 'pre_fixing';
        const unit = c.style === 'absolute' ? (before ? i.S : i.S1) ** c.power : 1;
        const fields = {
          optionType: i.type,
          family: c.style,
          power: c.power,
          strikeMultiplier: i.m,
          discountFactor: i.D,
          ...(before
            ? {
                timeToStart: i.t1 ?? 0.25,
                timeToEnd: (i.t1 ?? 0.25) + i.tau,
                volToStart: i.vol1,
                forward: i.S === undefined ? undefined : i.S * i.carry_to_t1,
                carryFactor: i.R,
              }
            : { firstFixing: i.S1, forward: i.S * i.R, timeToEnd: i.tau_remaining }),
        };
        const spot = before ? (i.carry_to_t1 ?? 1) : i.R;
        const want = Number(c.expected_hp.value);
        const { delta, gamma, vega } = c.expected;
        const close = (answer: Answer, key: string, value: number | undefined, factor: number): void => {
          if (value === undefined) return;
          // The slice's length is the difference of two times here, rounded once more.
          const allowed = (want > 1e-8 * unit ? 2e-12 * Math.abs(value) : 0) + 1e-15 * unit;
          within(`${c.id} ${key}`, answer[key] * factor, value, allowed);
        };
        const priced: Case = {
          name: c.id,
          line: { calc: 'forwardStart', ...fields, vol: i.vol },
          check: (answer) => {
            close(answer, 'price', want, 1);
            close(answer, 'deltaForward', delta, spot);
            close(answer, 'gammaForward', gamma, spot ** 2);
            close(answer, 'vegaPerVol', vega, 1);
          },
        };
        // Where the price hardly moves with the volatility it cannot say which one it was.
        if (vega === undefined || vega * i.vol < 1e-3 * want) return [priced];
        const inverse: Case = {
          name: c.id,
          line: { calc: 'forwardStartImpliedVol', ...fields, price: want },
          check: (answer) => within(c.id, answer['vol'], i.vol, 1e-11 * (1 + want / vega)),
        };
        return [priced, inverse];
      });
      const inverses = [
        ...start.implied_vol_from_price.map((c: any) => ({
          ...c,
          power: 1,
          optionType: 'call',
          price: c.call_value,
        })),
        ...start.implied_vol_from_quadratic_straddle.map((c: any) => ({
          ...c,
          power: 2,
          optionType: 'straddle',
          price: c.straddle2_value,
        })),
      ].map((c: any): Case => ({
        name: `implied ${c.implied_vol}`,
        line: {
          calc: 'forwardStartImpliedVol',
          optionType: c.optionType,
          family: 'relative',
          power: c.power,
          timeToStart: 0.5,
          timeToEnd: 0.5 + c.tau,
          discountFactor: c.D,
          price: c.price,
        },
        check: (answer) => within('implied', answer['vol'], c.implied_vol, 1e-13),
      }));
      const forwards = start.forward_vol.map((c: any): Case => ({
        name: `forward ${c.v1} ${c.v2}`,
        line: { calc: 'forwardVol', nearVol: c.v1, nearTime: c.T1, farVol: c.v2, farTime: c.T2 },
        check: (answer) =>
          c.forward_vol === null
            ? expect(code(answer)).toBe('negative-forward-variance')
            : within('forward', answer['vol'], c.forward_vol, 1e-15),
      }));
      const strips = start.strips_rms.map((c: any): Case => ({
        name: 'strip',
        line: {
          calc: 'rootMeanSquare',
          parts: c.vols.map((vol: number, i: number) => ({ vol, weight: c.taus[i] })),
        },
        check: (answer) => within('strip', answer['vol'], c.strip_vol, 1e-15),
      }));
      expect(cases.length).toBeGreaterThan(489);
      await pipe([...cases, ...inverses, ...forwards, ...strips]);
    },
  );

  const compound = referenceTable<any>('04b_compound.json');
  test.skipIf(compound === null)('optionOnForwardStart', async () => {
    const cases = compound.cases.map((c: any): Case => {
      const { id: name, kind, inputs: i } = c;
      const option = {
        calc: 'optionOnForwardStart',
        power: 1,
        optionType: i.type,
        contractStrike: i.K,
        strikeMultiplier: i.m,
        vol: i.vol,
      };
      if (kind.startsWith('option expiring t0<t1')) {
        const line = {
          ...option,
          underlyingOptionType: i.contract,
          family: 'absolute',
          timeToExpiry: i.t0,
          volToExpiry: i.vol_to_t0,
          timeToStart: i.t1,
          timeToEnd: i.t1 + i.tau,
          forward: i.S * Math.exp((i.r - i.q) * i.t1),
          carryFactor: Math.exp((i.r - i.q) * i.tau),
          discountFactor: Math.exp(-i.r * (i.t1 + i.tau)),
        };
        const want = Number(c.expected_hp.value);
        return { name, line, check: (answer) => within(name, answer['price'], want, 1e-10 * want) };
      }
      if (kind.startsWith('option at t0')) {
        const line = {
          ...option,
          underlyingOptionType: 'call',
          family: 'relative',
          timeToExpiry: i.t0,
          volOfVol: i.nu,
          timeToStart: i.t0,
          timeToEnd: i.t0 + i.tau,
          optionDiscountFactor: i.D_option,
          discountFactor: i.D_option * i.D_contract,
        };
        const want = Number(c.expected_hp.black76_on_price);
        return { name, line, check: (answer) => within(name, answer['price'], want, 1e-10 * want) };
      }
      const line = {
        ...option,
        underlyingOptionType: i.contract,
        family: 'relative',
        timeToExpiry: i.ts,
        volToExpiry: i.vol,
        firstFixing: i.S1,
        forward: i.S * Math.exp((i.r - i.q) * i.T),
        timeToEnd: i.T,
        discountFactor: Math.exp(-i.r * i.T),
      };
      const want = Number(c.expected_hp.value);
      return { name, line, check: (answer) => within(name, answer['price'], want, 1e-10 * want) };
    });
    await pipe(cases);
  });

  const realized = referenceTable<any>('05_realized_vol.json');
  test.skipIf(realized === null)('realizedVol', async () => {
    const bars = (rows: number[][]) => rows.map(([open, high, low, close]) => ({ open, high, low, close }));
    const own = realized.own_series.flatMap((s: any): Case[] =>
      [252, 260].flatMap((year) => {
        const marks = s.bars_ohlc.map((bar: number[]) => bar[3]);
        const observed = bars(s.bars_ohlc.slice(1));
        const lines: readonly (readonly [string, object])[] = [
          ['log_zero_mean_n', { estimator: 'zeroMean', marks }],
          ['simple_zero_mean_n', { estimator: 'zeroMean', marks, returns: 'simple' }],
          ['log_sample_mean_n-1', { estimator: 'sampleMean', marks }],
          ['simple_sample_mean_n-1', { estimator: 'sampleMean', marks, returns: 'simple' }],
          ['parkinson', { estimator: 'parkinson', bars: observed }],
          ['garman_klass', { estimator: 'garmanKlass', bars: observed }],
          ['rogers_satchell', { estimator: 'rogersSatchell', bars: observed }],
        ];
        return lines.map(([key, fields]): Case => ({
          name: `${s.id} ${key}`,
          line: { calc: 'realizedVol', periodsPerYear: year, ...fields },
          check: (answer) => {
            const want = s.expected[`${key}_N${year}`];
            within(`${s.id} ${key}`, answer['vol'], want, 1e-12 * (1 + want));
            expect(answer['observations']).toBe(s.bars_ohlc.length - 1);
          },
        }));
      }),
    );
    const tables = realized.cases
      .filter((c: any) => c.inputs.ohlc !== undefined)
      .flatMap((c: any): Case[] =>
        (['parkinson', 'garman_klass', 'rogers_satchell'] as const)
          .filter((key) => c.truth[key] !== undefined)
          .map((key) => ({
            name: `${c.id} ${key}`,
            line: {
              calc: 'realizedVol',
              estimator: {
                parkinson: 'parkinson',
                garman_klass: 'garmanKlass',
                rogers_satchell: 'rogersSatchell',
              }[key],
              bars: bars(c.inputs.ohlc),
              periodsPerYear: c.inputs.N,
            },
            check: (answer) => within(`${c.id} ${key}`, answer['vol'], c.truth[key], 1e-12),
          })),
      );
    const facts = realized.facts.flatMap((f: any): Case[] =>
      [
        ['zeroMean', f.expected.zero_mean],
        ['sampleMean', f.expected.sample_mean_ddof1],
      ].map(([estimator, want]) => ({
        name: f.id,
        line: {
          calc: 'realizedVol',
          estimator,
          marks: f.prices,
          returns: f.return_kind === 'log' ? 'log' : 'simple',
          periodsPerYear: f.N,
        },
        check: (answer) => within(f.id, answer['vol'], want, 1e-12),
      })),
    );
    expect(own.length + tables.length + facts.length).toBeGreaterThan(80);
    await pipe([...own, ...tables, ...facts]);
  });

  const variance = referenceTable<any>('06_variance_vix.json');
  test.skipIf(variance === null)('modelFreeVol', async () => {
    const quotes = (rows: number[][]) =>
      rows.map(([strike, callBid, callAsk, putBid, putAsk]) => ({
        strike,
        callBid,
        callAsk,
        putBid,
        putAsk,
      }));
    const cases = variance.cases
      .filter((c: any) => c.near !== undefined)
      .map((c: any): Case => ({
        name: c.id,
        line: {
          calc: 'modelFreeVol',
          expiries: [c.near, c.next].map((side: any) => ({
            timeToExpiry: side.minutes / 525600,
            rate: side.rate,
            quotes: quotes(side.quotes),
          })),
        },
        check: (answer) => {
          within(c.id, answer['vol'], c.truth.VIX / 100, 1e-12);
          within(c.id, answer['expiries'][0].variance, c.truth.sigma2_1, 1e-12);
          within(c.id, answer['expiries'][1].variance, c.truth.sigma2_2, 1e-12);
        },
      }));
    expect(cases.length).toBe(2);
    await pipe(cases);
  });

  const correlation = referenceTable<any>('07_index_correlation.json');
  test.skipIf(correlation === null)('indexCorrelation and portfolioVol', async () => {
    const value = (text: string): number => {
      const [over, under = '1'] = text.split('/');
      return Number(over) / Number(under);
    };
    const cases = correlation.cases.flatMap((c: any): Case[] => {
      const weights = c.inputs.weights.map(value);
      const vols = c.inputs.vols.map(value);
      const { expected, tolerance, id: name } = c;
      return [
        {
          name,
          line: {
            calc: 'portfolioVol',
            weights,
            vols,
            correlations: c.inputs.corr.map((row: string[]) => row.map(value)),
          },
          check: (answer) => within(name, answer['vol'], expected.portfolio_vol, tolerance),
        },
        {
          name,
          line: { calc: 'indexCorrelation', weights, vols, indexVol: expected.index_vol_used },
          check: (answer) => {
            within(name, answer['correlation'], expected.implied_correlation, 10 * tolerance);
            within(name, answer['weightedVol'], expected.weighted_component_vol, tolerance);
          },
        },
      ];
    });
    await pipe(cases);
  });

  const hedge = referenceTable<any>('08a_hedge_selection.json');
  test.skipIf(hedge === null)('hedge', async () => {
    const cases = hedge.instances.map((c: any): Case => ({
      name: c.id,
      line: {
        calc: 'hedge',
        basket: c.stocks.map((s: any, i: number) => ({
          symbol: `S${i}`,
          shares: s.shares,
          spot: s.price_cents / 100,
          beta: s.beta_milli / 1000,
        })),
        calls: c.stocks.flatMap((s: any, i: number) =>
          s.calls.map((call: any, j: number) => ({
            id: `S${i}C${j}`,
            symbol: `S${i}`,
            bid: call.premium_cents / 100,
            delta: call.delta_milli / 1000,
            // Collects −price × delta, so that the best score sells the least delta.
            score: -(s.price_cents * call.delta_milli) / 1000 / call.premium_cents,
          })),
        ),
        puts: c.puts.map((put: any, k: number) => ({
          id: `P${k}`,
          ask: put.premium_cents / 100,
          delta: put.delta_milli / 1000,
          strike: put.strike_cents / 100,
          limit: put.max_contracts,
        })),
        indexLevel: c.index_cents / 100,
        multiplier: c.multiplier,
        indexMultiplier: c.multiplier,
        coverageBy: c.put_notional === 'strike' ? 'strike' : 'indexLevel',
        netDeltaLimit: c.delta_threshold_num / c.delta_threshold_den,
        oneStrikePerName: c.one_strike_per_stock,
        objective: [
          { max_net_premium: 'credit', min_abs_net_delta: 'netDelta', min_call_delta_sold: 'score' }[
            c.objective as 'max_net_premium'
          ],
        ],
      },
      check: (answer) => {
        expect(answer['status'], c.id).toBe(c.result.status);
        if (c.result.status === 'infeasible') {
          expect(answer['conflict'].length, c.id).toBeGreaterThan(0);
          return;
        }
        const n = (id: string): number => answer['contracts'][id] ?? 0;
        const chosen = {
          puts: c.puts.map((_: unknown, k: number) => n(`P${k}`)),
          calls: c.stocks.map((s: any, i: number) => s.calls.map((_: unknown, j: number) => n(`S${i}C${j}`))),
        };
        expect(c.result.optimal_solutions, c.id).toContainEqual(chosen);
      },
    }));
    expect(cases.length).toBeGreaterThan(5);
    await pipe(cases);
  });

  const tracking = referenceTable<any>('08b_tracking_basket.json');
  test.skipIf(tracking === null)('trackingBasket', async () => {
    const reachable = tracking.instances.filter(
      (c: any) => c.method === 'nnls' && c.rules.max_realized_vol_diff === undefined,
    );
    const cases = reachable.map((c: any): Case => {
      const columns: number[] = c.in_index.map((_: boolean, j: number) => j);
      const { rules } = c;
      return {
        name: c.id,
        line: {
          calc: 'trackingBasket',
          index: c.index_returns,
          stocks: Object.fromEntries(columns.map((j) => [`S${j}`, c.returns.map((row: number[]) => row[j])])),
          maxNames: c.k_max,
          indexSize: c.index_size,
          indexWeights: Object.fromEntries(
            columns.filter((j) => c.in_index[j]).map((j) => [`S${j}`, c.index_weights[j]]),
          ),
          vols: Object.fromEntries(columns.map((j) => [`S${j}`, c.implied_vols[j]])),
          indexVol: c.index_implied_vol,
          maxNameShare: rules.max_name_fraction,
          maxWeightOverlap: rules.max_weight_overlap,
          minBasketVolSpread: rules.min_vol_spread,
        },
        check: (answer) => {
          if (c.result.status === 'infeasible') {
            expect(code(answer), c.id).toBe('infeasible');
            return;
          }
          expect([...answer['names']].sort(), c.id).toEqual(
            c.result.selected.map((j: number) => `S${j}`).sort(),
          );
          within(c.id, answer['rSquared'], c.result.r2, 1e-10);
          c.result.selected.forEach((j: number, k: number) =>
            within(c.id, answer['weights'][`S${j}`], c.result.weights[k], 1e-8),
          );
        },
      };
    });
    expect(cases.length).toBeGreaterThan(5);
    await pipe(cases);
  });
});
