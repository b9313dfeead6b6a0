import type { ReactNode } from 'react';
import type { Dispersion } from '../../../shared/contract/dispersion.ts';
import { Bar } from '../../components/Bar.tsx';
import { Panel } from '../../components/Panel.tsx';
import { counted, integer, none, percent } from '../../format.ts';
import { coverageSentence } from './dispersion-board.ts';
import { dispersionMeasures } from './dispersion-measures.ts';

type Vote = Dispersion['votes'][number];

const marks = { dispersion: '▼', reverse: '▲', wait: '●', 'no-data': '?' } as const;
const words = { dispersion: 'dispersion', reverse: 'reverse', wait: 'wait', 'no-data': 'no data' } as const;
const tones = { dispersion: 'loss', reverse: 'gain', wait: 'dim', 'no-data': 'warning' } as const;
const spokenFor = {
  all: 'all terms',
  'long-dated': 'long-dated (vega)',
  'short-dated': 'short-dated (gamma)',
} as const;
const verdicts = {
  dispersion: 'Dispersion: sell the index, buy the names',
  reverse: 'Reverse: buy the index, sell the names',
  wait: 'Wait',
} as const;

/** The timing votes with number, percentile, threshold and outcome, the verdict, and what it means for the hedge. */
export function DispersionVotes(props: { readonly cell: Dispersion }): ReactNode {
  const { cell } = props;
  const { agrees, sentence } = cell.ownHedge;
  const { coverage } = cell;
  return (
    <Panel
      title={`Votes: ${cell.index}, ${integer(cell.termDays)} days`}
      tip="Each timing rule with its number, where that stands in its own past, and what it votes for"
      tools={
        <span
          className={`tag ${coverage.badge === 'complete' ? '' : 'tag-warning'}`}
          data-tip={coverageSentence(cell)}
          tabIndex={0}
        >
          {coverage.badge === 'complete' ? '✓' : '△'} {integer(coverage.names)} of {integer(coverage.of)}{' '}
          names, {percent(coverage.weight, 1)} %
        </span>
      }
    >
      <div className="scroll">
        <div className="verdict">
          <p className={`verdict-side ${tones[cell.verdict.side]}`}>
            <span aria-hidden="true">{marks[cell.verdict.side]}</span> {verdicts[cell.verdict.side]}
          </p>
          <p>{cell.verdict.sentence}</p>
          <p className={agrees === null ? 'dim' : agrees ? 'gain' : 'loss'}>
            <span aria-hidden="true">{agrees === null ? '●' : agrees ? '✓' : '✕'}</span> {sentence}
          </p>
        </div>
        {cell.impliedCorrelationNote !== null && (
          <div className="note-line">
            <span aria-hidden="true">△</span>
            <span>{cell.impliedCorrelationNote}</span>
          </div>
        )}
        <ul className="votes" aria-label="Votes">
          {cell.votes.map((vote) => (
            <VoteLine key={vote.rule} vote={vote} />
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function VoteLine(props: { readonly vote: Vote }): ReactNode {
  const { vote } = props;
  const spec = dispersionMeasures.find((item) => item.key === vote.rule);
  return (
    <li data-tip={`Threshold: ${vote.threshold}\nPast: ${counted(vote.historyDays, 'day')}`}>
      <span className={`vote-side ${tones[vote.vote]}`}>
        <span aria-hidden="true">{marks[vote.vote]}</span> {words[vote.vote]}
      </span>
      <span className="vote-rule">{spec?.title ?? vote.rule}</span>
      <span className="vote-number">
        {spec?.text(vote.value) ?? none}
        <span className="unit"> {spec?.unit}</span>
      </span>
      <span className="vote-percentile">
        {vote.percentile === null ? (
          <span className="dim">{integer(vote.historyDays)} d of past</span>
        ) : (
          <>
            <Bar
              share={vote.percentile}
              marks={[0.2, 0.8]}
              label={`above ${percent(vote.percentile, 0)} % of its past`}
            />
            {percent(vote.percentile, 0)}
            <span className="unit"> pctile</span>
          </>
        )}
      </span>
      <span className="vote-for dim">{spokenFor[vote.speaksFor]}</span>
      <span className="vote-sentence dim">{vote.sentence}</span>
    </li>
  );
}
