import type { ReactNode } from 'react';
import type { Chain, ChainExpiry } from '../../../shared/contract/chain.ts';
import { Facts, type Fact } from '../../components/Facts.tsx';
import { age, counted, date, decimal, instant, integer, percent, volPercent } from '../../format.ts';
import { dayInFront } from '../../state/desk.ts';
import { markNames } from './chain-columns.ts';
import { useActions, useWorkstation } from '../workstation.ts';

const sources: Readonly<Record<ChainExpiry['forwardSource'], string>> = {
  parity: 'put–call parity',
  future: 'future',
  'spot-carry': 'spot and carry',
  manual: 'set by hand',
  none: 'none',
};

/** Spot, forward and how it was found, IV index, age, quality: what every number below rests on. */
export function ChainHeader(props: {
  readonly chain: Chain;
  readonly expiry: ChainExpiry | null;
}): ReactNode {
  const { chain, expiry } = props;
  const iv30 = chain.ivIndex.find((item) => item.termDays === 30) ?? chain.ivIndex[0];
  const facts: Fact[] = [
    {
      label: chain.underlying,
      value: decimal(chain.spot, 2),
      unit: `${chain.currency}, ${chain.exercise}`,
      tip: `Spot: ${chain.spotSource}`,
      tone: 'strong',
    },
  ];
  if (expiry !== null) {
    facts.push(
      {
        label: `Forward ${date(expiry.expiry)}`,
        value: decimal(expiry.forward, 2),
        unit: `${sources[expiry.forwardSource]}${expiry.forwardStandardError === null ? '' : ` ± ${decimal(expiry.forwardStandardError, 2)}`}`,
        tip: `${expiry.forwardNote}\nDiscount factor ${decimal(expiry.discountFactor, 6)}: ${expiry.discountSource}`,
        tone: expiry.forwardSource === 'manual' ? 'edited' : 'strong',
      },
      {
        label: 'ATM vol',
        value: volPercent(expiry.skew.atmVol),
        unit: '%',
        tip: 'Fitted volatility at strike = forward',
        tone: 'strong',
      },
    );
    if (expiry.impliedRate !== null)
      facts.push({
        label: 'Rate',
        value: percent(expiry.impliedRate, 2),
        unit: '%',
        tip: expiry.discountSource,
      });
  }
  if (iv30 !== undefined)
    facts.push({
      label: `IV index ${integer(iv30.termDays)} d`,
      value: volPercent(iv30.vol),
      unit: '%',
      tip: [
        `Vega-weighted volatility of the near-the-money options around ${integer(iv30.termDays)} days: ${counted(iv30.optionsUsed, 'option')} used`,
        iv30.note ?? '',
        chain.modelFreeVol30 === null
          ? ''
          : `Model-free volatility, 30 days: ${volPercent(chain.modelFreeVol30)} %`,
      ]
        .filter(Boolean)
        .join('\n'),
    });
  facts.push(
    {
      label: 'Quotes',
      value: chain.quotedAt === null ? date(chain.asOf) : instant(chain.quotedAt),
      unit: age(chain.ageDays),
      tip: `Source: ${chain.source}`,
      ...(chain.ageDays > 0 ? { tone: 'warning' as const } : {}),
    },
    { label: 'Mark', value: markNames[chain.mark], tip: chain.quoteModel.note },
    qualityFact(chain),
  );
  return (
    <>
      <OldQuotes chain={chain} />
      <Facts label={`${chain.name}: what the numbers rest on`} facts={facts} />
      {chain.quoteModel.kind === 'spread-model' && (
        <div className="note-line">
          <span aria-hidden="true">△</span>
          <span>Bid and ask are modelled, not quoted: {chain.quoteModel.note}</span>
        </div>
      )}
    </>
  );
}

/** Said where the newest quotes of the name are older than the day in front. */
function OldQuotes(props: { readonly chain: Chain }): ReactNode {
  const { chain } = props;
  const day = useWorkstation(dayInFront);
  const { focus } = useActions();
  if (day === null || chain.asOf >= day) return null;
  return (
    <div className="note-line">
      <span aria-hidden="true">△</span>
      <span>
        {chain.underlying} has no quotes on {date(day)}: everything below is as of {date(chain.asOf)}.
      </span>
      <button type="button" className="quiet" onClick={() => focus({ asOf: chain.asOf, expiryKey: null })}>
        Go to {date(chain.asOf)}
      </button>
    </div>
  );
}

function qualityFact(chain: Chain): Fact {
  const { quotes, twoSided, zeroBid, crossed, withoutVol, excluded } = chain.quality;
  return {
    label: 'Quality',
    value: `${integer(twoSided)} / ${integer(quotes)} two-sided`,
    tip: [
      counted(quotes, 'quote'),
      `${integer(twoSided)} two-sided`,
      `${integer(zeroBid)} without a bid`,
      `${integer(crossed)} crossed`,
      `${integer(withoutVol)} without volatility, each with its reason in the cell`,
      `${integer(excluded)} excluded by hand`,
    ].join('\n'),
    ...(crossed > 0 ? { tone: 'warning' as const } : {}),
  };
}
