import { z } from 'zod';
import { canonicalJson } from '../../../../shared/canonical.ts';
import { scenarioEdit, type ScenarioEdit } from '../../../../shared/contract/scenario-edits.ts';
import { failure } from '../../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import { frozenDesk } from './frozen-schema.ts';
import { hashOfText, type FrozenDesk } from './frozen-desk.ts';
import type { OpenSession } from './open-session.ts';

/** A session as a file carries it. */
export interface SessionFile {
  readonly name: string;
  readonly note: string;
  readonly takenAt: string;
  readonly inherited: readonly ScenarioEdit[];
  /** What a person did in it, in order; undone steps stay behind. */
  readonly steps: readonly { readonly label: string; readonly edits: readonly ScenarioEdit[] }[];
  readonly frozen: FrozenDesk;
}

const formatName = 'voldesk scenario session';
const formatVersion = 1;
const formatWords = 'scenario session file';

const sessionSchema = z.object({
  name: z.string().min(1).max(120),
  note: z.string().max(2000),
  takenAt: z.string().max(40),
  inherited: z.array(scenarioEdit),
  steps: z.array(z.object({ label: z.string().max(400), edits: z.array(scenarioEdit) })),
});
const head = z.object({ format: z.literal(formatName), version: z.number().int() });
const whole = z.object({
  checksums: z.object({ session: z.string(), frozen: z.string() }),
  session: z.unknown(),
  frozen: z.unknown(),
});

/** A session whole, as one canonical line: the same session gives the same bytes. */
export function sessionFileText({ stored, snapshot, frozen, steps }: OpenSession): string {
  // The book it stands on now is the one the file carries: there is nothing to refresh from.
  const without = (edits: readonly ScenarioEdit[]): ScenarioEdit[] =>
    edits.filter(({ kind }) => kind !== 'refresh');
  const session: z.infer<typeof sessionSchema> = {
    name: stored.name,
    note: stored.note,
    takenAt: snapshot.takenAt,
    inherited: without(stored.inherited),
    steps: steps
      .filter(({ inForce }) => inForce)
      .map(({ label, edits }) => ({ label, edits: without(edits) }))
      .filter(({ edits }) => edits.length > 0),
  };
  const checksums = {
    session: hashOfText(canonicalJson(session)),
    frozen: hashOfText(canonicalJson(frozen)),
  };
  return `${canonicalJson({ format: formatName, version: formatVersion, checksums, session, frozen })}\n`;
}

const notOne = (fileName: string, reason: string) =>
  fail(failure('wrong-content', fileName, { format: formatWords, reason }));
const altered = (fileName: string, part: string) => fail(failure('file-altered', fileName, { part }));

function parsedJson(text: string): unknown {
  try {
    // A number too large for one would have no canonical text; as null it fails its checksum.
    return JSON.parse(text, (_, value: unknown) =>
      typeof value === 'number' && !Number.isFinite(value) ? null : value,
    ) as unknown;
  } catch {
    // A text that is no JSON is an answer, not a bug.
    return null;
  }
}

/** Whether a text claims to be a session's file, whole or not. */
export const isSessionFile = (text: string): boolean => text.includes(`"format":"${formatName}"`);

/**
 * Reads a session's file. Failures: `wrong-content` for anything else, `file-newer`, `file-altered` where a byte is
 * not as it was written, saying in which part.
 */
export function readSessionFile(fileName: string, text: string): Result<SessionFile> {
  const value = parsedJson(text);
  if (value === null) {
    return text.startsWith('{') && text.includes(formatName)
      ? altered(fileName, 'its text is no longer whole')
      : notOne(fileName, 'it does not begin as one');
  }
  const named = head.safeParse(value);
  if (!named.success) return notOne(fileName, 'it does not say that it is one');
  const { version } = named.data;
  if (version > formatVersion)
    return fail(failure('file-newer', fileName, { found: version, known: formatVersion }));
  const parts = whole.safeParse(value);
  if (!parts.success || version !== formatVersion) return altered(fileName, 'a part is missing');
  const { checksums, session, frozen } = parts.data;
  const agrees = (part: unknown, checksum: string): boolean => hashOfText(canonicalJson(part)) === checksum;
  if (!agrees(session, checksums.session)) return altered(fileName, 'its edits do not match their checksum');
  if (!agrees(frozen, checksums.frozen))
    return altered(fileName, 'its frozen book does not match its checksum');
  // Blanks, another order, a second key of one name: what the checksums of the parts cannot see.
  if (`${canonicalJson(value)}\n` !== text) return altered(fileName, 'its text is not as it was written');
  const [readSession, readFrozen] = [sessionSchema.safeParse(session), frozenDesk.safeParse(frozen)];
  if (!readSession.success) return altered(fileName, `its edits hold ${where(readSession.error)}`);
  if (!readFrozen.success) return altered(fileName, `its frozen book holds ${where(readFrozen.error)}`);
  return ok({ ...readSession.data, frozen: readFrozen.data as FrozenDesk });
}

const where = (error: z.ZodError): string => `no valid ${error.issues[0]?.path.join('.') ?? 'value'}`;

/** Everything in force, as one log. */
export const fileEdits = ({ inherited, steps }: SessionFile): ScenarioEdit[] => [
  ...inherited,
  ...steps.flatMap(({ edits }) => edits),
];

export const sessionFileName = (name: string): string =>
  `${name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '-').trim() || 'session'}.voldesk-scenario.json`;
