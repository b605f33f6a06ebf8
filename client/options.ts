import type { Connection } from './connection.ts';
import type { EventType, HeedEvent } from './events.ts';
import type { Loss } from './lost-speech.ts';

export type { Connection } from './connection.ts';

/** The state of the microphone. */
export type MicrophoneStatus = 'off' | 'opening' | 'on';

/** What a session is opened with; what is left out is as the server's options say. */
export interface SessionChoices {
  /** An ISO 639-1 code or "auto"; default: the server's language. */
  language?: string;
  /** Words with which a phrase must begin to be obeyed. */
  wake?: string;
  /** Whether the voices are told apart: each `segment.final` then has its `speaker`. Default: the server does not. */
  diarize?: boolean;
  /** How easily speech is noticed, 0–1; 0.5 is usual. */
  sensitivity?: number;
  /** Whether "and" may join several commands in one phrase. */
  chain?: boolean;
}

/** What a client needs. On a page that heed serves, only the token is required. */
export interface HeedClientOptions extends SessionChoices {
  /** The server's token; default: `?token=` in `url`. */
  token?: string;
  /**
   * The server's address, as `heed dev` prints it: `http:`, `https:`, `ws:` or `wss:`, with the path under which a
   * proxy offers it. `/v1/stream` at its end may be left out. Default: the folder of this page.
   */
  url?: string;
  /**
   * The address of heed's `capture-worklet.js`. By default the client brings the worklet with it, as a `blob:` address;
   * a page whose Content-Security-Policy forbids these gives an address of its own server.
   */
  workletUrl?: string | { readonly href: string };
  /** The microphone to open, from `listMicrophones`; default: the one that the browser chooses. */
  deviceId?: string;
  /** The types of events to receive; default: all. */
  types?: EventType[];
  /** The only commands that can be given; with an empty list nothing runs. Default: all. `setActive` changes it. */
  active?: readonly string[];
  onEvent?: (event: HeedEvent) => void;
  onConnection?: (connection: Connection) => void;
  onMicrophone?: (status: MicrophoneStatus) => void;
  /** Called about 31 times a second with the loudness, 0–1, while the microphone is on. */
  onLevel?: (level: number) => void;
  /** Called when the chosen device is not there and the default one is opened instead. */
  onMicrophoneFallback?: () => void;
  /** Called when the device disappears while it is in use. */
  onMicrophoneLost?: () => void;
  /** Called when something of what was said was lost with the connection, once that is certain. */
  onLost?: (loss: Loss) => void;
}
