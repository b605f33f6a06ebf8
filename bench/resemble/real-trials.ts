import { HeedError } from '../../src/errors.ts';
import { expected } from '../commands/home/_expected.ts';
import { readLabel } from '../commands/coffee/_score.ts';
import { loadClip, type Clip } from '../lib/manifest.ts';
import { mixNoise } from '../lib/noise.ts';
import { createRandom } from '../lib/random.ts';
import type { Expected } from '../lib/expected.ts';
import type { Grammars } from './grammars.ts';
import type { AudioTrial, Missing } from './trial.ts';
import { removableValues, wholeValue } from './without-value.ts';

/**
 * The slots whose values are removed. Several commands of the house have slots with these names for places and things.
 */
const slots = {
  coffee: ['coffeeDrink', 'size', 'roast', 'numberOfShots', 'milkAmount', 'sugarAmount'],
  home: ['area', 'name', 'player'],
};

export interface RealSets {
  coffee: Clip[];
  home: Clip[];
  kitchen: Float32Array;
  noises: readonly string[];
}

/**
 * Pairs each clip with grammars that lack a value: one grammar for each value that the clip names, and one for a value
 * that it does not name, chosen by the clip's name.
 */
export async function realTrials(grammars: Grammars, sets: RealSets): Promise<AudioTrial[]> {
  const trials: AudioTrial[] = [];
  for (const registry of ['coffee', 'home'] as const) {
    const commands = await grammars.commands(registry);
    const removable = slots[registry].flatMap((slot) =>
      removableValues(commands, slot, 'en').map((value): Missing => ({ slot, value })),
    );
    for (const clip of sets[registry]) {
      const expect = registry === 'coffee' ? expectedOrder(clip.label) : expectedAtHome(clip.label);
      for (const [kind, missing] of choose(expect, removable, clip.name)) {
        for (const noise of sets.noises) {
          trials.push({
            part: 'real',
            registry,
            kind,
            voice: registry === 'coffee' ? 'recorded' : 'synthesized',
            noise,
            say: clip.label,
            missing,
            expect: kind === 'command' ? expect : [],
            samples: () => loadNoisy(clip, noise, sets.kitchen),
          });
        }
      }
    }
  }
  return trials;
}

/** Chooses the values to remove for a clip: each value that it names, and one that it does not name. */
export function choose(
  expect: readonly Expected[],
  removable: readonly Missing[],
  seed: string,
): ['missing' | 'command', Missing][] {
  const isNamed = ({ slot, value }: Missing): boolean =>
    expect.some(({ args }) => args[slot] !== undefined && wholeValue(slot, args[slot]) === value);
  const others = removable.filter((missing) => !isNamed(missing));
  const other = others[Math.floor(createRandom(`${seed} missing`)() * others.length)];
  const named = removable.filter(isNamed).map((missing): ['missing', Missing] => ['missing', missing]);
  return other ? [...named, ['command', other]] : named;
}

function expectedOrder(label: string): Expected[] {
  const args = Object.entries(readLabel(label).slots).map(([name, words]) => [
    name,
    words.trim().toLowerCase().replace(/\s+/g, ' '),
  ]);
  return [{ command: 'order-drink', args: Object.fromEntries(args) as Record<string, string> }];
}

/**
 * @throws HeedError `not-found` for a sentence that is not in the table, because otherwise it would pass for one that
 * must run nothing
 */
function expectedAtHome(label: string): Expected[] {
  const wanted = expected[label];
  if (!wanted)
    throw new HeedError(
      'not-found',
      `What "${label}" must be understood as was expected in bench/commands/home/_expected.ts.`,
    );
  return [wanted];
}

async function loadNoisy(clip: Clip, noise: string, kitchen: Float32Array): Promise<Float32Array> {
  const speech = await loadClip(clip);
  return noise === 'none' ? speech : mixNoise(speech, kitchen, { snrDb: Number(noise), seed: clip.name });
}
