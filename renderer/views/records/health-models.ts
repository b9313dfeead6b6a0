import type { HealthFinding } from '../../../shared/contract/desk.ts';
import type { ViewName } from '../../state/context.ts';

export type Severity = HealthFinding['severity'];
export const severities: readonly Severity[] = ['error', 'warning', 'note'];
export const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };
export const severityMarks: Readonly<Record<Severity, string>> = { error: '▲', warning: '△', note: '○' };
export const severityWords: Readonly<Record<Severity, readonly [string, string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  note: ['note', 'notes'],
};

/** Where a finding can be seen or put right. */
export interface Place {
  readonly view: ViewName;
  readonly label: string;
  /** Brings the subject to the front on the way. */
  readonly isName: boolean;
}

const quoteRules = ['crossed quotes', 'zero bids', 'one-sided quotes', 'adjusted contracts'];

const forwardStartRules = ['fixing due', 'right due', 'settlement due'];

export function placeOf(finding: Pick<HealthFinding, 'rule'>): Place {
  if (quoteRules.includes(finding.rule)) return { view: 'chain', label: 'its chain', isName: true };
  if (finding.rule === 'short stock') return { view: 'positions', label: 'positions', isName: true };
  if (finding.rule.startsWith('weights')) return { view: 'dispersion', label: 'dispersion', isName: true };
  if (finding.rule === 'basket rule broken') return { view: 'basket', label: 'basket', isName: false };
  if (finding.rule === 'missing observation')
    return { view: 'vol-contracts', label: 'vol contracts', isName: true };
  if (forwardStartRules.includes(finding.rule))
    return { view: 'forward-starts', label: 'forward starts', isName: true };
  if (finding.rule === 'old backup') return { view: 'health', label: 'backups', isName: false };
  return { view: 'imports', label: 'imports', isName: false };
}

export interface SeverityCount {
  readonly severity: Severity;
  readonly findings: number;
}

/** Findings, not what they count: one finding counts quotes, another days. */
export const countsBySeverity = (findings: readonly HealthFinding[]): readonly SeverityCount[] =>
  severities.map((severity) => ({
    severity,
    findings: findings.filter((finding) => finding.severity === severity).length,
  }));
