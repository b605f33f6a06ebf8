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
 * Text behind one verb alone does not deny it ("not"), where a language does that behind the verb, and does not say
 * what to do with a thing ("the radio off"). Behind a general verb alone, as in "play {what}", it names no known thing
 * of another command ("the song"), nor such a thing with a side or a number ("a timer for 5 minutes"), nor only such
 * things. Behind any general verb, text does not begin with a state ("on hold"); behind any verb of a command, it is
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
  const isVerbAlone = own.filter((word) => kinds.isContent(word) || kinds.isGeneral(word)).length === 1;
  // A value in front of the text names what the text is, as in "play {kind} {title}", but for a place.
  const isKind = (span: Span, from: number): boolean =>
    !span.isText && span.to <= from && !kinds.isPreposition(folded[span.from - 1] ?? '');
  const doubtAt = (span: Span): string | undefined => {
    const { from, to } = span;
    const before = folded.slice(0, from).filter((word) => !kinds.isLight(word));
    if (before.length === 1 && kinds.isVerb(before[0]!) && kinds.isDenial(folded[from]!)) return 'it denies the rest';
    if (isNamed && kinds.isChanging(folded[from]!) && folded.slice(0, from).every((word) => kinds.isLight(word)))
      return 'it begins like another command';
    const said = words.slice(from, to);
    const text = readText(said, command, grammar);
    const hasKind = spans.some((other) => isKind(other, from));
    const { thing } = text;
    const isOnlySides = text.isOnlySides || (isGeneral && kinds.beginsWithState(folded.slice(from, to)));
    if (isOnlySides && (isGeneral || own.some((word) => kinds.isChanging(word))))
      return 'it only says how, which or where';
    if (isGeneral && !isNamed && !hasKind && thing) return `“${thing.words}” belongs to ${thing.command.name}`;
    return isVerbAlone && !hasKind && isAnotherCommand(said, text, { command, grammar, isGeneral })
      ? 'it says what to do with something'
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

/** What a text is about. */
interface ReadText {
  /** Whether all its words say how, which or where. */
  readonly isOnlySides: boolean;
  /** The thing of another command that it is about. */
  readonly thing: Thing | undefined;
  /** How many words say how, which or where, how many name things of other commands, and how many anything else. */
  readonly sides: number;
  readonly things: number;
  readonly others: number;
}

/**
 * Whether a text says what is to be done with a thing: "the radio off", "the next track", "the volume and turn it
 * down". Behind a general verb that may be a thing that no command knows: "the music louder".
 */
function isAnotherCommand(
  words: readonly string[],
  { sides, things, others }: ReadText,
  { command, grammar, isGeneral }: { command: GrammarCommand; grammar: Grammar; isGeneral: boolean },
): boolean {
  const kinds = OpenWords.of(grammar.language);
  const folded = words.map((word) => grammar.fold(word));
  if (sides > 0 && things > 0 && others === 0)
    return folded.every((word) => kinds.isDefinite(word) || kinds.isPreposition(word) || !kinds.isLight(word));
  const isOfThing = kinds.isDefinite(folded[0]!);
  if (isGeneral && isOfThing && others === 1 && kinds.isSide(folded.at(-1)!)) return kinds.isContent(folded[1] ?? '');
  const link = folded.findIndex((word) => kinds.isLink(word));
  if (!isOfThing || link < 0 || !kinds.isVerb(folded[link + 1] ?? '')) return false;
  const first = readText(words.slice(0, link), command, grammar);
  return first.thing !== undefined && first.others === 0;
}

/** Finds out what a text is about. */
function readText(words: readonly string[], command: GrammarCommand, grammar: Grammar): ReadText {
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
    sides,
    things: things.length,
    others: others + numbers,
  };
}
