/** The names are those of locks and of a channel, which all tabs of heed in this browser share. */
const microphoneLock = 'heed.microphone';
const voiceLock = 'heed.voice';
const channelName = 'heed.tabs';

/** What a page needs of its browser to get along with other tabs of heed. */
export interface TabsOptions {
  /** Undefined where the browser has no locks: on pages at insecure addresses, which have no microphone either. */
  locks: Pick<LockManager, 'request'> | undefined;
  channel: Pick<BroadcastChannel, 'postMessage' | 'onmessage'>;
  /** Another tab begins, or has stopped, to speak. */
  onOtherVoice: (isSpeaking: boolean) => void;
  /** Somebody speaks in another tab, so this one must be silent. */
  onHush: () => void;
}

/** Sees to it that only one tab has the microphone, and that only one speaks at a time. */
export class Tabs {
  readonly #options: TabsOptions;
  #giveUp: (() => void) | undefined;
  #otherVoices = 0;

  constructor(options: TabsOptions) {
    this.#options = options;
    options.channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data === 'voice') void this.#hearOther();
      else if (data === 'hush') options.onHush();
    };
  }

  /** Takes the microphone from whichever tab has it. `onTaken` is called when another tab takes it from this one. */
  takeMicrophone(onTaken: () => void): void {
    const { locks } = this.#options;
    if (!locks || this.#giveUp) return;
    let giveUp = (): void => undefined;
    const given = new Promise<void>((resolve) => {
      giveUp = resolve;
    });
    this.#giveUp = giveUp;
    locks
      .request(microphoneLock, { steal: true }, () => given)
      .catch(() => {
        // Another tab has stolen the lock.
        if (this.#giveUp !== giveUp) return;
        this.#giveUp = undefined;
        onTaken();
      });
  }

  /** This tab does not use the microphone any more. Idempotent. */
  leaveMicrophone(): void {
    this.#giveUp?.();
    this.#giveUp = undefined;
  }

  /** Does the work while no other tab speaks, after the others have stopped listening to what comes. */
  async alone(work: () => Promise<void>): Promise<void> {
    const { locks, channel } = this.#options;
    if (!locks) return await work();
    await locks.request(voiceLock, async () => {
      channel.postMessage('voice');
      await work();
    });
  }

  /** Silences the other tabs. */
  hush(): void {
    this.#options.channel.postMessage('hush');
  }

  /** The other tab holds the lock until it has finished; the browser frees it even when that tab is closed. */
  async #hearOther(): Promise<void> {
    const { locks, onOtherVoice } = this.#options;
    if (!locks) return;
    if (this.#otherVoices++ === 0) onOtherVoice(true);
    await locks.request(voiceLock, { mode: 'shared' }, () => undefined);
    if (--this.#otherVoices === 0) onOtherVoice(false);
  }
}

/** Returns the tabs of this browser. */
export function browserTabs(listeners: Pick<TabsOptions, 'onOtherVoice' | 'onHush'>): Tabs {
  return new Tabs({
    locks: 'locks' in navigator ? navigator.locks : undefined,
    channel: new BroadcastChannel(channelName),
    ...listeners,
  });
}
