import type { ScenarioEdit, ScenarioMarketEdit } from '../../../../shared/contract/scenario-edits.ts';
import type { ScenarioShock } from '../../../../shared/contract/scenario-shock.ts';
import type { ScenarioPosition } from '../../../../shared/quant/scenario/book.ts';
import { inPercent } from '../../../../shared/quant/words.ts';

const signed = (value: number, text: string): string => (value > 0 ? `+${text}` : text);
const move = (value: number): string => signed(value, inPercent(value, 2));

type Target = Extract<ScenarioShock['spot'][number], { kind: 'move' }>['target'];

const targetWords = (target: Target): string =>
  target.kind === 'all'
    ? 'all names'
    : target.kind === 'members'
      ? `members of ${target.index}`
      : target.symbols.length > 3
        ? `${target.symbols.slice(0, 3).join(', ')} and ${target.symbols.length - 3} more`
        : target.symbols.join(', ');

function volWords(vol: ScenarioShock['vol'][number]): string {
  switch (vol.kind) {
    case 'relative':
      return `volatility ${move(vol.change)} of itself, ${targetWords(vol.target)}`;
    case 'parallel':
      return `volatility ${move(vol.change)}, ${targetWords(vol.target)}`;
    case 'termWeighted':
      return `volatility ${move(vol.change)} at 30 days by √T, ${targetWords(vol.target)}`;
    case 'skewTilt':
      return `skew ${move(vol.change)} at 90 %, ${targetWords(vol.target)}`;
    case 'slice':
      return `volatility ${move(vol.change)} from day ${vol.fromDays} to ${vol.toDays}, ${targetWords(vol.target)}`;
    case 'surface':
      return `moved surface of ${vol.symbol}`;
  }
}

const mostParts = 6;

/** A shock in a few words; null where nothing moves. */
export function shockWords(shock: ScenarioShock | null): string | null {
  if (shock === null) return null;
  const parts = [
    ...shock.spot.map((spot) =>
      spot.kind === 'byBeta'
        ? `${spot.index} ${move(spot.move)}, names by beta`
        : `spot ${move(spot.move)}, ${targetWords(spot.target)}`,
    ),
    ...shock.vol.map(volWords),
    ...shock.correlation.map(({ index, change }) =>
      change.kind === 'add'
        ? `correlation of ${index} ${move(change.correlation)}`
        : `correlation of ${index} to ${inPercent(change.correlation, 1)}`,
    ),
    ...(shock.daysForward > 0 ? [`${shock.daysForward} days forward`] : []),
    ...(shock.rateShift === 0 ? [] : [`rates ${move(shock.rateShift)}`]),
    ...(shock.yieldShift === 0 ? [] : [`yields ${move(shock.yieldShift)}`]),
    ...(shock.dividendChange === 0 ? [] : [`dividends ${move(shock.dividendChange)}`]),
  ];
  if (parts.length === 0) return null;
  const shown = parts.slice(0, mostParts).join('; ');
  return parts.length > mostParts ? `${shown}; and ${parts.length - mostParts} more` : shown;
}

const inputs: Readonly<Record<ScenarioMarketEdit['input'], string>> = {
  spot: 'spot',
  vol: 'at-the-money volatility',
  volShift: 'volatility shift',
  dividendYield: 'dividend yield',
  rate: 'rate',
};

/** What an override is of, and its value. */
export const marketSubject = ({ symbol, input, expiry }: ScenarioMarketEdit): string =>
  `${symbol} ${inputs[input]}${expiry === null ? '' : ` of ${expiry}`}`;
export const marketValue = ({ input, value }: ScenarioMarketEdit): string | null =>
  value === null ? null : input === 'spot' ? String(value) : inPercent(value, 2);

export const positionWords = ({ quantity, label }: Pick<ScenarioPosition, 'quantity' | 'label'>): string =>
  `${signed(quantity, String(quantity))} ${label}`;

/** What one edit does; `labelOf` names a row that is there. */
function editWords(edit: ScenarioEdit, labelOf: (positionId: string) => string): string {
  switch (edit.kind) {
    case 'add':
      return `Add ${positionWords(edit.position)}`;
    case 'remove':
      return `Remove ${labelOf(edit.positionId)}`;
    case 'change':
      return `Change ${labelOf(edit.positionId)} to ${edit.quantity}`;
    case 'restore':
      return `Restore ${labelOf(edit.positionId)}`;
    case 'market': {
      const value = marketValue(edit);
      return value === null
        ? `Take back the ${marketSubject(edit)}`
        : `Set the ${marketSubject(edit)} to ${value}`;
    }
    case 'date':
      return edit.asOf === null ? 'Go back to the frozen day' : `Go to ${edit.asOf}`;
    case 'shock':
      return `Shock: ${shockWords(edit.shock) ?? 'none'}`;
    case 'refresh':
      return 'Refresh the frozen book';
    case 'reset':
      return 'Take everything back';
  }
}

/** The label of a step that was given none. */
export function stepLabel(edits: readonly ScenarioEdit[], labelOf: (positionId: string) => string): string {
  const [first] = edits;
  if (first === undefined) return 'Nothing';
  const words = editWords(first, labelOf);
  return edits.length === 1 ? words : `${words}, and ${edits.length - 1} more`;
}
