import { z } from 'zod';
import { contextPattern, type Slot } from '../grammar/index.ts';
import type { Command, CommandDefinition } from './command.ts';
import { versionOf } from './version.ts';

const slotKinds = 'list(), number(), percent(), duration() or text()';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const contexts = z.array(
  z
    .string()
    .regex(contextPattern, 'a name of letters, digits and hyphens was expected, perhaps with a value: room=den'),
  'a list of names was expected',
);
const details = z.strictObject({
  say: z.string(),
  args: z.record(z.string(), z.unknown()).exactOptional(),
  fill: z.array(z.string()).exactOptional(),
  contexts: contexts.exactOptional(),
  unless: contexts.exactOptional(),
});
/** More phrases would hold up everybody while they are compiled. */
const maxPhrases = 1_000;

/** The longest time that a timer of Node's can wait, ms. */
const maxTimeoutMs = 2 ** 31 - 1;

const templates = z.array(z.union([z.string(), details]));
const languageCode = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/, 'an ISO 639-1 code such as "en" was expected');

const phrases = z
  .union(
    [templates, z.record(languageCode, templates)],
    'a list of phrases was expected, or one for each language, as in { en: […], de: […] }; ' +
      'a phrase is a text, or { say } with args, fill, contexts or unless',
  )
  .refine(
    (all) =>
      (Array.isArray(all) ? all.length : Math.max(...Object.values(all).map(({ length }) => length))) <= maxPhrases,
    `at most ${maxPhrases} phrases were expected; put what differs between them into a list`,
  );

const definitionSchema = z
  .strictObject({
    phrases,
    slots: z
      .record(
        z.string(),
        z.custom<Slot>((value) => isSlot(value), `a slot was expected: ${slotKinds}`),
      )
      .default({}),
    rules: z.record(z.string(), z.string()).optional(),
    examples: z
      .array(
        z.strictObject({
          say: z.string(),
          args: z.record(z.string(), z.unknown()).optional(),
          language: languageCode.optional(),
          contexts: contexts.optional(),
        }),
      )
      .default([]),
    not: z.array(z.string()).default([]),
    priority: z.number().optional(),
    contexts: contexts.default([]),
    risk: z.enum(['low', 'medium', 'high']).default('low'),
    delayable: z.boolean().default(false),
    confirmBySpeech: z.boolean().default(false),
    pin: z.boolean().default(false),
    speakers: z
      .union(
        [z.literal('known'), z.array(z.string().trim().min(1)).min(1)],
        "'known' was expected, or a list of names such as ['anna']",
      )
      .optional(),
    speakerScore: z.number().min(0.5).max(1).optional(),
    followUps: z
      .array(
        z.strictObject({
          phrases,
          set: z.record(z.string(), z.unknown()).optional(),
          add: z.record(z.string(), z.number()).optional(),
        }),
      )
      .default([]),
    description: z.string().default(''),
    timeoutMs: z.int().positive().max(maxTimeoutMs).optional(),
    confirm: z
      .union([z.string(), z.custom(isFunction)], 'the words of a question were expected, or a function that makes them')
      .optional(),
    missing: z
      .record(
        z.string(),
        z.union([z.string(), z.record(languageCode, z.string())], 'a question was expected, or one for each language'),
      )
      .optional(),
    state: z.record(z.string(), z.json()).default({}),
    run: z.custom<CommandDefinition['run']>(isFunction, 'a function was expected'),
  })
  .refine(({ risk, confirmBySpeech }) => risk === 'high' || !confirmBySpeech, {
    path: ['confirmBySpeech'],
    message: "only a command with risk: 'high' needs it",
  })
  .refine(({ risk, pin }) => risk === 'high' || !pin, {
    path: ['pin'],
    message: "only a command with risk: 'high' can have it",
  })
  .refine(
    ({ slots, followUps }) =>
      followUps.every(({ set = {}, add = {} }) =>
        [...Object.entries(set), ...Object.keys(add).map((name) => [name, undefined] as const)].every(
          ([name, value]) =>
            Object.hasOwn(slots, name) && (value === undefined || slots[name]!.schema.safeParse(value).success),
        ),
      ),
    { path: ['followUps'], message: 'a slot of this command and a value that it accepts were expected in set and add' },
  )
  .refine(({ risk, delayable }) => risk !== 'high' || !delayable, {
    path: ['delayable'],
    message: "a command with risk: 'high' runs only while somebody who has just confirmed it is there",
  })
  .refine(({ contexts, delayable }) => contexts.length === 0 || !delayable, {
    path: ['delayable'],
    message: 'a command with contexts is for what the session is doing now',
  })
  .refine(({ risk, followUps }) => risk !== 'high' || followUps.length === 0, {
    path: ['followUps'],
    message: "a command with risk: 'high' must be said in full",
  })
  .refine(({ speakers, speakerScore }) => speakers !== undefined || speakerScore === undefined, {
    path: ['speakerScore'],
    message: 'only a command with speakers needs it',
  })
  .refine(({ confirmBySpeech, pin }) => !confirmBySpeech || !pin, {
    path: ['pin'],
    message: 'a spoken yes cannot be enough (confirmBySpeech) where only the PIN is',
  });

