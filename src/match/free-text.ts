import { OpenWords, type Capture, type Grammar, type GrammarCommand, type PhraseRef } from '../grammar/index.ts';

/** A phrase that words were taken for, with what its slots took of them. */
interface Filled extends PhraseRef {
  readonly captures: readonly Capture[];
}

/** The words of a slot, by positions. */
interface Span {
  readonly isText: boolean;
  readonly from: number;
  readonly to: number;
}

/** Something that another command is about. */
interface Thing {
  readonly words: string;
  readonly command: GrammarCommand;
}

/**
 * Returns why the free text of a phrase is hardly meant as such, in words; undefined where nothing speaks against it.
 *
 * Text behind a general verb alone, as in "play {what}", names no known thing of another command ("the song"), nor such
 * a thing with a side or a number ("a timer for 5 minutes"), nor only such things. After any verb of a command, text is
 * not only sides ("louder", "all"). Text in front of a phrase's own words does not begin with a verb that ends
 * something: "pause timer for 5 minutes" names no timer.
 */
export function doubtOf(filled: Filled, words: readonly string[], grammar: Grammar): string | undefined {
  const { command, captures } = filled;
  const kinds = OpenWords.of(grammar.language);
  const isText = (name: string): boolean => command.slots[name]?.type === 'text';
  if (!kinds.isKnown || !captures.some(({ name }) => isText(name))) return undefined;
  const folded = words.map((word) => grammar.fold(word));
  const spans = spansOf(captures, folded, { fold: (word) => grammar.fold(word), isText });
  const own = folded.filter((_, at) => !spans.some(({ from, to }) => at >= from && at < to));
  const isGeneral = own.some((word) => kinds.isGeneral(word));
  const isNamed = own.some((word) => kinds.isContent(word) && !kinds.isGeneral(word));
  const doubtAt = ({ from, to }: Span): string | undefined => {
    if (isNamed && kinds.isChanging(folded[from]!) && folded.slice(0, from).every((word) => kinds.isLight(word)))
      return 'it begins like another command';
    if (!isGeneral && !own.some((word) => kinds.isChanging(word))) return undefined;
    const said = words.slice(from, to);
    const { isOnlySides, thing } = readText(said, command, grammar);
    if (isOnlySides) return 'it only says how, which or where';
    // A value in front of the text names what the text is, as in "play {kind} {title}", but for a place.
    const isKind = (span: Span): boolean =>
      !span.isText && span.to <= from && !kinds.isPreposition(folded[span.from - 1] ?? '');
    return isGeneral && !isNamed && !spans.some(isKind) && thing
      ? `“${thing.words}” belongs to ${thing.command.name}`
      : undefined;
  };
  for (const span of spans) {
    const doubt = span.isText ? doubtAt(span) : undefined;
    const said = words.slice(span.from, span.to).join(' ');
    if (doubt !== undefined) return `“${said}” is hardly the free text of ${command.name}: ${doubt}.`;
  }
  return undefined;
}

/** Finds the words of each slot; slots are given in the order of speaking. */
function spansOf(
  captures: readonly Capture[],
  folded: readonly string[],
  { fold, isText }: { fold: (word: string) => string; isText: (name: string) => boolean },
): Span[] {
  let at = 0;
  return captures.flatMap(({ name, words }) => {
    const sought = words.map(fold);
    let from = at;
    while (from < folded.length && !sought.every((word, i) => folded[from + i] === word)) from++;
    if (from >= folded.length) return [];
    at = from + sought.length;
    return { isText: isText(name), from, to: at };
  });
}

/** Finds out whether all words of a text say how, which or where, and which thing of another command it is about. */
function readText(
  words: readonly string[],
  command: GrammarCommand,
  grammar: Grammar,
): { isOnlySides: boolean; thing: Thing | undefined } {
  const kinds = OpenWords.of(grammar.language);
  const folded = words.map((word) => grammar.fold(word));
  const ids = folded.map((word) => grammar.lexicon.find(word));
  let [sides, numbers, others] = [0, 0, 0];
  const things: Thing[] = [];
  let known: Thing | undefined;
  for (let at = 0; at < words.length;) {
    const word = folded[at]!;
    const value = grammar.things.valueAt(ids, at, command);
    const isKnown = kinds.isDefinite(folded[at - 1] ?? '');
    // Many words are a verb or a thing: "the light", and "light my fire".
    const isThing = kinds.isContent(word) && (isKnown || !kinds.isVerb(word));
    const of = value?.of ?? (isThing ? grammar.things.otherWith(ids[at]!, command) : undefined);
    const end = value?.end ?? at + 1;
    if (of) {
      const thing = { words: words.slice(at, end).join(' '), command: of };
      things.push(thing);
      // "In the kitchen" is a place.
      if (isKnown && !kinds.isPreposition(folded[at - 2] ?? '')) known ??= thing;
    } else if (kinds.isSide(word)) sides++;
    else if (kinds.isNumber(word)) numbers++;
    else if (!kinds.isLight(word) && !kinds.isGeneral(word)) others++;
    at = end;
  }
  const isSure = others === 0 || sides + numbers > 0;
  return {
    isOnlySides: sides > 0 && numbers + others + things.length === 0,
    thing: known ?? (isSure ? things[0] : undefined),
  };
}
