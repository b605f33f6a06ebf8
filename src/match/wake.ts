import { withoutFillers, type Grammar, type WakeForm, type WakeWords } from '../grammar/index.ts';
import type { Alternative, Transcript } from '../types.ts';
import { soundDistance } from './sounds.ts';
import { cutWords, withoutFirst, writtenWords } from './written-words.ts';

/**
 * What a phrase says to whom: `none` when it does not begin with a wake phrase; `alone` when it is a wake phrase and no
 * more; `command` when more follows, which `rest` holds without the wake phrase.
 */
export type WakeHeard =
  { kind: 'none' } | { kind: 'alone'; phrase: string } | { kind: 'command'; phrase: string; rest: Transcript };

/**
 * A wake phrase that the free reading spells as other words counts only if those sound like it (at most this distance,
 * 0–1), and if the model, without the prompt, would have preferred other words by no more than this many nats.
 */
const misheard = { distance: 0.4, nats: 1.5 };

/** A misheard phrase may have this many words more than the phrase itself, as "job is" for "Jarvis". */
const extraWords = 1;

/**
 * Finds the wake phrase at the beginning of a transcript. The free reading decides: its first words are the phrase, or
 * sound like it and the constrained reading shows that the sound fits the phrase too. A word before the phrase, other
 * than "hey" and the like, means that it was only mentioned.
 */
export function hearWake(transcript: Transcript, wake: WakeWords, grammar: Grammar): WakeHeard {
  const free = exactly(transcript.text, wake, grammar) ?? nearly(transcript, wake, grammar);
  if (!free) return { kind: 'none' };
  const { phrase } = free.form;
  const text = writtenWords(transcript).slice(free.count).join(' ');
  if (withoutFillers(grammar, grammar.tokenize(text)).length === 0) return { kind: 'alone', phrase };
  const strip = <T extends Alternative>(reading: T): T => {
    const found = exactly(reading.text, wake, grammar) ?? soundsLike(reading.text, wake, grammar);
    return found ? withoutFirst(reading, found.count) : reading;
  };
  const { prompted, constrained, brokenOff } = transcript;
  return {
    kind: 'command',
    phrase,
    rest: {
      ...withoutFirst(transcript, free.count),
      words: transcript.words.slice(free.count),
      ...(prompted ? { prompted: strip(prompted) } : {}),
      ...(constrained ? { constrained: commandsIn(constrained, wake, grammar) } : {}),
      ...(brokenOff ? { brokenOff: commandsIn(brokenOff, wake, grammar) } : {}),
    },
  };
}

/** Whether a free reading may begin with a wake phrase; if not, no other reading of the same sound changes that. */
export function mayWake(text: string, wake: WakeWords, grammar: Grammar): boolean {
  return (exactly(text, wake, grammar) ?? soundsLike(text, wake, grammar)) !== undefined;
}

/** Returns a typed phrase without the wake phrase before its command; the whole text if there is none. */
export function withoutWake(text: string, wake: WakeWords, grammar: Grammar): string {
  const found = exactly(text, wake, grammar);
  const rest = found ? cutWords(text).slice(found.count).join(' ') : '';
  return grammar.tokenize(rest).length > 0 ? rest : text;
}

/** Where a wake phrase ends: the number of written words up to there. */
interface Found {
  form: WakeForm;
  count: number;
}

/**
 * While a wake phrase is needed, constrained readings begin with one by construction; otherwise they have none. Those
 * without a command after it say no more.
 */
function commandsIn(readings: readonly Alternative[], wake: WakeWords, grammar: Grammar): Alternative[] {
  return readings.flatMap((reading) => {
    const found = exactly(reading.text, wake, grammar);
    const rest = found ? withoutFirst(reading, found.count) : reading;
    return rest.text === '' ? [] : [rest];
  });
}

function exactly(text: string, wake: WakeWords, grammar: Grammar): Found | undefined {
  const fits = startsIn(text, wake, grammar).flatMap((places) =>
    wake.forms.flatMap((form): Found[] => {
      const last = places[form.folded.length - 1];
      const isSame = form.folded.every((word, i) => places[i]?.word === word);
      return isSame && last?.isLastOfWritten === true ? [{ form, count: last.at + 1 }] : [];
    }),
  );
  return fits.reduce<Found | undefined>((best, next) => (best && best.count >= next.count ? best : next), undefined);
}

/** Finds first words that sound like a wake phrase. */
function soundsLike(text: string, wake: WakeWords, grammar: Grammar): Found | undefined {
  const fits = startsIn(text, wake, grammar).flatMap((places) =>
    wake.forms.flatMap(({ folded }, form) =>
      places.slice(0, folded.length + extraWords).map(({ at, isLastOfWritten }, last) => {
        const words = places.slice(0, last + 1).map(({ word }) => word);
        const distance = soundDistance(words, folded);
        // A first word without which the others are nearer is another word: "my commuter".
        const isWhole = isLastOfWritten && !(words.length > 1 && soundDistance(words.slice(1), folded) <= distance);
        return { form: wake.forms[form]!, count: at + 1, distance: isWhole ? distance : Infinity };
      }),
    ),
  );
  const best = fits.reduce<(Found & { distance: number }) | undefined>(
    (nearest, next) => (nearest && nearest.distance <= next.distance ? nearest : next),
    undefined,
  );
  return best && best.distance <= misheard.distance ? best : undefined;
}

/** Finds first words that sound like a wake phrase where the sound itself fits the phrase too. */
function nearly(transcript: Transcript, wake: WakeWords, grammar: Grammar): Found | undefined {
  const found = soundsLike(transcript.text, wake, grammar);
  if (!found) return undefined;
  const leads = (transcript.constrained ?? []).flatMap((reading): number[] => {
    const said = exactly(reading.text, { ...wake, forms: [found.form] }, grammar);
    const scores = reading.plainScores;
    if (!said || !scores) return [];
    return [scores.slice(0, said.count).reduce((sum, { lead }) => sum + lead, 0)];
  });
  return leads.some((lead) => lead <= misheard.nats) ? found : undefined;
}

interface Place {
  word: string;
  /** The written word that it comes from. */
  at: number;
  isLastOfWritten: boolean;
}

/** Returns the folded words of a text from each place on where a wake phrase may begin. */
function startsIn(text: string, { before }: WakeWords, grammar: Grammar): Place[][] {
  const places = cutWords(text).flatMap((written, at) =>
    grammar.tokenize(written).map((word, i, all): Place => ({
      word: grammar.fold(word),
      at,
      isLastOfWritten: i === all.length - 1,
    })),
  );
  const first = places.findIndex(({ word }) => !before.has(word));
  return places.slice(0, first < 0 ? places.length : first + 1).map((_, start) => places.slice(start));
}
