import { useMemo, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { RealizedVolTerms } from '../../../shared/contract/vol-contracts.ts';
import { Facts } from '../../components/Facts.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import {
  decimal,
  integer,
  money,
  shortDate,
  signedDecimal,
  signedMoney,
  volPercent,
  volPoints,
} from '../../format.ts';
import type { StripQuotes } from '../../state/vol-contracts.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { ConvexityChoice } from './ConvexityChoice.tsx';
import { estimatorColumns, logColumns, type EstimatorRow, type LogRow } from './vol-analysis-columns.ts';

type Analysis = OutputOf<'contracts.volAnalysis'>;
interface Props {
  readonly terms: RealizedVolTerms;
  readonly analysis: Analysis;
  readonly currency: string;
}

const estimatorId = (row: EstimatorRow) => row.estimator;
const logId = (row: LogRow) => `${row.at} ${row.date} ${row.time ?? ''}`;

/** What each estimator makes of the same observations. */
export function EstimatorsPane({ terms, analysis, currency }: Props): ReactNode {
  const columns = useMemo(() => estimatorColumns(terms.estimator, currency), [terms.estimator, currency]);
  return (
    <GridPane
      title={`Estimators on the observations of ${terms.contractId}`}
      tip="The same marks by every formula a contract can settle by; what a settlement would differ by"
      name="vol-contracts.estimators"
      columns={columns}
      rows={analysis.estimators}
      rowId={estimatorId}
      fit
    />
  );
}

/** Everything told of the marks, newest first. */
export function LogPane({ terms, analysis }: Props): ReactNode {
  return (
    <GridPane
      title={`What was told of the marks of ${terms.contractId}`}
      tip="Corrections, marks of one’s own and disrupted sessions; nothing is ever overwritten"
      name="vol-contracts.log"
      columns={logColumns}
      rows={analysis.log}
      rowId={logId}
      emptyText="Every mark is the stored one."
      fit
    />
  );
}

/** The strip of shorter contracts against this one. */
export function StripPane({ terms, analysis, currency }: Props): ReactNode {
  const { strip } = analysis;
  const quotes = useWorkstation((state) => state.stripQuotes);
  const { quoteStrip } = useActions();
  const mine = quotes?.contractId === terms.contractId ? quotes : null;
  const change = (changed: Partial<StripQuotes>) =>
    quoteStrip({
      contractId: terms.contractId,
      partVols: mine?.partVols ?? [],
      wholeVol: mine?.wholeVol ?? null,
      ...changed,
    });
  const quotePart = (at: number, vol: number) =>
    change({ partVols: strip.parts.map((_, i) => (i === at ? vol : (mine?.partVols[i] ?? null))) });
  if (strip.parts.length === 0)
    return (
      <div className="note-line">
        <span aria-hidden="true">△</span>
        <span>{strip.reason}</span>
      </div>
    );
  return (
    <div className="scroll">
      <Facts
        label="Strip against the whole"
        facts={[
          {
            label: 'Strip',
            value: volPercent(strip.combinedVol),
            unit: '%',
            tone: 'strong',
            tip: strip.reason ?? 'Root mean square of the parts, weighed by observations',
          },
          {
            label: terms.contractId,
            value: volPercent(strip.wholeVol),
            unit: `%, ${strip.wholeSource}`,
            tip: 'The contract over the whole period',
          },
          {
            label: 'Rich',
            value: strip.richVol === null ? '—' : volPoints(strip.richVol),
            unit: 'vol pts',
            tip: strip.reason ?? 'The whole less its strip; below zero the whole is cheap',
          },
          {
            label: 'in ticks',
            value: signedDecimal(strip.richTicks, 1),
            unit: 'a contract',
            tip: strip.reason ?? 'Rich ⁄ tick',
          },
          {
            label: 'in money',
            value: signedMoney(strip.rich),
            unit: `${currency} a contract`,
            tip: strip.reason ?? 'Ticks × tick value of the whole',
            ...(strip.rich === null || strip.rich === 0
              ? {}
              : { tone: strip.rich > 0 ? ('gain' as const) : ('loss' as const) }),
          },
        ]}
      />
      <table className="plain-table tight" aria-label="Parts of the strip">
        <thead>
          <tr>
            <th>From</th>
            <th>To</th>
            <th data-tip="Observations of the part: its weight in the whole">Obs.</th>
            <th data-tip="Volatility the market gives the part, with what is realized of it, %">Fair %</th>
            <th data-tip="Volatility quoted for the part, %; type one to compare with it">Quoted %</th>
            <th data-tip="Contracts of the part that carry the vega of one contract of the whole">A whole</th>
            <th className="left">Held</th>
          </tr>
        </thead>
        <tbody>
          {strip.parts.map((part, at) => (
            <tr key={part.startDate}>
              <td>{shortDate(part.startDate)}</td>
              <td>{shortDate(part.endDate)}</td>
              <td>{integer(part.observations)}</td>
              <td>{volPercent(part.fairVol)}</td>
              <td>
                <NumberField
                  label={`Volatility quoted from ${shortDate(part.startDate)}`}
                  kind="percent"
                  digits={2}
                  width={7}
                  least={0.0001}
                  value={part.vol ?? Number.NaN}
                  onChange={(vol) => quotePart(at, vol)}
                />
              </td>
              <td>{decimal(part.contractsPerWhole, 2)}</td>
              <td className="left dim">{part.source === '' ? '—' : part.source}</td>
            </tr>
          ))}
          <tr>
            <td>{shortDate(terms.startDate)}</td>
            <td>{shortDate(terms.endDate)}</td>
            <td>{integer(strip.parts.reduce((sum, part) => sum + part.observations, 0))}</td>
            <td>{volPercent(analysis.fairVol)}</td>
            <td>
              <NumberField
                label={`Volatility quoted for ${terms.contractId}`}
                kind="percent"
                digits={2}
                width={7}
                least={0.0001}
                value={strip.wholeVol ?? Number.NaN}
                onChange={(wholeVol) => change({ wholeVol })}
              />
            </td>
            <td>1</td>
            <td className="left dim">the whole</td>
          </tr>
        </tbody>
      </table>
      <div className="form-actions">
        <button type="button" className="quiet" disabled={mine === null} onClick={() => quoteStrip(null)}>
          Back to fair
        </button>
        {strip.reason !== null && <span className="warning">{strip.reason}</span>}
      </div>
    </div>
  );
}