/** What is wrong with a part of a definition; `key` names the part. */
export interface DefinitionProblem {
  key: string;
  message: string;
}

/** Checks what an author wrote, whatever it is. */
export function readDefinition(name: string, value: unknown): { command: Command } | { problems: DefinitionProblem[] } {
  const parsed = definitionSchema.safeParse(value);
  if (!parsed.success) return { problems: parsed.error.issues.flatMap((issue) => describe(issue)) };
  const { data } = parsed;
  const definition = value as CommandDefinition;
  return {
    command: {
      name,
      phrases: data.phrases,
      slots: data.slots,
      not: data.not,
      contexts: data.contexts,
      risk: data.risk,
      delayable: data.delayable,
      version: versionOf(value),
      confirmBySpeech: data.confirmBySpeech,
      pin: data.pin,
      followUps: data.followUps.map(({ phrases, set, add }) => ({
        phrases,
        ...(set ? { set } : {}),
        ...(add ? { add } : {}),
      })),
      description: data.description,
      state: data.state,
      examples: data.examples.map(({ say, args, language, contexts }) => ({
        say,
        ...(contexts ? { contexts } : {}),
        ...(args ? { args } : {}),
        ...(language ? { language } : {}),
      })),
      ...(data.rules ? { rules: data.rules } : {}),
      ...(data.priority === undefined ? {} : { priority: data.priority }),
      ...(data.timeoutMs === undefined ? {} : { timeoutMs: data.timeoutMs }),
      ...(data.missing === undefined ? {} : { missing: data.missing }),
      ...(data.speakers === undefined ? {} : { speakers: data.speakers }),
      ...(data.speakerScore === undefined ? {} : { speakerScore: data.speakerScore }),
      ...(definition.confirm === undefined ? {} : { confirm: definition.confirm }),
      // Called on the definition, because its functions may use `this`.
      run: (context) => definition.run(context),
    },
  };
}

function describe(issue: z.core.$ZodIssue): DefinitionProblem[] {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    const known = Object.keys(definitionSchema.shape).join(', ');
    return issue.keys.map((key) => ({ key, message: `"${key}" is not a part of a command; the parts are ${known}.` }));
  }
  const key = String(issue.path[0] ?? 'defineCommand');
  if (issue.path.length === 0)
    return [{ key, message: 'A command was expected: `export default defineCommand({ phrases, run, … })`.' }];
  return [{ key, message: `${issue.path.join('.')}: ${issue.message}.` }];
}

function isSlot(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const slot = value as Partial<Slot>;
  return (
    typeof slot.type === 'string' &&
    typeof slot.key === 'string' &&
    typeof slot.schema?.safeParse === 'function' &&
    typeof slot.parse === 'function' &&
    typeof slot.pattern === 'function'
  );
}
