import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { HeedError } from '../../src/errors.ts';

/** A value of a list, as hassil has it; `in` is a template. */
export interface ListValue {
  in: string;
  out?: string | number;
}

/** Sentence templates that share their constants. */
export interface Block {
  intent: string;
  sentences: string[];
  /** Arguments that the sentences do not name. */
  slots: Record<string, string | number>;
  /** The domains of the entities that `{name}` may be; undefined for all. */
  domains: string[] | undefined;
}

/** What a file of tests knows of the house. */
export interface Fixtures {
  names: { name: string; domain: string }[];
  areas: string[];
  floors: string[];
}

/** One file of tests: sentences with the intent and the slots that they must give. */
export interface TestFile {
  intent: string;
  name: string;
  fixtures: Fixtures;
  tests: { sentence: string; slots: Record<string, unknown> }[];
}

/** Home Assistant's suite in one language. */
export interface Suite {
  language: string;
  blocks: Block[];
  lists: Record<string, readonly ListValue[] | 'wildcard' | 'percentage'>;
  rules: Record<string, string>;
  files: TestFile[];
}

/** What `name_domains: default` stands for in `intents.yaml`. */
const defaultDomains = ['light', 'switch', 'fan', 'media_player', 'input_boolean', 'climate'];

/** Reads the suite from a folder that is laid out as its repository is. */
export function readSuite(dir: string, language: string): Suite {
  if (!existsSync(join(dir, 'sentences', language)))
    throw new HeedError('not-found', `A folder with sentences/${language} was expected, but ${dir} has none.`);
  const lists: Suite['lists'] = {};
  for (const file of yamlIn<{ lists?: Record<string, RawList> }>(join(dir, 'lists', language)))
    for (const [name, list] of Object.entries(file.lists ?? {})) lists[name] = toList(list);
  const rules: Suite['rules'] = {};
  for (const file of yamlIn<{ expansion_rules?: Suite['rules'] }>(join(dir, 'rules', language)))
    Object.assign(rules, file.expansion_rules);
  return {
    language,
    lists,
    rules,
    blocks: foldersIn(join(dir, 'sentences', language)).flatMap((folder) =>
      yamlIn<{ data: RawBlock[] }>(folder).flatMap((file) =>
        file.data.map((block) => toBlock(basename(folder), block)),
      ),
    ),
    files: foldersIn(join(dir, 'tests', language)).flatMap((folder) =>
      yamlNames(folder).map((name) => toTestFile(basename(folder), name, read<RawFile>(join(folder, name)))),
    ),
  };
}

interface RawList {
  values?: (string | ListValue)[];
  range?: unknown;
  wildcard?: boolean;
}

/** All ranges of the suite's languages are percentages. */
function toList({ values = [], range, wildcard }: RawList): Suite['lists'][string] {
  if (wildcard) return 'wildcard';
  return range ? 'percentage' : values.map((value) => (typeof value === 'string' ? { in: value } : value));
}

interface RawBlock {
  sentences: string[];
  slots?: Block['slots'];
  inferred_domain?: string;
  name_domains?: 'default' | string[];
}

function toBlock(intent: string, block: RawBlock): Block {
  const domains = block.name_domains === 'default' ? defaultDomains : block.name_domains;
  const slots = { ...block.slots, ...(block.inferred_domain ? { domain: block.inferred_domain } : {}) };
  return { intent, sentences: block.sentences, slots, domains };
}

function toTestFile(intent: string, name: string, raw: RawFile): TestFile {
  return {
    intent,
    name,
    fixtures: {
      names: (raw.entities ?? []).map((entity) => ({ name: entity.name, domain: entity.domain ?? '' })),
      areas: (raw.areas ?? []).map((area) => area.name),
      floors: (raw.floors ?? []).map((floor) => floor.name),
    },
    tests: raw.tests.flatMap(({ sentences, slots = {} }) => sentences.map((sentence) => ({ sentence, slots }))),
  };
}

interface RawFile {
  entities?: { name: string; domain?: string }[];
  areas?: { name: string }[];
  floors?: { name: string }[];
  tests: { sentences: string[]; slots?: Record<string, unknown> }[];
}

function foldersIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(dir, name))
    .sort();
}

function yamlNames(dir: string): string[] {
  return existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => name.endsWith('.yaml'))
        .sort()
    : [];
}

/** Reads files as their repository has them. */
function yamlIn<T>(dir: string): T[] {
  return yamlNames(dir).map((name) => read<T>(join(dir, name)));
}

function read<T>(path: string): T {
  return parse(readFileSync(path, 'utf8')) as T;
}
