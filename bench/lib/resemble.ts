import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { HeedError } from '../../src/errors.ts';
import type { CommandMatch } from '../../src/types.ts';
import { languageOfRegistry, sentenceFiles } from '../resemble/sentences.ts';
import { repositoryDir } from './arguments.ts';

/** The kinds of sentences that are not commands, by the reason why they are not. */
export const otherKinds = [
  'negation',
  'question',
  'past',
  'delay',
  'condition',
  'exception',
  'other-object',
  'extra-object',
  'other-verb',
  'out-of-range',
  'half-said',
  'reported',
  'small-talk',
] as const;
/** What a sentence can be: one command, two in one breath, or none. */
export const kinds = ['command', 'two-commands', ...otherKinds] as const;

/** A sentence and what it must run, as `describeMatch` writes it; "" for nothing. */
export interface ResemblingText {
  kind: (typeof kinds)[number];
  say: string;
  expect: string;
}

/** Commands for which sentences are listed. */
export interface TextSet {
  name: string;
  /** An ISO 639-1 code. */
  language: string;
  commandsDir: string;
}

const textsDir = join(repositoryDir, 'bench/resemble');
const header = 'kind\tsay\texpect';
const rowSchema = z.tuple([z.enum(kinds), z.string().regex(/^\S.*\S$/), z.string()]);

/** Lists all sets by name. "house" is the demonstration house, "house-fr" a house in French. */
export function listTextSets(): TextSet[] {
  return [...sentenceFiles(textsDir).keys()].sort().map((name) => ({
    name,
    language: languageOfRegistry(name),
    commandsDir: join(repositoryDir, name === 'house' ? 'commands' : `bench/commands/${name}`),
  }));
}

/** Reads the sentences of a set. @throws HeedError `bad-config` with the line whose layout is wrong */
export function readTexts(name: string): ResemblingText[] {
  const file = `bench/resemble/${name}.tsv`;
  const [first, ...lines] = readFileSync(join(repositoryDir, file), 'utf8').replace(/\n$/, '').split('\n');
  if (first !== header)
    throw new HeedError('bad-config', `${file} must begin with the header ${JSON.stringify(header)}.`);
  return lines.map((line, index) => {
    const row = rowSchema.safeParse(line.split('\t'));
    if (!row.success)
      throw new HeedError('bad-config', `${file}:${index + 2} must be kind, sentence and expectation: ${line}`);
    const [kind, say, expect] = row.data;
    return { kind, say, expect };
  });
}

type Understood = Pick<CommandMatch, 'command' | 'args'>;

/** Writes a command and those that were said with it in one line: `lights {"on":true} + blinds {"move":"close"}`. */
export function describeMatch(match: Understood | undefined, also: readonly Understood[] = []): string {
  if (match === undefined) return '';
  return [match, ...also].map(({ command, args }) => `${command} ${JSON.stringify(args)}`).join(' + ');
}
