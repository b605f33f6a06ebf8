import type { Command } from '../registry/index.ts';
import { voiceKey } from '../types.ts';
import { adviceOn, type Advice } from './advice.ts';

/** Finds commands for the voices of people whom heed does not know: nobody can give those. */
export function findUnknownVoices(commands: readonly Command[], known: readonly string[]): Advice[] {
  const keys = new Set(known.map(voiceKey));
  return commands.flatMap((command) => {
    const { speakers } = command;
    if (speakers === undefined) return [];
    const missing = speakers === 'known' ? [] : speakers.filter((name) => !keys.has(voiceKey(name)));
    if (speakers === 'known' ? known.length > 0 : missing.length === 0) return [];
    const whom = missing.map((name) => `"${name}"`).join(' and ');
    return [
      adviceOn(
        command,
        'unknown-voice',
        speakers === 'known'
          ? 'Only known voices may give this command, and no voice is known, so nobody can.'
          : `Only some voices may give this command, and that of ${whom} is not known.`,
        `Make it known: heed voices add ${missing[0] ?? 'NAME'} --microphone`,
      ),
    ];
  });
}
