import { useEffect, useState, type ReactNode } from 'react';
import type { Chain, ChainExpiry } from '../../../shared/contract/chain.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/index.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, decimal, percent, signedPercent } from '../../format.ts';
import { useActions, useWorkstation } from '../workstation.ts';

type Kind = InputOf<'override.set'>['kind'];
type Override = OutputOf<'override.list'>['overrides'][number];

const kinds: readonly { readonly value: Kind; readonly label: string; readonly tip: string }[] = [
  { value: 'forward', label: 'Forward', tip: 'Forward of the expiry in front, in the currency of the name' },
  { value: 'price', label: 'Spot', tip: 'Price of the name itself' },
  { value: 'rate', label: 'Rate', tip: 'Interest, continuously compounded' },
  { value: 'yield', label: 'Yield', tip: 'Dividends and borrow as one yield, continuously compounded' },
];
const isMoney = (kind: Kind): boolean => kind === 'forward' || kind === 'price';

/** Says how many inputs of the name are by hand, and opens the list of them. */
export function InputsByHand(props: {
  readonly chain: Chain;
  readonly front: ChainExpiry | null;
}): ReactNode {
  const { chain, front } = props;
  const revision = useWorkstation((state) => state.desk.value?.dataRevision ?? 0);
  const { loadInputsByHand } = useActions();
  const symbol = chain.underlying;
  useEffect(() => void loadInputsByHand(symbol), [symbol, revision, loadInputsByHand]);
  const exclusions = useWorkstation((state) => state.exclusions.value?.exclusions);
  const overrides = useWorkstation((state) => state.overrides.value?.overrides);
  const count = (exclusions?.length ?? 0) + (overrides?.length ?? 0);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={count > 0 ? 'quiet edited' : 'quiet'}
        data-tip="Quotes left out and forwards, spots, rates and yields set by hand for this name"
        onClick={() => setOpen(true)}
      >
        {count === 0 ? 'By hand …' : `${counted(count, 'input')} by hand …`}
      </button>
      {open && <ByHandDialog chain={chain} front={front} onClose={() => setOpen(false)} />}
    </>
  );
}

function ByHandDialog(props: {
  readonly chain: Chain;
  readonly front: ChainExpiry | null;
  readonly onClose: () => void;
}): ReactNode {
  const { chain, front, onClose } = props;
  const symbol = chain.underlying;
  const exclusions = useWorkstation((state) => state.exclusions.value?.exclusions ?? []);
  const overrides = useWorkstation((state) => state.overrides.value?.overrides ?? []);
  const { restoreQuote, clearOverride, setOverride, loadInputsByHand } = useActions();
  const [kind, setKind] = useState<Kind>('forward');
  const [value, setValue] = useState<number | null>(null);
  const [everyDay, setEveryDay] = useState(false);
  const [reason, setReason] = useState('');
  const now = valueNow(kind, chain, front);
  const shown = value ?? now ?? NaN;
  const afterwards = async (change: Promise<boolean>) => {
    if (await change) await loadInputsByHand(symbol);
  };
  const set = async () => {
    const done = await setOverride({
      symbol,
      kind,
      expiry: kind === 'price' ? null : (front?.expiry ?? null),
      tradeDate: everyDay ? null : chain.asOf,
      value: shown,
      reason: reason.trim(),
    });
    if (!done) return;
    setReason('');
    setValue(null);
    await loadInputsByHand(symbol);
  };
  const expiryText = kind === 'price' || front === null ? '' : ` of ${date(front.expiry)}`;
  return (
    <Dialog
      wide
      dismiss="Close"
      title={`Inputs of ${symbol} by hand`}
      confirm="Set"
      canConfirm={Number.isFinite(shown) && reason.trim() !== '' && (kind === 'price' || front !== null)}
      onConfirm={() => void set()}
      onClose={onClose}
    >
      {exclusions.length + overrides.length === 0 ? (
        <p className="dim">Nothing by hand: every number rests on what was imported.</p>
      ) : (
        <table className="by-hand">
          <thead>
            <tr>
              <th>What</th>
              <th>On</th>
              <th>Why</th>
              <th>Who</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {overrides.map((one) => (
              <tr key={`o${one.overrideId}`}>
                <td className="edited">{overrideText(one)}</td>
                <td>{one.tradeDate === null ? 'every day' : date(one.tradeDate)}</td>
                <td>{one.reason}</td>
                <td className="dim">{one.setBy}</td>
                <td>
                  <button type="button" onClick={() => void afterwards(clearOverride(one.overrideId))}>
                    Reset
                  </button>
                </td>
              </tr>
            ))}
            {exclusions.map((one) => (
              <tr key={`e${one.exclusionId}`}>
                <td>{one.contract} left out</td>
                <td>{one.tradeDate === null ? 'every day' : date(one.tradeDate)}</td>
                <td>{one.reason}</td>
                <td className="dim">{one.excludedBy}</td>
                <td>
                  <button type="button" onClick={() => void afterwards(restoreQuote(one.exclusionId))}>
                    Take back
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="dialog-row">
        <Segmented<Kind>
          label="Input"
          value={kind}
          onChange={(next) => {
            setKind(next);
            setValue(null);
          }}
          choices={kinds}
        />
        <NumberField
          label="Value"
          kind={isMoney(kind) ? 'decimal' : 'percent'}
          value={shown}
          digits={2}
          width={10}
          unit={isMoney(kind) ? chain.currency : '%'}
          onChange={setValue}
        />
        <span className="dim">{expiryText}</span>
        {now !== null && value !== null && value !== now && (
          <span className="warning">{distance(kind, value, now)}</span>
        )}
      </div>
      <label className="dialog-row">
        Why
        <input value={reason} size={36} onChange={(event) => setReason(event.target.value)} />
      </label>
      <label className="dialog-row">
        <input type="checkbox" checked={everyDay} onChange={(event) => setEveryDay(event.target.checked)} />
        On every day, not only on {date(chain.asOf)}
      </label>
    </Dialog>
  );
}

/** How far a value is from the one in force, so that a slip of the finger is seen before it counts. */
function distance(kind: Kind, value: number, now: number): string {
  if (isMoney(kind)) return `${signedPercent(value / now - 1, 2)} % from ${decimal(now, 2)}`;
  return `${signedPercent(value - now, 2)} points from ${percent(now, 2)} %`;
}

function valueNow(kind: Kind, chain: Chain, front: ChainExpiry | null): number | null {
  if (kind === 'price') return chain.spot;
  if (kind === 'forward') return front?.forward ?? null;
  return kind === 'rate' ? (front?.impliedRate ?? null) : null;
}

function overrideText(one: Override): string {
  const label = kinds.find((kind) => kind.value === one.kind)?.label ?? one.kind;
  const value = isMoney(one.kind) ? decimal(one.value, 2) : `${percent(one.value, 2)} %`;
  return `${label}${one.expiry === null ? '' : ` ${one.expiry}`} ${value}`;
}
