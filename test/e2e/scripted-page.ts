/** The page with a stream and answers that a test writes, so that it shows what a server would rarely send. */
import type { Page, WebSocketRoute } from 'playwright-core';
import type { EventBody } from '../../src/events/event.ts';
import type { UtteranceTrace } from '../../src/trace/utterance-trace.ts';
import { openBrowser, type BrowserOptions } from './browser.ts';

/** What the page is told. */
export interface Script {
  /** The answer to `/v1/commands`. */
  commands?: {
    name: string;
    description?: string;
    contexts?: string[];
    phrases?: string[];
    examples?: (string | { say: string })[];
  }[];
  /** The traces that the why-panel finds, newest first. */
  traces?: UtteranceTrace[];
}

/** A page whose server does what the test says. */
export interface ScriptedPage {
  page: Page;
  /** Sends events of the page's session. */
  send: (...bodies: EventBody[]) => void;
  /** The answers that the page has sent so far. */
  answers: { prompt_id: string; text: string }[];
  /** Closes the stream with a code. */
  close: (code: number) => Promise<void>;
}

const sessionId = 'scripted';

/** Opens the page at an address of a real server, which only gives its files. */
export async function openScripted(url: string, script: Script, options: BrowserOptions = {}): Promise<ScriptedPage> {
  const page = await openBrowser({ ...options, context: { serviceWorkers: 'block', ...options.context } });
  let socket: WebSocketRoute | undefined;
  let count = 0;
  const answers: ScriptedPage['answers'] = [];
  const send = (...bodies: EventBody[]): void => {
    for (const body of bodies) {
      const event = { event_id: `e${++count}`, session_id: sessionId, seq: count, time: new Date().toISOString() };
      socket!.send(JSON.stringify({ ...event, ...body }));
    }
  };
  await page.routeWebSocket('**/v1/stream', (route) => {
    socket = route;
    route.onMessage((message) => {
      if (typeof message !== 'string') return;
      const { type, prompt_id, text } = JSON.parse(message) as { type: string; prompt_id: string; text: string };
      if (type === 'start') send({ type: 'session.started', language: 'en', commands: [] });
      if (type === 'answer') answers.push({ prompt_id, text });
    });
  });
  await page.route('**/v1/commands?*', (route) =>
    route.fulfill({
      json: {
        languages: ['en'],
        chain: true,
        problems: [],
        advice: [],
        commands: (script.commands ?? []).map((command) => ({ contexts: [], phrases: [], examples: [], ...command })),
      },
    }),
  );
  const traces = script.traces ?? [];
  await page.route('**/v1/utterances**', (route) => {
    const id = new URL(route.request().url()).pathname.split('/')[3];
    const trace = traces.find((each) => each.id === id);
    const summaries = traces.map((each) => ({ ...each, text: each.free?.text ?? '' }));
    return route.fulfill({ json: id === undefined ? { utterances: summaries } : { ...trace, has_audio: true } });
  });
  await page.goto(url);
  await page.getByText('Connected', { exact: true }).waitFor();
  return { page, send, answers, close: async (code) => socket!.close({ code }) };
}
