import type { Grammar } from '../grammar/index.ts';
import { differencesOf, type Difference } from './differences.ts';
import { spokenReading, type SpokenReading } from './spoken-words.ts';
import { WordClasses } from './word-classes.ts';

/** What speaks for and against a constrained reading. */
export interface Evidence {
  /** How well the reading fits the sound, nats per token. */
  fit: number;
  /** How much less probable it is than the free reading when both are scored without the prompt, nats. */
  deficit: number;
  /** How unlike the free reading it sounds as a whole, 0–1. */
  distance: number;
  /** Where it differs from the free reading, as the model judges without and with the grammar's prompt. */
  plain: readonly Difference[];
  prompted: readonly Difference[];
  /** The positions of the words that are slot values. */
  values: ReadonlySet<number>;
  /** Where the command itself begins, after "in ten minutes"; absent if nothing is in front of it. */
  begin?: number;
}

/** The differences between two readings in numbers; each is 0 when there are none. */
export interface Signs {
  /**
   * How much the model would have preferred other words, nats: where the command has a value or leaves words out, and
   * elsewhere.
   */
  valueLead: number;
  otherLead: number;
  /** The lead of the worst difference, times how unlike its words sound. */
  unlikeLead: number;
  /**
   * Whether another value is surely what the speaker said, and clearly likelier. In a comparison with the prompt, which
   * makes the known values likelier, this means an unknown value.
   */
  otherValue: number;
  /** Meaningful words that the command does not have, each counted by how sure it is, 0–1. */
  extra: number;
  /** Meaningful words before or after all words of the command, each counted as `leastBeside` at least. */
  beside: number;
  /**
   * Words before the command with which no command begins, each counted by how sure it is: "he removed …" for "remove
   * …", "is …".
   */
  inFront: number;
  /** Whether sure words change the meaning of the command, such as "not" and "if". */
  turning: number;
  /** Numbers other than those of the command. */
  numbers: number;
}

/** Words after a whole command are rarely invented by the model, because it could have ended there. */
const leastBeside = 0.4;
/** The lead, nats, and the probability of the words, 0–1, from which on another value is clear. */
const clearly = { lead: 2, sure: 0.6 };
const largest: Signs = {
  valueLead: 12,
  otherLead: 12,
  unlikeLead: 8,
  otherValue: 1,
  extra: 3,
  beside: 2,
  inFront: 2,
  turning: 1,
  numbers: 1,
};

/**
 * The weights of a logistic curve. They were fitted (`npm run bench -- fit-judgement`) to spoken coffee orders of which
 * one value at a time was removed from the grammar, in quiet and at 6 dB, and to sentences that resemble commands of a
 * house and a robot, by five synthesized voices (docs/decisions/judgement-word-by-word.md).
 * `turning`, `inFront` and, with the prompt, `otherValue` were set by hand, because a case that is one in a hundred in
 * that data may be what matters most elsewhere.
 */
const weights: { constant: number; fit: number; distance: number; plain: Signs; prompted: Signs } = {
  constant: 5.59,
  fit: 0.82,
  distance: -2.05,
  plain: {
    valueLead: -0.14,
    otherLead: 0,
    unlikeLead: -0.26,
    otherValue: 0,
    extra: -0.13,
    beside: -0.33,
    inFront: -3,
    turning: -2,
    numbers: -3.84,
  },
  prompted: {
    valueLead: 0,
    otherLead: -0.18,
    unlikeLead: -0.37,
    otherValue: -3.5,
    extra: -1.43,
    beside: -2.52,
    inFront: -3,
    turning: -2,
    numbers: -2.66,
  },
};

/**
 * Hardly any right command is this much less probable than its free reading without the prompt, nats (1 in 100 of them:
 * 11, 1 in 200: 17). Beyond this limit only the prompt speaks for the command, and the prompt turns any other speech
 * into phrases of its own. Each further nat counts against the command.
 */
const farthest = { nats: 20, perNat: 0.6 };

/** How sure a command must be before the speaker is asked whether it was meant, 0–1. */
const leastWorthAsking = 0.2;

/** How sure it is that the words of the constrained reading were said, and nothing else, 0–1. */
export function sureness(evidence: Evidence, language: Grammar['language']): number {
  const { constant, fit, distance, plain, prompted } = weights;
  const beyond = farthest.perNat * Math.max(0, evidence.deficit - farthest.nats);
  const logit =
    constant +
    fit * evidence.fit +
    distance * evidence.distance -
    beyond +
    weigh(plain, signsOf(evidence.plain, evidence, language)) +
    weigh(prompted, signsOf(evidence.prompted, evidence, language));
  return 1 / (1 + Math.exp(-logit));
}

