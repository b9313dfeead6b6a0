/** States of a contract, with a mark that reads without color. */
export const stateMarks = {
  anticipatory: '○',
  'fixing-due': '▲',
  'exercise-due': '▲',
  live: '●',
  settling: '△',
  settled: '✓',
} as const;
export const stateWords = {
  anticipatory: 'before fixing',
  'fixing-due': 'fixing due',
  'exercise-due': 'right due',
  live: 'live',
  settling: 'settling',
  settled: 'settled',
} as const;
