import type { Connection } from '../client/options.ts';
import type { Loss } from '../client/lost-speech.ts';
import type { ListeningProblem, ViewState } from './view-state.ts';

/** A notice: what happened, and what helps. */
export interface Notice {
  title: string;
  help: string;
  /** What the notice offers: a button, or a field for the right address. */
  action?: 'retry' | 'dismiss' | 'open';
}

const microphoneWords: Record<ListeningProblem, Notice> = {
  insecure: {
    title: 'The microphone cannot be used at this address',
    help:
      'Browsers allow it only for pages on this machine (http://127.0.0.1 or http://localhost) or over https. ' +
      'Open the page there. Typing works here too.',
  },
  refused: {
    title: 'Microphone permission was refused',
    help:
      'Allow the microphone for this page in the browser’s address bar, then press Talk again. ' +
      'Typing works without it.',
  },
  missing: {
    title: 'No microphone was found',
    help: 'Plug one in or turn it on in the system’s sound settings, then press Talk again. Typing works without it.',
  },
  'in-use': {
    title: 'The microphone is in use',
    help: 'Another program is using it. Close that program or choose another microphone, then press Talk again.',
  },
  lost: {
    title: 'The microphone was disconnected',
    help: 'Plug it in again, then press Talk.',
  },
  elsewhere: {
    title: 'Another tab is listening now',
    help: 'Only one tab can have the microphone. Press Talk to take it back.',
  },
  fallback: {
    title: 'The chosen microphone is not connected',
    help: 'The default microphone is used instead. Plug yours in, or choose another one in the settings.',
  },
  'no-connection': {
    title: 'Nobody would hear you',
    help: 'There is no connection to heed, and none can be made from this address.',
  },
  unsupported: {
    title: 'This browser cannot record',
    help: 'Use a browser of the last years. Typing works here too.',
  },
  failed: {
    title: 'The microphone did not start',
    help: 'Check the system’s sound settings, then press Talk again.',
  },
};

/**
 * Returns what to tell the person, or nothing when all is well. The connection comes first, because without it nothing
 * else helps.
 */
export function noticeOf({ connection, microphoneProblem, loss, error, sessionId }: ViewState): Notice | undefined {
  const lost = connectionNotice(connection, sessionId !== '');
  if (lost) return lost;
  if (microphoneProblem) return { ...microphoneWords[microphoneProblem], action: 'dismiss' };
  const cost = loss && lossNotice(loss);
  if (cost) return cost;
  if (error !== undefined) return { title: 'Something went wrong', help: error, action: 'dismiss' };
  return undefined;
}

/** Less sound than this was hardly a word. */
const shortestLossMs = 500;

function lossNotice({ audioMs, messages, message }: Loss): Notice | undefined {
  if (audioMs < shortestLossMs && messages === 0) return undefined;
  const title =
    audioMs < shortestLossMs
      ? 'What you typed last may be lost'
      : `${Math.max(1, Math.round(audioMs / 1_000))} s of what you said were lost while the line was down`;
  return { title, help: `${message} Please say it again.`.trim(), action: 'dismiss' };
}

function connectionNotice(connection: Connection, hasConnected: boolean): Notice | undefined {
  if (connection.status === 'refused') {
    if (connection.code === 'unauthorized') {
      return {
        title: 'This address is no longer valid',
        help: 'Its token is missing or wrong. Open the address that heed printed when it started, or paste it here.',
        action: 'open',
      };
    }
    return { title: 'The server ended the connection', help: connection.message || 'Try again.', action: 'retry' };
  }
  if (connection.status !== 'waiting') return undefined;
  if (connection.code === 'busy' || connection.code === 'too-many') {
    return {
      title: 'The server is busy',
      help: 'It is already listening to as many people as it can. This page tries again by itself.',
      action: 'retry',
    };
  }
  if (connection.isKept)
    return {
      title: 'The line is down',
      help: 'What you say now is kept, and sent when the line is back. This page reconnects by itself.',
      action: 'retry',
    };
  if (connection.message !== '')
    return {
      title: 'The server ended the connection',
      help: `${connection.message} This page tries again by itself.`,
      action: 'retry',
    };
  if (!hasConnected) {
    return {
      title: 'heed cannot be reached',
      help:
        'Start it on its machine with “heed dev”, and check that this device is in the same network. This page ' +
        'tries again by itself.',
      action: 'retry',
    };
  }
  return {
    title: 'The connection was lost',
    help: 'Is heed still running? This page reconnects by itself.',
    action: 'retry',
  };
}

/** Describes the connection in a word or two. */
export function connectionWords(connection: Connection): string {
  switch (connection.status) {
    case 'open':
      return 'Connected';
    case 'connecting':
      return 'Connecting …';
    case 'waiting':
      return 'Reconnecting …';
    case 'refused':
    case 'closed':
      return 'Not connected';
  }
}

/** Describes what is happening between the person and the microphone. */
export function talkWords(state: ViewState): string {
  const { connection, microphone, mode, isSpeaking, utterances, settings, wake, isAwake, isVoiceOn } = state;
  if (microphone === 'opening') return 'Opening the microphone …';
  if (microphone === 'off') {
    if (utterances[0]?.status === 'reading') return 'Reading what you said …';
    if (settings.talk === 'push-to-talk') return 'Hold Talk or the space bar while you speak';
    return 'Press Talk, or hold the space bar while you speak';
  }
  if (connection.status !== 'open') return 'Waiting for the connection …';
  if (mode === 'held') return 'Listening: let go when you are done';
  if (isVoiceOn) return 'heed is speaking, and does not listen';
  if (isSpeaking) return 'Hearing you';
  const [phrase] = wake;
  return phrase === undefined || isAwake ? 'Listening: say what should happen' : `Listening: begin with “${phrase}”`;
}

/**
 * Says where the audio goes. The page can promise that audio stays on this machine only when its address is a local
 * one.
 */
export function promiseWords(hostname: string): string {
  const isLoopback =
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname) ||
    hostname.endsWith('.localhost');
  return isLoopback ? 'Audio never leaves this machine' : `Audio goes to ${hostname} and no further`;
}
