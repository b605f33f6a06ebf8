export { CommandWords } from './command-words.ts';
export type { Beginning, Continuation, MissingSlot } from './beginning.ts';
export {
  compileGrammar,
  compileInSteps,
  GrammarCompiler,
  type CompiledGrammar,
  type CompileOptions,
} from './compiler.ts';
export {
  isPlain,
  phrasesFor,
  placeOf,
  detailsOf,
  templateOf,
  templatesFor,
  type ExampleShape,
  type GrammarCommand,
  type Phrase,
  type PhraseDetails,
  type Phrases,
  type Problem,
} from './command-shape.ts';
export { Grammar } from './grammar.ts';
export { OpenWords } from './open-words.ts';
export * from './context-names.ts';
export { canBeSaid, filledBy, meanTheSame, type Binding, type PhraseRef } from './parts.ts';
export { joinGraphs } from './join-graphs.ts';
export { areApart } from './lint.ts';
export { beginsFreely, findPrefixes, findSwallowed, type Overlap } from './overlaps.ts';
export { delaySlot, dueOf, firstDelaySlot, takesTimes, type DueTime } from './slots/delay.ts';
export { delayNames } from './slots/delay-names.ts';
export { firstPhrases } from './slots/first-phrases.ts';
export * from './slots/index.ts';
export { parseTemplate, TemplateError, visitNames, type Pattern } from './template.ts';
export { numberWordsOf } from './number-words.ts';
export { readDigits } from './numbers/digits.ts';
export { perLanguage } from './slots/per-language.ts';
export { NumberReader } from './numbers/number-reader.ts';
export { foldWord } from './fold.ts';
export { finish, type Steps } from './steps.ts';
export { argsAsSaid, SaidText, type SaidWord } from './said-text.ts';
export { tokenize, writeWords } from './tokenize.ts';
export { withoutFillers } from './walk-spoken.ts';
export { wakeWordsOf, type WakeForm, type WakeWords } from './wake-words.ts';
export { findUnknown, type UnknownWords } from './unknown.ts';
export { rankOf, type Rank } from './rank.ts';
export {
  argsOf,
  compareParses,
  type Capture,
  type Completeness,
  type DelayCapture,
  type Parse,
  type Walk,
} from './parse.ts';
