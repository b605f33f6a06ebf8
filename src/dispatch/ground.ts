import { canBeGiven, type Command } from '../registry/index.ts';

/** The commands and the active contexts by which a phrase was understood, or a question asked. */
export interface Ground {
  readonly commands: readonly Command[];
  readonly contexts: readonly string[];
}

/** What may change between a phrase or a question and what it leads to. */
export interface GroundSource {
  readonly registry: { readonly commands: readonly Command[]; get(name: string): Command | undefined };
  readonly contexts: { readonly active: readonly string[] };
  /** Whether the session allows a command; see `Session.setActive`. */
  readonly isActive: (command: string) => boolean;
}

/** Returns the ground as it is now. Both lists are replaced when they change, so they need not be copied. */
export function groundOf({ registry, contexts }: GroundSource): Ground {
  return { commands: registry.commands, contexts: contexts.active };
}

/** Returns why a command cannot be given any more as it was understood; undefined while it can. */
export function whyGone(name: string, before: Ground, now: GroundSource): string | undefined {
  const changed = whyChanged(name, before, now);
  if (changed !== undefined) return changed;
  return canBeGiven(now.registry.get(name)!, now.contexts.active)
    ? undefined
    : `The command ${name} cannot be given in the contexts that are active now.`;
}

/** Returns why an answer to a question about a command does not count any more; undefined while it does. */
export function whyStale(name: string, asked: Ground, now: GroundSource): string | undefined {
  const { active } = now.contexts;
  const isSame = active.length === asked.contexts.length && active.every((context, i) => context === asked.contexts[i]);
  return isSame
    ? whyChanged(name, asked, now)
    : 'The contexts have changed since the question was asked; please say it again.';
}

function whyChanged(name: string, { commands }: Ground, { registry, isActive }: GroundSource): string | undefined {
  const command = registry.get(name);
  if (!command) return `The command ${name} no longer exists.`;
  // A command is an object that is never changed: another version of its file is another object.
  if (commands.find((before) => before.name === name) !== command)
    return `The command ${name} has changed meanwhile; please say it again.`;
  return isActive(name) ? undefined : `The command ${name} is switched off.`;
}
