import type { Grammar } from '../grammar/index.ts';
import { differencesOf, type Difference } from './differences.ts';
import { spokenReading, type SpokenReading } from './spoken-words.ts';
import { WordClasses } from './word-classes.ts';

/** What speaks for and against a reading that was held to the grammar. */
export interface Evidence {
  /** How well it fits the sound, nats a token. */
  fit: number;
  /** How unlike it sounds to the free reading as a whole, 0–1. */
  distance: number;
  /** Where it differs from the free reading, as the model judges without and with the grammar's prompt. */
  plain: readonly Difference[];
  prompted: readonly Difference[];
  /** The words of the reading that are values of slots, by their place. */
  values: ReadonlySet<number>;
}

/** The differences of two readings in numbers; 0 each where there are none. */
interface Signs {
  /** How much the model would rather have had other words, nats: where the command has a value or leaves words out, and elsewhere. */
  valueLead: number;
  otherLead: number;
  /** The same of the worst difference, times how unlike it sounds. */
  unlikeLead: number;
  /** Words with a meaning that the command does not have, each by how sure it is, 0–1. */
  extra: number;
  /** How unlike the surest other words sound. */
  unlike: number;
  /** Whether surely heard words make something else of the command, such as "not" and "if". */
  turning: number;
  /** Other numbers than those of the command. */
  numbers: number;
}

const largest: Signs = { valueLead: 12, otherLead: 12, unlikeLead: 8, extra: 3, unlike: 1, turning: 1, numbers: 1 };

/** The weights of a logistic curve; `bench/resemble` has what they were fitted to. */
const weights = { constant: 0, fit: 0, distance: 0, plain: { valueLead: 0, otherLead: 0, unlikeLead: 0, extra: 0, unlike: 0, turning: 0, numbers: 0 },
  prompted: { valueLead: 0, otherLead: 0, unlikeLead: 0, extra: 0, unlike: 0, turning: 0, numbers: 0 } };

/** How sure a command must be to be asked for, 0–1. */
const leastWorthAsking = 0.2;

/** How sure it is that what was held to the grammar was said, and nothing else, 0–1. */
export function sureness(evidence: Evidence, language: Grammar['language']): number {
  const { constant, fit, distance, plain, prompted } = weights;
  const logit = constant + fit * evidence.fit + distance * evidence.distance
    + weigh(plain, signsOf(evidence.plain, evidence.values, language)) + weigh(prompted, signsOf(evidence.prompted, evidence.values, language));
  return 1 / (1 + Math.exp(-logit));
}

function weigh(weight: Signs, signs: Signs): number {
  return (Object.keys(weight) as (keyof Signs)[]).reduce((sum, name) => sum + weight[name] * signs[name], 0);
}

/** Whether an unsure command is worth a question: nothing surely heard makes something else of it. */
export function isWorthAsking(evidence: Evidence, language: Grammar['language']): boolean {
  const signs = [evidence.plain, evidence.prompted].map((differences) => signsOf(differences, evidence.values, language));
  return sureness(evidence, language) >= leastWorthAsking && signs.every(({ turning, extra, numbers }) => turning < 0.3 && extra < 0.5 && numbers < 0.3);
}

/** Whether a text has words that make something else of a phrase that it is near to. */
export function saysOtherwise(text: string, phrase: string, grammar: Grammar): boolean {
  const [said, meant] = [text, phrase].map((words) => spokenReading({ text: words, logProbability: 0 }, grammar, 0)) as [SpokenReading, SpokenReading];
  const { turning, numbers } = signsOf(differencesOf(said, meant), new Set(), grammar.language);
  return turning > 0 || numbers > 0;
}

/** @internal The fit of the weights uses it too. */
export function signsOf(differences: readonly Difference[], values: ReadonlySet<number>, language: Grammar['language']): Signs {
  const classes = WordClasses.of(language);
  const signs: Signs = { valueLead: 0, otherLead: 0, unlikeLead: 0, extra: 0, unlike: 0, turning: 0, numbers: 0 };
  for (const { free, held, heldAt, lead, sureness: nats, distance } of differences) {
    const sure = free.length > 0 ? Math.exp(nats) : 0;
    const isOfValue = held.length === 0 || held.some((_, i) => values.has(heldAt + i));
    signs[isOfValue ? 'valueLead' : 'otherLead'] += lead;
    signs.unlikeLead = Math.max(signs.unlikeLead, lead * distance);
    signs.extra += sure * Math.max(0, classes.meaningful(free) - classes.meaningful(held));
    if (free.length > 0 && held.length > 0) signs.unlike = Math.max(signs.unlike, sure * distance);
    signs.turning += sure * free.filter((word) => classes.isTurning(word) && !held.includes(word)).length;
    if (classes.hasNumber(free)) signs.numbers += sure;
  }
  for (const name of Object.keys(signs) as (keyof Signs)[]) signs[name] = Math.min(signs[name], largest[name]);
  return signs;
}
