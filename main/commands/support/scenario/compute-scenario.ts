import { failure } from '../../../../shared/failure.ts';
import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import { explain } from '../../../../shared/quant/scenario/explain.ts';
import type { ExplainRequest } from '../../../../shared/quant/scenario/operations.ts';
import type { Explanation, Revaluation, Valuation } from '../../../../shared/quant/scenario/result.ts';
import { revalue } from '../../../../shared/quant/scenario/revalue.ts';
import { shockBook } from '../../../../shared/quant/scenario/shock-book.ts';
import type { Shock } from '../../../../shared/quant/scenario/shock.ts';
import { valueBook } from '../../../../shared/quant/scenario/value-book.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import { scenarioFailure } from './open-session.ts';

/** The operations of `shared/quant/scenario`; `subject` is what refusals are about. */
export interface ScenarioCompute {
  readonly value: (subject: string, book: ScenarioBook) => Promise<Result<Valuation>>;
  readonly revalue: (subject: string, book: ScenarioBook, shock: Shock) => Promise<Result<Revaluation>>;
  readonly shocked: (subject: string, book: ScenarioBook, shock: Shock) => Result<ScenarioBook>;
  readonly explain: (subject: string, request: ExplainRequest) => Promise<Result<Explanation>>;
}

export function createScenarioCompute({ signal }: QueryContext): ScenarioCompute {
  const open = (subject: string): Result<null> =>
    signal.aborted ? fail(failure('cancelled', subject)) : ok(null);
  return {
    value: async (subject, book) => {
      const go = open(subject);
      return go.ok ? ok(valueBook(book)) : go;
    },
    revalue: async (subject, book, shock) => {
      const go = open(subject);
      if (!go.ok) return go;
      const found = revalue({ book, shock });
      return found.ok ? found : fail(scenarioFailure(subject, found.error));
    },
    shocked: (subject, book, shock) => {
      const found = shockBook({ book, shock });
      return found.ok ? ok(found.value.book) : fail(scenarioFailure(subject, found.error));
    },
    explain: async (subject, request) => {
      const go = open(subject);
      return go.ok ? ok(explain(request)) : go;
    },
  };
}
