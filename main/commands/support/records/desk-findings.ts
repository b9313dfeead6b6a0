import type { BasketDrift } from '../../../../shared/contract/basket-desk.ts';
import type { SavedBasket } from '../../../../shared/contract/basket.ts';
import type { HealthFinding } from '../../../../shared/contract/desk.ts';
import type { IsoDate, IsoInstant } from '../../../../shared/dates.ts';
import type { BackupShelf, DerivedDays, Readers } from '../../../store/index.ts';
import { isForwardStart, isSettled } from '../contracts/contract-entry.ts';
import { observationsOf } from '../contracts/realized-vol-value.ts';

const dayMilliseconds = 86_400_000;

/** A desk that was written since its newest backup, where that is older than a day or there is none. */
export function backupFindings(
  shelf: Pick<BackupShelf, 'folder' | 'list' | 'isBehind'>,
  now: IsoInstant,
): HealthFinding[] {
  if (shelf.folder === null || !shelf.isBehind()) return [];
  const newest = shelf.list()[0]?.at ?? null;
  const days = newest === null ? 1 : Math.floor((Date.parse(now) - Date.parse(newest)) / dayMilliseconds);
  if (days < 1) return [];
  const sentence =
    newest === null
      ? 'The desk has no backup. Make one below; an open window makes one every hour.'
      : `The newest backup is of ${newest.slice(0, 10)}, and the desk was written since. Make one below.`;
  return [{ severity: 'warning', subject: 'Desk file', rule: 'old backup', count: days, sentence }];
}

/** Sessions of a realized-volatility contract that are over and have no observation. */
export const observationFindings = (read: Readers, asOf: IsoDate): HealthFinding[] =>
  read.contracts.list().flatMap((contract): HealthFinding[] => {
    if (isForwardStart(contract) || isSettled(contract) || contract.terms.startDate > asOf) return [];
    const { contractId, underlying } = contract.terms;
    const missing = observationsOf(read, contract.terms, asOf).rows.filter(
      ({ status }) => status === 'missing',
    );
    const [first] = missing;
    if (first === undefined) return [];
    const more = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
    const sentence = `${contractId} has no observation of ${underlying} on ${first.date}${more}. Import its prices or tell the observation.`;
    return [
      {
        severity: 'warning',
        subject: underlying,
        rule: 'missing observation',
        count: missing.length,
        sentence,
      },
    ];
  });

const driftKind = 'basket-drift';
const driftKey = ({ basketId }: SavedBasket): string => `basket ${basketId}`;
const driftInputs = (read: Readers): string => `${read.desk.dataRevision()}`;

/** Keeps which rules of a basket broke until a day, for `basketFindings`. */
export function keepDrift(
  { read, derived }: { readonly read: Readers; readonly derived: DerivedDays },
  saved: SavedBasket,
  day: IsoDate,
  { firstBroken }: Pick<BasketDrift, 'firstBroken'>,
): void {
  derived.keep(driftKind, driftKey(saved), [{ date: day, inputs: driftInputs(read), value: firstBroken }]);
}

/** The rules that the newest version of each basket broke, as far as that was looked at since the data changed. */
export const basketFindings = (read: Readers, derived: DerivedDays, asOf: IsoDate): HealthFinding[] =>
  read.baskets.list().flatMap((saved): HealthFinding[] => {
    const known = derived.on(driftKind, driftKey(saved), asOf);
    if (known === null || known.inputs !== driftInputs(read)) return [];
    const broken = [...(known.value as BasketDrift['firstBroken'])];
    const [first] = broken.toSorted((a, b) => (a.date < b.date ? -1 : 1));
    if (first === undefined) return [];
    const sentence = `${saved.name} breaks its rules since ${first.date}: ${first.sentence} Build it anew or accept it.`;
    return [
      {
        severity: 'warning',
        subject: saved.name,
        rule: 'basket rule broken',
        count: broken.length,
        sentence,
      },
    ];
  });