function weigh(weight: Signs, signs: Signs): number {
  return (Object.keys(weight) as (keyof Signs)[]).reduce((sum, name) => sum + weight[name] * signs[name], 0);
}

/** Returns in how many words, of either side, a reading differs from the free ones. */
export function differingWords({ plain, prompted }: Pick<Evidence, 'plain' | 'prompted'>): number {
  return [...plain, ...prompted].reduce((sum, { free, held }) => sum + free.length + held.length, 0);
}

/** Whether an unsure command is worth a question, which needs that no sure word changes its meaning. */
export function isWorthAsking(evidence: Evidence, language: Grammar['language']): boolean {
  const signs = [evidence.plain, evidence.prompted].map((differences) => signsOf(differences, evidence, language));
  return (
    sureness(evidence, language) >= leastWorthAsking &&
    signs.every(
      ({ turning, extra, numbers, otherValue }) => turning < 0.3 && extra < 0.5 && numbers < 0.3 && otherValue === 0,
    )
  );
}

/** Whether a text has words that change the meaning of a phrase that it is near to. */
export function saysOtherwise(text: string, phrase: string, grammar: Grammar): boolean {
  const [said, meant] = [text, phrase].map((words) =>
    spokenReading({ text: words, logProbability: 0 }, grammar, 0),
  ) as [SpokenReading, SpokenReading];
  const differences = differencesOf(said, meant);
  const { turning, numbers, inFront } = signsOf(differences, { values: new Set() }, grammar.language);
  const classes = WordClasses.of(grammar.language);
  const beginsWithSubject = (words: string): boolean =>
    classes.isSubject(grammar.fold(grammar.tokenize(words)[0] ?? ''));
  // "You could …" is near to "could you …".
  if (beginsWithSubject(text) && !beginsWithSubject(phrase)) return true;
  return turning > 0 || numbers > 0 || inFront > 0 || differences.some((difference) => isReport(difference, grammar));
}

/**
 * Whether a subject stands where the command begins: "I set a timer", "he carried" for "hey, carry". Only of words that
 * are surely there, since noise in front of a command is often heard as a pronoun.
 */
function isReport({ free, held, heldAt }: Difference, { language }: Grammar): boolean {
  const classes = WordClasses.of(language);
  const isSubject = (word: string): boolean => classes.isSubject(word);
  if (heldAt > 0 || held.some(isSubject)) return false;
  return free.slice(-1).some(isSubject) || (held.length > 0 && free.some(isSubject));
}

/** Sums the differences up as signs. The weights are fitted to these values, so each sign is kept within its bounds. */
export function signsOf(
  differences: readonly Difference[],
  { values, begin = 0 }: Pick<Evidence, 'values' | 'begin'>,
  language: Grammar['language'],
): Signs {
  const classes = WordClasses.of(language);
  const signs: Signs = {
    valueLead: 0,
    otherLead: 0,
    unlikeLead: 0,
    otherValue: 0,
    extra: 0,
    beside: 0,
    inFront: 0,
    turning: 0,
    numbers: 0,
  };
  for (const { free, held, heldAt, isBeside, lead, sureness: nats, distance } of differences) {
    const sure = free.length > 0 ? Math.exp(nats) : 0;
    const isOfValue = held.length === 0 || held.some((_, i) => values.has(heldAt + i));
    signs[isOfValue ? 'valueLead' : 'otherLead'] += lead;
    signs.unlikeLead = Math.max(signs.unlikeLead, lead * distance);
    if (held.length > 0 && isOfValue && lead >= clearly.lead && sure >= clearly.sure) signs.otherValue = 1;
    signs.extra += sure * Math.max(0, classes.meaningful(free) - classes.meaningful(held));
    if (isBeside) signs.beside += Math.max(leastBeside, sure) * classes.meaningful(free);
    if (heldAt === 0 || heldAt === begin)
      signs.inFront += sure * Math.max(0, free.filter((word) => !classes.isOpening(word)).length - held.length);
    signs.turning += sure * free.filter((word) => classes.isTurning(word) && !held.includes(word)).length;
    if (classes.hasNumber(free, held)) signs.numbers += sure;
  }
  for (const name of Object.keys(signs) as (keyof Signs)[]) signs[name] = Math.min(signs[name], largest[name]);
  return signs;
}