/** Volatility against variance: the convexity of fair, and the variance swap of the same vega. */
export function VariancePane({ terms, analysis, currency }: Props): ReactNode {
  const { variance } = analysis;
  return (
    <div className="scroll">
      <div className="ticket">
        <div className="ticket-section">
          <ConvexityChoice />
        </div>
      </div>
      <Facts
        label="Volatility and variance"
        facts={[
          {
            label: 'Fair',
            value: volPercent(analysis.fairVol),
            unit: '%',
            tone: 'strong',
            tip: analysis.reason ?? 'With the choice above',
          },
          {
            label: 'Convexity',
            value: volPercent(analysis.convexityAdjustment),
            unit: '%',
            tip: analysis.reason ?? 'Taken off the root of the expected variance',
          },
          {
            label: 'Equal variance swap',
            value: variance === null ? '—' : signedMoney(variance.variancePerVolPointSquared, 2),
            unit: `${currency} per vol pt²`,
            tip: 'Its vega at the strike is the contract’s\n= vega ⁄ (2 · strike)',
          },
          {
            label: 'Strike',
            value: volPercent(variance?.strikeVol),
            unit: '%',
            tip: terms.tradeVol === null ? 'The fair volatility' : 'The volatility agreed',
          },
          {
            label: 'Vega notional',
            value: variance === null ? '—' : signedMoney(variance.vegaPerVolPoint),
            unit: 'per vol pt',
            tip: 'Quantity × multiplier × months × 0.01',
          },
        ]}
      />
      {variance !== null && (
        <table className="plain-table tight" aria-label="Variance swap against the contract">
          <thead>
            <tr>
              <th data-tip="Volatility realized over the whole period, %">Realized %</th>
              <th data-tip={`What the contract gains, ${currency}`}>Contract</th>
              <th data-tip={`What the variance swap gains, ${currency}`}>Variance swap</th>
              <th data-tip={`Variance swap less contract, ${currency}: its convexity`}>Beyond</th>
            </tr>
          </thead>
          <tbody>
            {variance.beyond.map(({ vol, amount, contract }) => (
              <tr key={vol}>
                <td>{volPercent(vol)}</td>
                <td className={contract < 0 ? 'loss' : ''}>{signedMoney(contract)}</td>
                <td>{signedMoney(contract + amount)}</td>
                <td className="dim">{money(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
