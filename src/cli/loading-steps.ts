import type { ModelProgress } from '../models/index.ts';
import { StatusLine } from './status-line.ts';

/** Says what heed is doing until it listens, a line for each step, with the progress of a download below. */
export class LoadingSteps {
  readonly #output: Pick<NodeJS.WriteStream, 'write'> | undefined;
  readonly #status = new StatusLine();

  /** @param output where the lines go; undefined for nowhere */
  constructor(output: Pick<NodeJS.WriteStream, 'write'> | undefined) {
    this.#output = output;
  }

  say(step: string): void {
    this.#status.clear();
    this.#output?.write(`  ${step} …\n`);
  }

  /** Shows how far the fetching of a model has come. */
  readonly onModelProgress = ({ phase, doneBytes, totalBytes }: ModelProgress): void => {
    if (this.#output) this.#status.show(phase, doneBytes, totalBytes);
  };

  end(): void {
    this.#status.clear();
  }
}
