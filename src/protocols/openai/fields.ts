import { z } from 'zod';
import { HeedError } from '../../errors.ts';
import { transcriptFormats } from '../../files/index.ts';

/** The form of a transcription request, besides the file. Fields that only other engines know are passed over. */
export const fieldsSchema = z.object({
  model: z.string().min(1),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'an ISO 639-1 code in lower case, such as "en", was expected')
    .optional(),
  prompt: z.string().max(10_000).optional(),
  response_format: z.enum(transcriptFormats).default('json'),
  /** The reading is always the most probable one; accepted because clients send it. */
  temperature: z.coerce.number().min(0).max(1).default(0),
  timestamp_granularities: z
    .array(z.enum(['word', 'segment']))
    .min(1)
    .max(2)
    .optional(),
});

/** Them, parsed. */
export type TranscriptionFields = z.output<typeof fieldsSchema>;

/** Reads the fields of a form. @throws HeedError `bad-message` */
export function parseFields(form: ReadonlyMap<string, readonly string[]>): TranscriptionFields {
  const granularities = form.get('timestamp_granularities[]') ?? form.get('timestamp_granularities');
  const single = Object.fromEntries([...form].map(([name, values]) => [name, values.at(-1)]));
  const parsed = fieldsSchema.safeParse({ ...single, timestamp_granularities: granularities });
  if (!parsed.success) {
    throw new HeedError(
      'bad-message',
      `The form does not fit: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}.`,
    );
  }
  const { response_format: format, timestamp_granularities: times } = parsed.data;
  if (times && format !== 'verbose_json')
    throw new HeedError(
      'bad-message',
      `timestamp_granularities needs the response_format verbose_json; ${format} came.`,
    );
  return parsed.data;
}

/** Names that stand for whatever model is loaded. */
const anyModel = new Set(['whisper-1', 'whisper', 'default']);

/** Refuses a model that is not the loaded one. @throws HeedError `not-found` */
export function checkModel(wanted: string, loaded: string): void {
  const name = wanted.replace(/^(?:openai\/)?whisper-(?=.{2})/, '');
  if (anyModel.has(wanted) || wanted === loaded || name === loaded) return;
  throw new HeedError(
    'not-found',
    `The model "${wanted.slice(0, 100)}" is not loaded here; "${loaded}" is, which "whisper-1" means too. Ask for one of these, or start heed with --model.`,
  );
}

const maxNames = 200;

/**
 * The names in a prompt, whose spelling the reading then prefers: words with capitals or digits that no sentence begins
 * with.
 */
export function namesIn(prompt = ''): string[] {
  const names = [...prompt.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)].filter(({ 0: word, index }) => {
    const isFirst = /(?:^|[.?!\n])\s*$/u.test(prompt.slice(0, index));
    return /\p{L}\p{N}|\p{N}\p{L}|.\p{Lu}/u.test(word) || (/^\p{Lu}\p{L}/u.test(word) && !isFirst);
  });
  return [...new Set(names.map(([word]) => word))].slice(0, maxNames);
}
