import { HeedError } from '../errors.ts';
import type { Gateway } from './gateway.ts';

/** Why no new clients should come; the texts are public. */
export const unreadyReasons = {
  draining: 'heed is ending and takes no new sessions.',
  loading: 'The models are not loaded yet.',
  'no-voice-activity': 'The voice activity model has ended; heed must be restarted.',
  'no-worker': 'No speech worker can read at the moment; they are being replaced.',
} as const;

export type UnreadyReason = keyof typeof unreadyReasons;

/** Whether a load balancer should send new clients here. This changes while heed runs, unlike its health. */
export class Readiness {
  readonly #gateway: Pick<Gateway, 'loadedEars'>;
  #state: 'open' | 'draining' = 'open';

  constructor(gateway: Pick<Gateway, 'loadedEars'>) {
    this.#gateway = gateway;
  }

  get isDraining(): boolean {
    return this.#state === 'draining';
  }

  /** Why heed is not ready, or undefined if it is. */
  get problem(): { reason: UnreadyReason; message: string } | undefined {
    const reason = this.#reason();
    return reason && { reason, message: unreadyReasons[reason] };
  }

  /** From now on heed is not ready, because it ends. */
  drain(): void {
    this.#state = 'draining';
  }

  #reason(): UnreadyReason | undefined {
    const { loadedEars } = this.#gateway;
    if (this.isDraining) return 'draining';
    if (!loadedEars) return 'loading';
    if (loadedEars.vad.failure) return 'no-voice-activity';
    return loadedEars.transcriber.load().capacity > 0 ? undefined : 'no-worker';
  }
}

/** The error of whatever would begin while heed ends. */
export function drainingError(): HeedError {
  return new HeedError('busy', 'heed is ending and takes no new sessions. Connect again in a moment.');
}
