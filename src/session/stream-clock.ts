import { samplesToMs, type Clock } from '../types.ts';

interface Alarm {
  dueMs: number;
  run: () => void;
}

/** The time of a recording: it goes on only while the recording is heard. */
export class StreamClock implements Clock {
  readonly #alarms = new Set<Alarm>();
  #samples = 0;

  nowMs(): number {
    return samplesToMs(this.#samples);
  }

  after(ms: number, run: () => void): () => void {
    const alarm = { dueMs: this.nowMs() + ms, run };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** To be called before these samples are heard. */
  advance(samples: number): void {
    this.#samples += samples;
    const due = [...this.#alarms].filter(({ dueMs }) => dueMs <= this.nowMs()).sort((a, b) => a.dueMs - b.dueMs);
    for (const alarm of due) if (this.#alarms.delete(alarm)) alarm.run();
  }
}
