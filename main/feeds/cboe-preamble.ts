import { openingInstant, sessionOnOrBefore } from '../../shared/calendar.ts';
import { addDays, daysBetween } from '../../shared/dates.ts';
import { dateOf, numberOf } from './cells.ts';
import type { CsvRecord } from './feed-format.ts';

/** Clock time in New York, `2022-02-05` and minutes after midnight, with the offset where it is named. */
interface Stamp {
  readonly date: string;
  readonly minutes: number;
  readonly zone: string;
}

const openingMinutes = 570;

/** `February 5 2022, 8:26 PM EST`, `August 29, 2026 at 3:19 PM EDT` or `Mar 22 2020 @ 18:24 ET`. */
const stampPattern = /([A-Za-z]{3,9} \d{1,2},? \d{4})(?:,| at| @)? *(\d{1,2}):(\d{2}) *(AM|PM)? *(E[SD]?T)/i;

function stampOf(text: string): Stamp | null {
  const match = stampPattern.exec(text);
  const date = dateOf(match?.[1] ?? '');
  if (match === null || date === null) return null;
  const [, , hourText, minuteText, half, zone = 'ET'] = match;
  const hour = Number(hourText) % (half === undefined ? 24 : 12);
  const minutes = (hour + (half?.toUpperCase() === 'PM' ? 12 : 0)) * 60 + Number(minuteText);
  return { date, minutes, zone: zone.toUpperCase() };
}

/** As an instant. `ET` takes the offset that New York's opening has on that day. */
export function instantOf(stamp: Stamp): string {
  const opening = openingInstant('NYSE', stamp.date);
  const named = stamp.zone === 'EDT' ? 240 : stamp.zone === 'EST' ? 300 : null;
  const milliseconds =
    named === null
      ? opening + (stamp.minutes - openingMinutes) * 60_000
      : Date.parse(`${stamp.date}T00:00:00Z`) + (stamp.minutes + named) * 60_000;
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/**
 * The market day that quotes belong to: the last New York session on or before the stamp, and before it
 * where the stamp is earlier than that session's opening.
 */
function marketDayOf(stamp: Stamp): string {
  const session = sessionOnOrBefore('NYSE', stamp.date);
  return session === stamp.date && stamp.minutes < openingMinutes
    ? sessionOnOrBefore('NYSE', addDays(stamp.date, -1))
    : session;
}

interface Filing {
  readonly tradeDate: string | null;
  readonly note: readonly string[];
}

/** A day that was asked for may move a stamped table back by so much, and no further. */
const longestMove = 7;

/** The market day of a table, and what to say where it is not the day of the stamp. */
export function filedUnder(stamp: Stamp | null, asked: string | null): Filing {
  if (stamp === null) return { tradeDate: asked, note: [] };
  const own = marketDayOf(stamp);
  const back = asked === null ? -1 : daysBetween(asked, stamp.date);
  if (asked !== null && asked !== own && back >= 0 && back <= longestMove)
    return {
      tradeDate: asked,
      note: [`The file was taken on ${stamp.date}; its quotes are filed under ${asked} as asked.`],
    };
  const unused =
    asked === null || asked === own
      ? []
      : [`The file was taken on ${stamp.date}; the day ${asked} that was given is not used.`];
  return own === stamp.date
    ? { tradeDate: own, note: unused }
    : {
        tradeDate: own,
        note: [
          `The file was taken on ${stamp.date}, not during a session: its quotes are those of the market day before, ${own}.`,
          ...unused,
        ],
      };
}

export interface Preamble {
  /** `SPX` of `^SPX (Standard & Poors 500 Index)`, where the file names it. */
  readonly ticker: string | null;
  /** As the file has it, without the ticker; null where it is the ticker alone. */
  readonly name: string | null;
  /** The name ends with `Index`. */
  readonly isIndex: boolean;
  readonly spot: number;
  readonly stamp: Stamp | null;
}

/** `Standard & Poors 500 Index` of `^SPX (Standard & Poors 500 Index)`; null for a bare ticker or nothing. */
function longNameOf(text: string): string | null {
  const inside = /^\^?[A-Z]{1,6} \((.+)\)$/.exec(text)?.[1] ?? text.replace(/\s*\([A-Z]{1,6}\)$/, '');
  return inside === '' || /^\^?[A-Z]{1,6}$/.test(inside) ? null : inside;
}

/** The lines above the header: a name with the last price, and a time stamp with bid and ask. */
export function preambleOf(records: readonly CsvRecord[]): Preamble {
  const stampLine = records.findIndex((record) => stampOf(record.text) !== null);
  const nameLine = records[stampLine > 0 ? stampLine - 1 : 0]?.fields ?? [];
  const priceCell = nameLine.find((cell) => /^\s*last:/i.test(cell)) ?? nameLine[1] ?? '';
  const spot = numberOf(priceCell.replace(/^\s*last:/i, ''));
  const name = nameLine[0]?.trim() ?? '';
  const ticker = /^\^?([A-Z]{1,6}) \(/.exec(name)?.[1] ?? /\(([A-Z]{1,6})\)/.exec(name)?.[1];
  return {
    ticker: ticker ?? null,
    name: longNameOf(name),
    isIndex: /\bindex\)?$/i.test(name),
    spot: spot === undefined || !(spot > 0) ? Number.NaN : spot,
    stamp: stampLine < 0 ? null : stampOf(records[stampLine]?.text ?? ''),
  };
}
