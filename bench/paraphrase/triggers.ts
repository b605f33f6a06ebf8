import type { Command } from '../../src/registry/index.ts';
import { similarity, type SentenceModel } from '../../src/suggest/sentence-model.ts';

/** The cosine from which a trigger counts. */
const threshold = 0.7;

const kept = new Map<string, Float32Array>();

/**
 * Compares a sentence as a whole with the examples of all commands, as Moonshine's intent recogniser does with its
 * trigger phrases, and returns the command of the nearest one, without arguments.
 */
export async function nearestTrigger(
  text: string,
  commands: readonly Command[],
  model: SentenceModel,
): Promise<{ command: string; args: Record<string, unknown> } | undefined> {
  const triggers = commands.flatMap(({ name, examples }) => examples.map(({ say }) => ({ name, say })));
  const missing = triggers.map(({ say }) => say).filter((say) => !kept.has(say));
  const vectors = await model.embed([text, ...missing]);
  missing.forEach((say, i) => kept.set(say, vectors[i + 1]!));
  const scored = triggers.map(({ name, say }) => ({ name, score: similarity(vectors[0]!, kept.get(say)!) }));
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return best.score >= threshold ? { command: best.name, args: {} } : undefined;
}
