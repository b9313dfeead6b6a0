import type { Report, ReportTable } from '../../../shared/contract/pnl.ts';
import { cents, date, decimal, integer, money, percent, price, volPercent } from '../../format.ts';

type Kind = ReportTable['columns'][number]['kind'];
type Cell = ReportTable['rows'][number][number];

/** A cell as its column says that it reads. */
export function cellText(cell: Cell | undefined, kind: Kind): string {
  if (cell === null || cell === undefined) return '—';
  if (typeof cell === 'string') return kind === 'date' ? date(cell) : cell;
  switch (kind) {
    case 'cents':
      return cents(cell);
    case 'money':
      return money(cell);
    case 'vol':
      return volPercent(cell);
    case 'fraction':
      return percent(cell, 2);
    case 'price':
      return price(cell);
    case 'quantity':
      return decimal(cell, Number.isInteger(cell) ? 0 : 2);
    case 'count':
    case 'text':
    case 'date':
      return integer(cell);
  }
}

export const isNumberKind = (kind: Kind): boolean => kind !== 'text' && kind !== 'date';
const unitOf: Partial<Record<Kind, string>> = { vol: '%', fraction: '%' };

/** A heading with its unit, once. */
export const headingText = (column: ReportTable['columns'][number]): string => {
  const unit = unitOf[column.kind];
  return unit === undefined || column.heading.includes('%') ? column.heading : `${column.heading}, ${unit}`;
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const safe = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

function tableHtml(table: ReportTable): string {
  const head = table.columns
    .map((column) => `<th class="${isNumberKind(column.kind) ? 'n' : ''}">${safe(headingText(column))}</th>`)
    .join('');
  const rows = table.rows.map((row, at) => {
    const isSum = table.totals && at === table.rows.length - 1;
    const cells = table.columns.map((column, place) => {
      const cell = row[place];
      const isLoss = typeof cell === 'number' && cell < 0;
      const classes = [isNumberKind(column.kind) ? 'n' : '', isLoss ? 'loss' : ''].filter(Boolean).join(' ');
      return `<td class="${classes}">${safe(cellText(cell, column.kind))}</td>`;
    });
    return `<tr${isSum ? ' class="sum"' : ''}>${cells.join('')}</tr>`;
  });
  return `<h3>${safe(table.title)}</h3><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const style = `
  @page { size: A4 landscape; margin: 14mm 12mm; }
  body { font: 10px/1.35 'Segoe UI', 'Liberation Sans', Arial, sans-serif; color: #111; margin: 0; padding: 12px; }
  header { border-bottom: 2px solid #111; margin-bottom: 8px; }
  h1 { font-size: 17px; margin: 0 0 2px; } h2 { font-size: 13px; margin: 14px 0 4px; border-bottom: 1px solid #999; }
  h3 { font-size: 10.5px; margin: 8px 0 2px; color: #444; } p { margin: 1px 0; }
  table { border-collapse: collapse; width: 100%; break-inside: auto; } tr { break-inside: avoid; }
  thead { display: table-header-group; }
  th, td { text-align: left; padding: 1.5px 6px; border-bottom: 1px solid #ddd; vertical-align: top; }
  th { font-weight: 600; border-bottom: 1px solid #666; }
  .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .loss { color: #a33c00; } .sum td { font-weight: 700; border-top: 1px solid #666; }
  .note { color: #444; font-size: 9px; } h2, h3 { break-after: avoid; }
`;

/** The report as a page of its own, to be printed or kept as PDF: day and data quality at the head. */
export function reportPage(report: Report): string {
  const sections = report.sections.map(
    (section) =>
      `<section><h2>${safe(section.heading)}</h2>${section.notes
        .map((note) => `<p class="note">${safe(note)}</p>`)
        .join('')}${section.tables.map(tableHtml).join('')}</section>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${safe(report.title)}</title><style>${style}</style></head><body><header><h1>${safe(report.title)}</h1><p>${safe(report.asOfLine)}</p><p>${safe(report.qualityLine)}</p></header>${sections.join('')}</body></html>`;
}
