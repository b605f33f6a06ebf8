import { z } from 'zod';
import { HeedError } from '../../errors.ts';
import { transcriptFormats } from '../../files/index.ts';

/** The fields of a transcription request, besides the file. Fields that heed does not know are ignored. */
export const fieldsSchema = z.object({
  model: z.string().min(1),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'an ISO 639-1 code in lower case, such as "en", was expected')
    .optional(),
  prompt: z.string().max(10_000).optional(),
  response_format: z.enum(transcriptFormats).default('json'),
  /** Has no effect, because heed always returns the most probable reading; accepted because clients send it. */
  temperature: z.coerce.number().min(0).max(1).default(0),
  timestamp_granularities: z
    .array(z.enum(['word', 'segment']))
    .min(1)
    .max(2)
    .optional(),
});

/** The parsed fields of a transcription request. */
export type TranscriptionFields = z.output<typeof fieldsSchema>;

/**
 * Parses the fields of a form.
 * @throws HeedError `bad-message`
 */
export function parseFields(form: ReadonlyMap<string, readonly string[]>): TranscriptionFields {
  const granularities = form.get('timestamp_granularities[]') ?? form.get('timestamp_granularities');
  const single = Object.fromEntries([...form].map(([name, values]) => [name, values.at(-1)]));
  const parsed = fieldsSchema.safeParse({ ...single, timestamp_granularities: granularities });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new HeedError('bad-message', `The fields of the form do not fit: ${faults.join('; ')}.`);
  }
  const { response_format: format, timestamp_granularities: times } = parsed.data;
  if (times && format !== 'verbose_json')
    throw new HeedError(
      'bad-message',
      `timestamp_granularities needs the response_format verbose_json; ${format} came.`,
    );
  return parsed.data;
}

/** Model names that stand for whichever model is loaded. */
const anyModel = new Set(['whisper-1', 'whisper', 'default']);

/**
 * Checks that the requested model is the loaded one.
 * @throws HeedError `not-found`
 */
export function checkModel(wanted: string, loaded: string): void {
  const name = wanted.replace(/^(?:openai\/)?whisper-(?=.{2})/, '');
  if (anyModel.has(wanted) || wanted === loaded || name === loaded) return;
  throw new HeedError(
    'not-found',
    `The model "${wanted.slice(0, 100)}" is not loaded here. Ask for "${loaded}", which is loaded, or for ` +
      '"whisper-1", which means the same; or start heed with another --model.',
  );
}

const maxNames = 200;

/**
 * Returns the names in a prompt, whose spelling the reading then prefers. A name is a word with letters and digits,
 * with a capital inside, or with a capital at its beginning unless a sentence begins there.
 */
export function namesIn(prompt = ''): string[] {
  const names = [...prompt.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)].filter(({ 0: word, index }) => {
    const isFirst = /(?:^|[.?!\n])\s*$/u.test(prompt.slice(0, index));
    return /\p{L}\p{N}|\p{N}\p{L}|.\p{Lu}/u.test(word) || (/^\p{Lu}\p{L}/u.test(word) && !isFirst);
  });
  return [...new Set(names.map(([word]) => word))].slice(0, maxNames);
}
