import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { errorCodes } from '../../errors.ts';
import type { EventType, HeedEvent } from '../../events/index.ts';
import type { ServerContext } from '../../server/context.ts';
import { HandlerDelay } from './handler-delay.ts';

/** Upper bounds of the times of readings, seconds: a reading takes a tenth of a second to some seconds. */
const readingBuckets = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1, 1.5, 2, 3, 5, 10, 30];

/** Upper bounds of the times from the end of speech to the handler, seconds; they are closest around the usual ones. */
const handlerBuckets = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 3, 5];

const outcomes = {
  'command.planned': 'planned',
  'command.completed': 'completed',
  'command.failed': 'failed',
  'command.refused': 'refused',
  'command.unmatched': 'unmatched',
} as const;

/** The events that are counted. */
const types: EventType[] = [
  'session.ended',
  'segment.final',
  'prompt',
  'command.matched',
  'command.planned',
  'command.completed',
  'command.failed',
  'command.refused',
  'command.unmatched',
  'error',
];

/** The process as a whole, which every server in it shows; made when it is first asked for. */
let ofProcess: Registry | undefined;

/** Everything that one server counts and measures, in a registry of its own. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #context: ServerContext;
  readonly #stop: (() => void)[];
  readonly #delay = new HandlerDelay();
  readonly #commands: Counter<'command' | 'outcome'>;
  readonly #errors: Counter<'code'>;
  readonly #toHandler: Histogram;

  constructor(context: ServerContext) {
    const { gateway } = context;
    const registers = [this.#registry];
    this.#context = context;
    this.#commands = new Counter({
      name: 'heed_commands_total',
      help: 'Phrases by what became of them. The command is empty where a phrase was none.',
      labelNames: ['command', 'outcome'],
      registers,
    });
    this.#errors = new Counter({
      name: 'heed_errors_total',
      help: 'Errors that sessions reported to their clients, by code.',
      labelNames: ['code'],
      registers,
    });
    this.#toHandler = new Histogram({
      name: 'heed_speech_end_to_handler_seconds',
      help: 'From the end of speech until the command is handed over to run, where nothing had to be asked before.',
      buckets: handlerBuckets,
      registers,
    });
    this.#addReadings();
    this.#addState();
    this.#stop = [gateway.bus.subscribe({ types }, (event) => this.#take(event)), this.#watchReadings()];
  }

  /** Returns all metrics as text. */
  async text(): Promise<{ contentType: string; text: string }> {
    if (!ofProcess) {
      ofProcess = new Registry();
      collectDefaultMetrics({ register: ofProcess });
    }
    const [own, common] = await Promise.all([this.#registry.metrics(), ofProcess.metrics()]);
    return { contentType: this.#registry.contentType, text: `${own}\n${common}` };
  }

  /** Counts no more. */
  close(): void {
    for (const stop of this.#stop) stop();
    this.#registry.clear();
  }

  #take(event: HeedEvent): void {
    switch (event.type) {
      case 'command.planned':
      case 'command.completed':
      case 'command.failed':
      case 'command.refused':
        // A command that was deleted meanwhile counts as unknown: only names of the registry become labels.
        this.#commands.inc({
          command: this.#context.gateway.registry.get(event.command) ? event.command : 'unknown',
          outcome: outcomes[event.type],
        });
        break;
      case 'command.unmatched':
        this.#commands.inc({ command: '', outcome: outcomes[event.type] });
        break;
      case 'error':
        this.#errors.inc({ code: Object.hasOwn(errorCodes, event.code) ? event.code : 'other' });
        break;
      default:
    }
    const delayMs = this.#delay.take(event, this.#context.now());
    if (delayMs !== undefined) this.#toHandler.observe(delayMs / 1000);
  }

  #watchReadings(): () => void {
    const seconds = new Histogram({
      name: 'heed_reading_seconds',
      help: 'From the request for a reading to its result, the wait for a worker included.',
      labelNames: ['kind'],
      buckets: readingBuckets,
      registers: [this.#registry],
    });
    const count = new Counter({
      name: 'heed_readings_total',
      help: 'Readings by kind and outcome. Aborted ones were no longer needed, or made room for a more urgent one.',
      labelNames: ['kind', 'outcome'],
      registers: [this.#registry],
    });
    return this.#context.gateway.watchReadings(({ kind, outcome, tookMs }) => {
      count.inc({ kind, outcome });
      if (outcome === 'read') seconds.observe({ kind }, tookMs / 1000);
    });
  }

  /** What the recogniser is doing at the moment. */
  #addReadings(): void {
    const { gateway } = this.#context;
    const loads = {
      waiting: 'Readings that wait for a worker.',
      running: 'Readings that run.',
      capacity: 'Readings that could run at once; 0 means that no worker can read.',
    } as const;
    for (const [which, help] of Object.entries(loads) as [keyof typeof loads, string][])
      this.#gauge(`heed_readings_${which}`, help, () => gateway.loadedEars?.transcriber.load()[which] ?? 0);
    this.#counted(
      'heed_worker_restarts_total',
      'Speech workers that ended by themselves and were replaced.',
      (counter) => counter.inc(gateway.loadedEars?.transcriber.restarts ?? 0),
    );
  }

  #addState(): void {
    const { gateway, readiness, refusals } = this.#context;
    this.#gauge('heed_sessions_open', 'Open sessions.', () => gateway.sessionCount);
    this.#gauge('heed_ready', 'Whether /v1/ready says so: 1 or 0.', () => (readiness.problem ? 0 : 1));
    this.#gauge(
      'heed_vad_answer_seconds',
      'Mean time in which the voice activity model judges a frame; streams fall behind from 0.032 on.',
      () => (gateway.loadedEars?.vad.answerMs ?? 0) / 1000,
    );
    this.#counted(
      'heed_refusals_total',
      'Requests and connections that ended with an error, by code.',
      (counter) => {
        for (const [code, count] of refusals.byCode) counter.inc({ code }, count);
      },
      ['code'],
    );
  }

  #gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(value());
      },
    });
  }

  /** A counter of what is counted elsewhere. */
  #counted(name: string, help: string, fill: (counter: Counter) => void, labelNames: string[] = []): void {
    new Counter({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        this.reset();
        fill(this);
      },
    });
  }
}
