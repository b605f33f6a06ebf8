import type { HostedSession } from '../../server/hosted-session.ts';
import type { SessionInput } from './parser.ts';

/** Hands a typed message to its session. Waits for nothing that it leads to. */
export function handleMessage(
  hosted: HostedSession,
  message: Exclude<SessionInput, { type: 'audio' | 'age' | 'end' }>,
): void {
  switch (message.type) {
    case 'hold':
      return hosted.press();
    case 'flush':
      return hosted.flush();
    case 'say':
      return hosted.say(message.text);
    case 'answer':
      return hosted.answer(message.prompt_id, message.text);
    case 'playing':
      return hosted.setPlaying(message.playing, message.held ?? false);
    case 'active':
      return hosted.setActive(message.commands ?? undefined);
    case 'contexts':
      return hosted.setContexts(message.contexts);
  }
}
