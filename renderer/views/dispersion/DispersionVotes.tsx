import { useState, type ReactNode } from 'react';
import type { Dispersion } from '../../../shared/contract/dispersion.ts';
import { Bar } from '../../components/Bar.tsx';
import { Panel } from '../../components/Panel.tsx';
import { counted, integer, none, percent } from '../../format.ts';
import { coverageSentence, sideMarks, sideTones } from './dispersion-board.ts';
import { measureSpec } from './dispersion-measures.ts';
import { VoteThresholds } from './VoteThresholds.tsx';
import { prose } from '../../prose.ts';

type Vote = Dispersion['votes'][number];

const marks = { ...sideMarks, 'no-data': '?' } as const;
const words = { dispersion: 'dispersion', reverse: 'reverse', wait: 'wait', 'no-data': 'no data' } as const;
const tones = { ...sideTones, 'no-data': 'warning' } as const;
const spokenFor = {
  all: { text: 'all maturities', tip: 'Speaks for every maturity' },
  'long-dated': {
    text: 'long-dated (vega)',
    tip: 'Speaks for longer maturities, whose trades live by vega: implied volatilities and how they move together',
  },
  'short-dated': {
    text: 'short-dated (gamma)',
    tip: 'Speaks for shorter maturities, whose trades live by gamma: volatilities as they are realized',
  },
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
  const { coverage, timing } = cell;
  const [edits, setEdits] = useState(false);
  return (
    <Panel
      title={`Votes: ${cell.index}, ${integer(cell.termDays)} days`}
      tip={`Each timing rule with its number, where that stands in its last ${integer(timing.historyDays)} sessions, and what it votes for; ${counted(timing.minVotes, 'vote')} and the majority decide`}
      tools={
        <>
          <span
            className={`tag ${coverage.badge === 'complete' ? '' : 'tag-warning'}`}
            data-tip={coverageSentence(cell)}
            tabIndex={0}
          >
            {coverage.badge === 'complete' ? '✓' : '△'} {integer(coverage.names)} of {integer(coverage.of)}{' '}
            names, {percent(coverage.weight, 1)} %
          </span>
          {cell.concerns.length > 0 && (
            <span className="tag tag-warning" data-tip={cell.concerns.join('\n')} tabIndex={0}>
              △ {counted(cell.concerns.length, 'note')}
            </span>
          )}
          <button
            type="button"
            className="quiet"
            aria-expanded={edits}
            data-tip="Change what each rule asks for; kept on the desk for this view, the command line and re-assessments"
            onClick={() => setEdits(!edits)}
          >
            Thresholds{timing.isUsual ? '' : ' (own)'}
          </button>
        </>
      }
    >
      <div className="scroll">
        <div className="verdict">
          <p className={`verdict-side ${tones[cell.verdict.side]}`}>
            <span aria-hidden="true">{marks[cell.verdict.side]}</span> {verdicts[cell.verdict.side]}
          </p>
          <p>{cell.verdict.sentence}</p>
          <p className="verdict-maturities">
            <MaturityVerdict title="Longer (vega)" verdict={cell.verdictByMaturity.longDated} />
            <MaturityVerdict title="Shorter (gamma)" verdict={cell.verdictByMaturity.shortDated} />
          </p>
          <p className={agrees === null ? 'dim' : agrees ? 'gain' : 'loss'}>
            <span aria-hidden="true">{agrees === null ? '●' : agrees ? '✓' : '✕'}</span> {sentence}
          </p>
        </div>
        {cell.impliedCorrelationNote !== null && (
          <div className="note-line">
            <span aria-hidden="true">△</span>
            <span>{prose(cell.impliedCorrelationNote)}</span>
          </div>
        )}
        {edits ? (
          <VoteThresholds cell={cell} />
        ) : (
          <ul className="votes" aria-label="Votes">
            {cell.votes.map((vote) => (
              <VoteLine key={vote.rule} vote={vote} />
            ))}
          </ul>
        )}
        {cell.concerns.map((concern) => (
          <div className="note-line" key={concern}>
            <span aria-hidden="true">△</span>
            <span>{prose(concern)}</span>
          </div>
        ))}
      </div>
    </Panel>
  );
}

function MaturityVerdict(props: {
  readonly title: string;
  readonly verdict: Dispersion['verdict'];
}): ReactNode {
  const { side, sentence } = props.verdict;
  return (
    <span data-tip={sentence} tabIndex={0}>
      <span className="dim">{props.title}</span>{' '}
      <span className={tones[side]}>
        <span aria-hidden="true">{marks[side]}</span> {side}
      </span>
    </span>
  );
}

function VoteLine(props: { readonly vote: Vote }): ReactNode {
  const { vote } = props;
  const spec = measureSpec(vote.rule);
  const speaks = spokenFor[vote.speaksFor];
  return (
    <li data-tip={`Threshold: ${vote.threshold}\nPast: ${counted(vote.historyDays, 'day')}`}>
      <span className={`vote-side ${tones[vote.vote]}`}>
        <span aria-hidden="true">{marks[vote.vote]}</span> {words[vote.vote]}
      </span>
      <span className="vote-rule">{spec?.title ?? vote.rule}</span>
      <span className="vote-number">
        {spec?.text(vote.value) ?? none}
        <span className="unit"> {spec?.unit === 'ratio' ? '' : spec?.unit}</span>
      </span>
      <span className="vote-percentile">
        {vote.percentile === null ? (
          <span className="dim">{integer(vote.historyDays)} d of past</span>
        ) : (
          <>
            <Bar
              share={vote.percentile}
              marks={[vote.extreme, 1 - vote.extreme]}
              label={`above ${percent(vote.percentile, 0)} % of its past`}
            />
            {percent(vote.percentile, 0)}
            <span className="unit"> pctile</span>
          </>
        )}
      </span>
      <span className="vote-for dim" data-tip={speaks.tip}>
        {speaks.text}
      </span>
      <span className="vote-sentence dim">{vote.sentence}</span>
    </li>
  );
}
