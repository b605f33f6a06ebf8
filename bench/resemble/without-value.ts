import type { Slot } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';
import type { Command } from '../../src/registry/index.ts';
import type { Missing } from './trial.ts';

/** Ingredients are said together with their amounts. */
const amounts = /^(?:a little bit of|a bit of|some|a lot of|lots of) /;

/** Returns the value that is removed as a whole: for an amount of milk, the milk. */
export function wholeValue(slot: string, value: unknown): string {
  return slot.endsWith('Amount') ? String(value).replace(amounts, '') : String(value);
}

/**
 * Returns the values of all list slots with this name in any command, without repeats. A value that is alone in its
 * list is left out, because without it nothing could be said there.
 */
export function removableValues(commands: readonly Command[], name: string, language: string): string[] {
  return [...new Set(commands.flatMap(({ slots }) => (slots[name] ? valuesOf(name, slots[name], language) : [])))];
}

/** Returns the commands as if nobody had ever named a value: it is removed from every list slot with that name. */
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

/** Returns the slot with all its other values, in the same spellings. */
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
