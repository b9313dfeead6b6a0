/** An expected failure: what went wrong, about which thing, with its numbers. */
export interface Failure {
  readonly code: FailureCode;
  /** The thing, in the user's words: a file, an option, a basket. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

type Sentence = (subject: string, detail: Readonly<Record<string, string | number>>) => string;

/**
 * Every failure a user can meet, with its one sentence: the thing, the fact, the next step.
 * Keep them sorted by subject; a meta-test counts that each is reached by some test.
 */
const sentences = {
  // quotes and volatilities
  'price-below-intrinsic': (s, d) =>
    `${s} has no implied volatility: price ${d['price']} is below intrinsic ${d['intrinsic']}. Correct the quote or exclude it.`,
  'price-at-intrinsic': (s, d) =>
    `${s} has no implied volatility: price ${d['price']} is no more than its exercise value, which any low volatility gives. Use the option of the other type at this strike.`,
  'price-above-maximum': (s, d) =>
    `${s} has no implied volatility: price ${d['price']} is above the highest possible ${d['maximum']}. Correct the quote or exclude it.`,
  'no-quote': (s, d) => `${s} has no ${d['what']}. Import one or choose another mark.`,
  'crossed-quote': (s, d) =>
    `${s} is crossed: bid ${d['bid']} is above ask ${d['ask']}. Correct the quote or exclude it.`,
  'excluded-quote': (s) => `${s} is excluded by hand. Include it again to see its volatility.`,
  expired: (s, d) => `${s} settled on ${d['date']}. Choose a later expiry.`,
  'invalid-input': (s, d) => `${s} cannot be computed: ${d['reason']}. Correct the input.`,
  'negative-forward-variance': (s, d) =>
    `${s} has negative forward variance: ${d['nearVol']} to ${d['nearTime']} years but ${d['farVol']} to ${d['farTime']} years. Check the two quotes: as they stand they are an arbitrage.`,
  'too-few-quotes': (s, d) =>
    `${s} has ${d['have']} usable quotes and needs ${d['need']}. Import a fuller chain or choose another expiry.`,
  'no-forward': (s, d) =>
    `${s} has no forward: ${d['reason']}. Import quotes on both sides, a future, or set the forward by hand.`,
  'no-convergence': (s, d) => `${s} did not converge: ${d['reason']}. Check the inputs.`,
  'missing-prices': (s, d) =>
    `${s} has ${d['have']} daily prices up to ${d['asOf']} and ${d['need']} are needed. Import its daily prices.`,
  'missing-session': (s, d) => `${s} has no price on ${d['date']}. Import that day or correct the calendar.`,
  'missing-chain': (s, d) => `${s} has no option chain on ${d['asOf']}. Import one or choose another day.`,
  'missing-weights': (s, d) =>
    `${s} has no index weights on or before ${d['asOf']}. Import an index weights file.`,
  'missing-vols': (s, d) =>
    `${s} has no implied volatility for ${d['term']} days on ${d['asOf']}. Import its chain or volatility history.`,
  // baskets and hedges
  infeasible: (s, d) => `${s} cannot be met: ${d['conflict']}. Relax one of them.`,
  'no-candidates': (s, d) =>
    `${s} has no option left to choose from: ${d['reason']}. Loosen the filters or choose another expiry.`,
  'adjusted-contract': (s) =>
    `${s} is an adjusted contract: its deliverable is not the standard one, so no number here would be right. Choose a standard contract.`,
  'stale-prices': (s, d) =>
    `${s} is priced on ${d['date']}, ${d['days']} days before the chains of ${d['asOf']}. Import its prices or its chain of that day.`,
  'basket-without-shares': (s) => `${s} holds no shares. Give it share quantities or a capital.`,
  'basket-rules-unmet': (s, d) =>
    `${s} does not meet its rules: ${d['unmet']}. Build it by other rules, or accept it with a reason.`,
  'not-approved': (s, d) => `${s} is ${d['state']}, not approved. Review and approve it before exporting.`,
  'changed-since-approval': (s) => `${s} no longer matches what was approved. Review and approve it again.`,
  'snapshot-changed': (s) =>
    `${s} is not what was approved: its snapshot in the desk file was changed from outside. Nothing of it is used; restore a backup in which it is whole.`,
  'wrong-state': (s, d) => `${s} is ${d['state']} and cannot be ${d['action']}. ${d['next']}`,
  'blocked-by-checks': (s, d) =>
    `${s} cannot be approved: ${d['checks']}. Correct the legs or override the check with a reason.`,
  'second-person': (s, d) =>
    `${s} was saved by ${d['savedBy']} and needs another person to approve it. Ask someone else, or switch the second person off in the settings.`,
  'reason-required': (s, d) => `${s} needs a reason to be ${d['action']}. Say why and try again.`,
  // files
  'empty-file': (s) => `${s} is empty. Choose another file.`,
  'binary-file': (s) => `${s} is not a text file. Choose a CSV file or a gzip of one.`,
  'truncated-file': (s, d) => `${s} ends early: ${d['reason']}. Fetch the file again.`,
  'unknown-format': (s, d) =>
    `${s} is in no known format: its header reads "${d['header']}". Choose the format by hand or use one of the templates.`,
  'wrong-format': (s, d) =>
    `${s} is not a ${d['format']} file: ${d['reason']}. Leave the format to be detected.`,
  'symbol-required': (s, d) => `${s} does not say ${d['what']}. Name it and import again.`,
  'no-valid-rows': (s, d) =>
    `${s} has no row that can be used: ${d['reason']}. Correct the file and import again.`,
  'already-imported': (s, d) =>
    `${s} was imported before as batch ${d['batch']}. Undo that batch first if you mean to replace it.`,
  'file-too-large': (s, d) => `${s} is larger than ${d['limit']}. Import it by the command line or split it.`,
  'file-not-found': (s) => `${s} cannot be read. Check the path and its permissions.`,
  'wrong-content': (s, d) =>
    `${s} is not a ${d['format']}: ${d['reason']}. Correct the file or choose another.`,
  'file-altered': (s, d) =>
    `${s} was changed since it was written: ${d['part']}. Export it again where it came from.`,
  'file-newer': (s, d) =>
    `${s} was written by a newer version (format ${d['found']}, this one knows ${d['known']}). Open it with the newer version.`,
  // the store
  'desk-newer': (s, d) =>
    `${s} was written by a newer version (schema ${d['found']}, this one knows ${d['known']}). Open it with the newer version; nothing was changed.`,
  'desk-in-use': (s) => `${s} is open in another window or program. Close that one first.`,
  'desk-damaged': (s, d) =>
    `${s} failed its integrity check: ${d['reason']}. Restore a backup; the file was left as it is.`,
  'desk-not-empty': (s) => `${s} already holds data. Choose an empty desk for the demo market.`,
  'desk-unwritable': (s, d) =>
    `${s} cannot be written: ${d['reason']}. Choose another place or correct its permissions.`,
  'disk-full': (s) =>
    `${s} could not be saved: the disk is full. Free some space and try again; nothing was changed.`,
  'not-found': (s, d) => `${s} is not on this desk. ${d['next'] ?? 'Check the name.'}`,
  'already-exists': (s) => `${s} exists already. Choose another name.`,
  // the machinery
  'unknown-command': (s) => `${s} is not a command. Update the window and the desk to the same version.`,
  'invalid-request': (s, d) => `${s} was asked with ${d['reason']}. Correct the value and try again.`,
  'wrong-usage': (s, d) => `${s}: ${d['reason']}. Run voldesk help.`,
  cancelled: (s) => `${s} was cancelled. Nothing was changed.`,
  'port-unavailable': (s, d) =>
    `${s} cannot be used: ${d['reason']}. Choose another with --port, or leave it out.`,
  refused: (s, d) => `${s} was refused: ${d['reason']}. Open the address that the terminal printed.`,
  internal: (s, d) => `${s} failed unexpectedly. Nothing was changed; report incident ${d['incident']}.`,
} satisfies Record<string, Sentence>;

export type FailureCode = keyof typeof sentences;
export const failureCodes = Object.keys(sentences) as readonly FailureCode[];

export const failure = (code: FailureCode, subject: string, detail: Failure['detail'] = {}): Failure => ({
  code,
  subject,
  detail,
});

/** The user's sentence for a failure: the thing, the fact, the next step. */
export const sentenceOf = (error: Failure): string => {
  const sentence: Sentence = sentences[error.code];
  return sentence(error.subject, error.detail);
};
