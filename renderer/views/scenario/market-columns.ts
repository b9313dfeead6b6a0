import type { ScenarioMarketEdit } from '../../../shared/contract/scenario-edits.ts';
import type { ScenarioName } from '../../../shared/contract/scenario-value.ts';
import { daysToGo, date, integer, percent, price, volPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

/** Inputs by name; those set by hand stand out. */
export function marketColumns(edits: readonly ScenarioMarketEdit[]): readonly ColumnSpec<ScenarioName>[] {
  const isSet = (row: ScenarioName, inputs: readonly ScenarioMarketEdit['input'][]) =>
    edits.some((edit) => edit.symbol === row.symbol && inputs.includes(edit.input));
  const missing = 'The frozen market has none.';
  return [
    {
      key: 'symbol',
      header: 'Name',
      note: { what: 'underlying' },
      align: 'left',
      value: (row) => row.symbol,
      text: (row) => row.symbol,
      tones: { strong: () => true },
      pinned: 'left',
      width: 96,
    },
    {
      key: 'spot',
      header: 'Spot',
      note: { what: 'price of the underlying', unit: 'its currency' },
      value: (row) => row.spot,
      text: (row) => price(row.spot),
      tones: { edited: (row) => isSet(row, ['spot']) },
      width: 92,
    },
    {
      key: 'vol',
      header: 'ATM vol, first expiry',
      unit: '%',
      note: { what: 'volatility at the forward of the first expiry' },
      value: (row) => row.expiries[0]?.atmVol ?? null,
      text: (row) => volPercent(row.expiries[0]?.atmVol ?? null),
      reason: (row) => ((row.expiries[0]?.atmVol ?? null) === null ? missing : null),
      tones: { edited: (row) => isSet(row, ['vol', 'volShift']) },
      width: 132,
    },
    {
      key: 'lastVol',
      header: 'Last expiry',
      unit: '%',
      note: { what: 'volatility at the forward of the last expiry' },
      value: (row) => row.expiries.at(-1)?.atmVol ?? null,
      text: (row) => volPercent(row.expiries.at(-1)?.atmVol ?? null),
      reason: (row) => ((row.expiries.at(-1)?.atmVol ?? null) === null ? missing : null),
      tones: { edited: (row) => isSet(row, ['vol', 'volShift']) },
      width: 92,
    },
    {
      key: 'rate',
      header: 'Rate',
      unit: '%',
      note: { what: 'continuously compounded' },
      value: (row) => row.rate,
      text: (row) => percent(row.rate, 2),
      reason: (row) => (row.rate === null ? missing : null),
      tones: { edited: (row) => isSet(row, ['rate']) },
      width: 72,
    },
    {
      key: 'dividendYield',
      header: 'Dividend yield',
      unit: '%',
      note: { what: 'dividends and borrow, continuously compounded' },
      value: (row) => row.dividendYield,
      text: (row) => percent(row.dividendYield, 2),
      reason: (row) => (row.dividendYield === null ? missing : null),
      tones: { edited: (row) => isSet(row, ['dividendYield']) },
      width: 106,
    },
    {
      key: 'exercise',
      header: 'Exercise',
      note: { what: 'of its listed options' },
      align: 'left',
      value: (row) => row.exercise,
      text: (row) => (row.expiries.length === 0 ? '' : row.exercise),
      tones: { dim: () => true },
      width: 84,
    },
    {
      key: 'expiries',
      header: 'Expiries',
      note: { what: 'listed expiries that were frozen' },
      value: (row) => row.expiries.length,
      text: (row) => integer(row.expiries.length),
      reason: (row) => row.expiries.map((one) => date(one.expiry)).join('\n') || daysToGo(null),
      tones: { dim: () => true },
      width: 70,
    },
  ];
}
