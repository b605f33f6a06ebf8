import { defaultConfig, type Config } from '../../src/config/index.ts';
import {
  Dispatcher,
  type Answered,
  type PlanClock,
  type RunContext,
  type SessionDispatcher,
  type SpeechEvidence,
} from '../../src/dispatch/index.ts';
import type { EventBody } from '../../src/events/event.ts';
import { MemoryJournal, type Journal } from '../../src/journal/index.ts';
import { Contexts, Registry, type CommandDefinition } from '../../src/registry/index.ts';
import type { CommandMatch, CommandOutcome } from '../../src/types.ts';

type Prompt = Extract<EventBody, { type: 'prompt' }>;

/** A dispatcher with commands, and everything that it reports. */
export class Stage {
  readonly registry: Registry;
  readonly prompts: Prompt[] = [];
  /** Events of sessions that are over, and those of open ones except prompts. */
  readonly events: EventBody[] = [];
  readonly logged: string[] = [];
  readonly state = new Map<string, unknown>();
  readonly contexts: Contexts;
  readonly journal: Journal;
  readonly dispatcher: Dispatcher;
  readonly #sessions = new Map<string, SessionDispatcher>();

  readonly #isActive: ((command: string) => boolean) | undefined;

  constructor(
    commands: Record<string, CommandDefinition> | Registry,
    config: Partial<Config['dispatch']> = {},
    {
      isActive,
      planClock,
      journal,
    }: { isActive?: (command: string) => boolean; planClock?: PlanClock; journal?: Journal } = {},
  ) {
    this.#isActive = isActive;
    this.registry = commands instanceof Registry ? commands : registryOf(commands);
    this.contexts = new Contexts(this.registry);
    this.journal = journal ?? new MemoryJournal(config.maxJournal ?? defaultConfig.dispatch.maxJournal);
    this.dispatcher = new Dispatcher({
      config: { ...defaultConfig.dispatch, ...config },
      registry: this.registry,
      state: {
        get: (topic) => this.state.get(topic),
        set: (topic, value) => {
          this.state.set(topic, value);
        },
      },
      journal: this.journal,
      log: (line) => this.logged.push(line),
      publish: (body) => void this.events.push(body),
      ...(planClock ? { planClock } : {}),
    });
  }

  /** Returns the session with an id, opened when it is first asked for. */
  session(id = 's'): SessionDispatcher {
    let session = this.#sessions.get(id);
    if (!session) {
      session = this.dispatcher.open({
        id,
        contexts: this.contexts,
        ...(this.#isActive ? { isActive: this.#isActive } : {}),
        publish: (body) => {
          if (body.type === 'prompt')
            this.prompts.push({ ...body, text: id === 's' ? body.text : `${id}: ${body.text}` });
          else this.events.push(body);
        },
      });
      this.#sessions.set(id, session);
    }
    return session;
  }

  /** Runs a command as if its phrase had been understood just now. */
  run(
    command: string,
    match: Partial<CommandMatch> = {},
    { sessionId, ...context }: Partial<RunContext> & { sessionId?: string } = {},
  ): Promise<CommandOutcome> {
    return this.session(sessionId).run(
      { command, args: {}, score: 1, via: 'exact', phrase: `${command} please`, candidates: [], ...match },
      { language: 'en', spokenAtMs: performance.now(), ...context },
    );
  }

  /** Answers the session's question with a phrase that has just ended. */
  answer(text: string, sessionId = 's'): boolean {
    return this.session(sessionId).answerSpoken({ text, spokenAtMs: performance.now() }) === 'answer';
  }

  /** Answers with words that were spoken; by default they are sure and nothing else was said. */
  speak(text: string, speech: Partial<SpeechEvidence> = {}): Answered {
    const nowMs = performance.now();
    return this.session().answerSpoken({
      text,
      spokenAtMs: nowMs,
      speech: { startedAtMs: nowMs, confidence: 0.9, ...speech },
    });
  }

  /** The last prompt. */
  get prompt(): Prompt {
    return this.prompts.at(-1)!;
  }
}

function registryOf(commands: Record<string, CommandDefinition>): Registry {
  const registry = new Registry({ language: 'en' });
  for (const [name, definition] of Object.entries(commands)) registry.add(name, definition);
  return registry;
}
