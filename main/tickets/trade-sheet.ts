import type { HedgeLeg, Suggestion } from '../../shared/contract/hedge.ts';
import { acceptedLegs, orderReference, plainPrice, plainStrike } from './accepted-legs.ts';

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const money = (amount: number): string =>
  new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount);
const percent = (fraction: number): string => `${(fraction * 100).toFixed(2)} %`;

const cells = (values: readonly string[], tag: 'td' | 'th'): string =>
  `<tr>${values.map((value) => `<${tag}>${escapeHtml(value)}</${tag}>`).join('')}</tr>`;

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead>${cells(header, 'th')}</thead><tbody>${rows.map((row) => cells(row, 'td')).join('')}</tbody></table>`;

const legRow = (leg: HedgeLeg): readonly string[] => [
  leg.side === 'sell' ? 'SELL' : 'BUY',
  String(leg.quantity),
  leg.symbol,
  leg.type,
  leg.expiry,
  plainStrike(leg.strike),
  plainPrice(leg.price),
  leg.quote.bid === null ? '—' : plainPrice(leg.quote.bid),
  leg.quote.ask === null ? '—' : plainPrice(leg.quote.ask),
  money((leg.side === 'sell' ? 1 : -1) * leg.quantity * leg.multiplier * leg.price),
  leg.reasons[0] ?? '',
];

const style = `body{font:12px/1.4 system-ui,sans-serif;color:#111;margin:24px}h1{font-size:18px;margin:0 0 4px}
h2{font-size:13px;margin:16px 0 4px}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid #ccc;padding:3px 6px;text-align:right;vertical-align:top}
th:nth-child(n+3):nth-child(-n+4),td:nth-child(n+3):nth-child(-n+4),th:first-child,td:first-child,th:last-child,td:last-child{text-align:left}
footer{margin-top:16px;color:#444;word-break:break-all}@page{size:A4 landscape;margin:12mm}`;

/** A sheet to print or file: what was approved, by whom, with the snapshot's hash. Self-contained HTML without scripts. */
export function tradeSheetHtml(suggestion: Suggestion): string {
  const { proposal } = suggestion;
  const legs = acceptedLegs(suggestion);
  const title = `Hedge of ${proposal.basket}, suggestion ${suggestion.suggestionId}`;
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>`,
    `<h1>${escapeHtml(title)}</h1>`,
    `<p>Market day ${escapeHtml(proposal.asOf)} · expiry ${escapeHtml(proposal.expiry)} · index ${escapeHtml(proposal.index)} at ${plainPrice(proposal.indexLevel)} · amounts in ${escapeHtml(proposal.currency)}<br>${escapeHtml(proposal.quoteModel)}</p>`,
    '<h2>Orders</h2>',
    table(
      ['Side', 'Contracts', 'Symbol', 'Type', 'Expiry', 'Strike', 'Limit', 'Bid', 'Ask', 'Premium', 'Reason'],
      legs.map(legRow),
    ),
    '<h2>Package</h2>',
    table(
      ['Constraint', 'Limit', 'Value', 'Slack'],
      proposal.constraints.map((constraint) => {
        const text = constraint.unit === 'fraction' ? percent : money;
        return [constraint.name, text(constraint.limit), text(constraint.value), text(constraint.slack)];
      }),
    ),
    '<h2>Before and after</h2>',
    table(
      ['', 'Delta', 'Delta, of notional', 'Gamma, 1 % move', 'Vega, vol point', 'Theta, day', 'Premium'],
      (['before', 'after'] as const).map((moment) => {
        const totals = proposal[moment];
        return [
          moment,
          money(totals.deltaDollar),
          percent(totals.deltaFraction),
          money(totals.gammaDollar1Pct),
          money(totals.vegaPerVolPoint),
          money(totals.thetaPerDay),
          money(totals.premium),
        ];
      }),
    ),
    `<footer>Approved by ${escapeHtml(suggestion.approvedBy ?? '—')} at ${escapeHtml(suggestion.approvedAt ?? '—')} · Voldesk ${escapeHtml(suggestion.version)} · reference ${escapeHtml(orderReference(suggestion))} · snapshot SHA-256 ${escapeHtml(suggestion.hash)}</footer>`,
    '</body></html>',
    '',
  ].join('\n');
}
