import type { Slot } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';
import type { Command } from '../../src/registry/index.ts';
import type { Missing } from './trial.ts';

/** Ingredients are said with how much of them. */
const amounts = /^(?:a little bit of|a bit of|some|a lot of|lots of) /;

/** The value that is taken away as a whole: of an amount of milk, the milk. */
export function wholeValue(slot: string, value: unknown): string {
  return slot.endsWith('Amount') ? String(value).replace(amounts, '') : String(value);
}

/**
 * The values of the list slots of a name in any command, each once. One that is alone in its list is left out: without
 * it, nothing could be said there.
 */
export function removableValues(commands: readonly Command[], name: string, language: string): string[] {
  return [...new Set(commands.flatMap(({ slots }) => (slots[name] ? valuesOf(name, slots[name], language) : [])))];
}

/** The commands as if nobody had ever named a value: it is taken out of every list slot of that name. */
export function withoutValue(commands: readonly Command[], missing: Missing, language: string): Command[] {
  return commands.map((command) => {
    const slot = command.slots[missing.slot];
    if (!slot || !valuesOf(missing.slot, slot, language).includes(missing.value)) return command;
    return { ...command, slots: { ...command.slots, [missing.slot]: without(slot, missing) } };
  });
}

function valuesOf(name: string, slot: Slot, language: string): string[] {
  const pattern = slot.pattern(languageOf(language));
  if (slot.type !== 'list' || pattern.kind !== 'phrases') return [];
  const values = new Set(
    [...pattern.phrases].map((words) => wholeValue(name, slot.parse(words, languageOf(language)))),
  );
  return values.size > 1 ? [...values] : [];
}

/** The slot with the same spellings of all its other values. */
function without(slot: Slot, missing: Missing): Slot {
  const isKept = (value: unknown): boolean => wholeValue(missing.slot, value) !== missing.value;
  return {
    ...slot,
    key: `${slot.key} without ${missing.value}`,
    pattern: (language) => {
      const pattern = slot.pattern(language);
      return pattern.kind === 'phrases'
        ? { ...pattern, phrases: [...pattern.phrases].filter((words) => isKept(slot.parse(words, language))) }
        : pattern;
    },
    parse: (words, language) => {
      const value = slot.parse(words, language);
      return value !== undefined && isKept(value) ? value : undefined;
    },
  };
}
