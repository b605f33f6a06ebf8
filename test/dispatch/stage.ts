import { defaultConfig, type Config } from '../../src/config/index.ts';
import { Dispatcher, type Answered, type SpeechEvidence, type RunContext } from '../../src/dispatch/index.ts';
import type { EventBody } from '../../src/events/event.ts';
import { Contexts, Registry, type CommandDefinition } from '../../src/registry/index.ts';
import type { CommandMatch, CommandOutcome } from '../../src/types.ts';

type Prompt = Extract<EventBody, { type: 'prompt' }>;

/** A dispatcher with commands, and everything that it tells. */
export class Stage {
  readonly registry: Registry;
  readonly prompts: Prompt[] = [];
  readonly logged: string[] = [];
  readonly state = new Map<string, unknown>();
  readonly contexts: Contexts;
  readonly dispatcher: Dispatcher;

  constructor(commands: Record<string, CommandDefinition> | Registry, config: Partial<Config['dispatch']> = {}) {
    this.registry = commands instanceof Registry ? commands : registryOf(commands);
    this.contexts = new Contexts(this.registry);
    this.dispatcher = new Dispatcher({
      config: { ...defaultConfig.dispatch, ...config },
      registry: this.registry,
      publish: (sessionId, body) => {
        if (body.type === 'prompt')
          this.prompts.push({ ...body, text: sessionId === 's' ? body.text : `${sessionId}: ${body.text}` });
      },
      state: {
        get: (topic) => this.state.get(topic),
        set: (topic, value) => {
          this.state.set(topic, value);
        },
      },
      log: (line) => this.logged.push(line),
    });
  }

  /** Runs a command as if its phrase had been understood just now. */
  run(command: string, match: Partial<CommandMatch> = {}, context: Partial<RunContext> = {}): Promise<CommandOutcome> {
    return this.dispatcher.run(
      { command, args: {}, score: 1, via: 'exact', phrase: `${command} please`, candidates: [], ...match },
      { session: { id: 's', language: 'en' }, contexts: this.contexts, spokenAtMs: performance.now(), ...context },
    );
  }

  /** Answers the session's question by a phrase that ended just now. */
  answer(text: string, sessionId = 's'): boolean {
    return this.dispatcher.answerSpoken(sessionId, { text, spokenAtMs: performance.now() }) === 'answer';
  }

  /** The same for words that were speech, by default surely and when nothing else was said. */
  speak(text: string, speech: Partial<SpeechEvidence> = {}): Answered {
    const nowMs = performance.now();
    return this.dispatcher.answerSpoken('s', {
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
