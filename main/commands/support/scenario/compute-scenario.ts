import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import type {
  CurveRequest,
  ExplainRequest,
  GridRequest,
} from '../../../../shared/quant/scenario/operations.ts';
import type {
  CurveResult,
  Explanation,
  GridResult,
  Revaluation,
  Valuation,
} from '../../../../shared/quant/scenario/result.ts';
import { shockBook } from '../../../../shared/quant/scenario/shock-book.ts';
import { noShock, type Shock } from '../../../../shared/quant/scenario/shock.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import { runProfitCurve, runScenarioGrid } from '../../../compute/scenario-grid.ts';
import type { QueryContext } from '../../handlers.ts';
import { scenarioFailure } from './open-session.ts';

/** The operations of `shared/quant/scenario`, cancelled with the question; `subject` is what refusals are about. */
export interface ScenarioCompute {
  readonly value: (subject: string, book: ScenarioBook) => Promise<Result<Valuation>>;
  readonly revalue: (subject: string, book: ScenarioBook, shock: Shock) => Promise<Result<Revaluation>>;
  readonly shocked: (subject: string, book: ScenarioBook, shock: Shock) => Result<ScenarioBook>;
  readonly explain: (subject: string, request: ExplainRequest) => Promise<Result<Explanation>>;
  readonly grid: (subject: string, request: GridRequest) => Promise<Result<GridResult>>;
  readonly curve: (subject: string, request: CurveRequest) => Promise<Result<CurveResult>>;
}

export function createScenarioCompute({ compute, signal, progress }: QueryContext): ScenarioCompute {
  const about =
    (subject: string) =>
    <T>(found: Result<T>): Result<T> =>
      found.ok ? found : fail({ ...found.error, subject });
  const options = { signal, onProgress: progress };
  const revalued: ScenarioCompute['revalue'] = async (subject, book, shock) => {
    const outcome = about(subject)(await compute.run('revalueScenario', { book, shock }, options));
    if (!outcome.ok) return outcome;
    return outcome.value.ok ? outcome.value : fail(scenarioFailure(subject, outcome.value.error));
  };
  return {
    value: async (subject, book) => revalued(subject, book, noShock),
    revalue: revalued,
    shocked: (subject, book, shock) => {
      const found = shockBook({ book, shock });
      return found.ok ? ok(found.value.book) : fail(scenarioFailure(subject, found.error));
    },
    explain: async (subject, request) =>
      about(subject)(await compute.run('explainScenario', request, options)),
    grid: async (subject, request) => about(subject)(await runScenarioGrid(compute, request, options)),
    curve: async (subject, request) => about(subject)(await runProfitCurve(compute, request, options)),
  };
}
