import { byId, element } from './dom.ts';

const bars = 48;

/** Shows the loudness of the last seconds as bars or, with reduced motion, as one steady bar that fills up. */
export class LevelView {
  readonly #bars: HTMLElement[];
  readonly #levels: number[] = Array.from({ length: bars }, () => 0);
  readonly #isCalm = matchMedia('(prefers-reduced-motion: reduce)');
  #frames = 0;
  #loudest = 0;

  constructor() {
    this.#bars = this.#levels.map(() => element('span'));
    byId('level', HTMLElement).append(...this.#bars);
  }

  /** Takes one loudness, 0–1. Two of them make a bar. */
  push(level: number): void {
    this.#loudest = Math.max(this.#loudest, level);
    if (++this.#frames % 2 === 1) return;
    this.#levels.shift();
    this.#levels.push(this.#loudest);
    this.#draw(this.#loudest);
    this.#loudest = 0;
  }

  /** Clears the bars, because the microphone is off. */
  clear(): void {
    this.#levels.fill(0);
    this.#draw(0);
  }

  #draw(level: number): void {
    this.#bars.forEach((bar, index) => {
      const height = this.#isCalm.matches ? Number(index / bars < level) : this.#levels[index]!;
      bar.style.setProperty('--level', height.toFixed(3));
    });
  }
}
