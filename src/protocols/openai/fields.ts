import { z } from 'zod';
import { HeedError } from '../../errors.ts';
import { transcriptFormats } from '../../files/index.ts';

/** The formats of OpenAI's interface. */
export const responseFormats = transcriptFormats.filter((format) => format !== 'rttm');

export type ResponseFormat = (typeof responseFormats)[number];

/** How many speakers may be known. */
export const maxKnownSpeakers = 4;
/** How many names of a prompt count, and how long a name may be, characters. */
const [maxNames, maxNameLength] = [200, 60];

/** The fields of a transcription request, besides the file. Fields that heed does not know are ignored. */
export const fieldsSchema = z.object({
  model: z.string().min(1),
  language: z
    .string()
    .regex(/^[a-z]{2,3}([-_][a-z0-9-_]{1,20})?$/i, 'an ISO 639-1 code, such as "en" or "en-US", was expected')
    .transform((code) => code.toLowerCase().split(/[-_]/)[0]!)
    .optional(),
  prompt: z.string().max(10_000).optional(),
  response_format: z.enum(responseFormats).default('json'),
  /** Has no effect, because heed always returns the most probable reading; accepted because clients send it. */
  temperature: z.coerce.number().min(0).max(1).default(0),
  timestamp_granularities: z
    .array(z.enum(['word', 'segment']))
    .min(1)
    .max(2)
    .optional(),
  /** Whether the text is sent sentence by sentence, while the file is read. */
  stream: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['true', 'false', '1', '0']))
    .transform((value) => value === 'true' || value === '1')
    .default(false),
  include: z.array(z.string()).default([]),
  /** Who may be heard, and a recording of each as a data URL; at most four, as at OpenAI. */
  known_speaker_names: z.array(z.string().trim().min(1).max(maxNameLength)).max(maxKnownSpeakers).default([]),
  known_speaker_references: z.array(z.string()).max(maxKnownSpeakers).default([]),
});

/** The parsed fields of a transcription request. */
export type TranscriptionFields = z.output<typeof fieldsSchema>;

/** Fields in which "auto" leaves the choice to the server. */
const automatic = new Set(['language', 'response_format', 'temperature']);

/**
 * Parses the fields of a form. Front ends send fields that nobody filled in as empty ones, which count as absent.
 * @throws HeedError `bad-message`
 */
export function parseFields(form: ReadonlyMap<string, readonly string[]>): TranscriptionFields {
  const single = Object.fromEntries(
    [...form].flatMap(([name, values]) => {
      const value = values.at(-1)?.trim() ?? '';
      return value === '' || (automatic.has(name) && value.toLowerCase() === 'auto') ? [] : [[name, value]];
    }),
  );
  const parsed = fieldsSchema.safeParse({
    ...single,
    timestamp_granularities: listOf(form, 'timestamp_granularities'),
    include: listOf(form, 'include'),
    known_speaker_names: listOf(form, 'known_speaker_names'),
    known_speaker_references: listOf(form, 'known_speaker_references'),
  });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new HeedError('bad-message', `The fields of the form do not fit: ${faults.join('; ')}.`);
  }
  const { response_format: format, timestamp_granularities: times, stream } = parsed.data;
  checkKnownSpeakers(parsed.data);
  if (times && format !== 'verbose_json')
    throw new HeedError(
      'bad-message',
      `timestamp_granularities needs the response_format verbose_json; ${format} came.`,
    );
  if (stream && !streamedFormats.includes(format))
    throw new HeedError(
      'bad-message',
      `With stream, the response_format ${streamedFormats.join(' or ')} was expected, because events carry text and ` +
        `speakers alone; ${format} came. Leave out one of the two.`,
    );
  return parsed.data;
}

const streamedFormats: readonly ResponseFormat[] = ['json', 'text', 'diarized_json'];

/** Voices are told apart for one format only; elsewhere the fields about them have no effect. */
function checkKnownSpeakers(fields: TranscriptionFields): void {
  const { known_speaker_names: names, known_speaker_references: references, response_format: format } = fields;
  if (format !== 'diarized_json') return;
  if (names.length !== references.length || new Set(names).size < names.length)
    throw new HeedError(
      'bad-message',
      'As many different known_speaker_names as known_speaker_references were expected; ' +
        `${names.length} and ${references.length} came, or two names are the same.`,
    );
}

/** Clients write lists with brackets after the name, or without. */
function listOf(form: ReadonlyMap<string, readonly string[]>, name: string): string[] | undefined {
  const values = [...(form.get(`${name}[]`) ?? []), ...(form.get(name) ?? [])].filter((value) => value.trim() !== '');
  return values.length > 0 ? values : undefined;
}

/**
 * Returns the names in a prompt, whose spelling the reading then prefers. A name is a word with letters and digits,
 * with a capital inside, or with a capital at its beginning unless a sentence begins there.
 */
export function namesIn(prompt = ''): string[] {
  const names = new Set<string>();
  let end = 0;
  for (const { 0: word, index } of prompt.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)) {
    const isFirst = beginsSentence(prompt.slice(end, index), end);
    end = index + word.length;
    const isName = /\p{L}\p{N}|\p{N}\p{L}|.\p{Lu}/u.test(word) || (/^\p{Lu}\p{L}/u.test(word) && !isFirst);
    if (isName && word.length <= maxNameLength && names.size < maxNames) names.add(word);
  }
  return [...names];
}

/** Whether a word begins a sentence, by what stands between it and the word before, which ends at a position. */
function beginsSentence(gap: string, at: number): boolean {
  const signs = gap.trimEnd();
  const space = gap.slice(signs.length);
  return (at === 0 && signs === '') || /[.?!]$/.test(signs.slice(-1)) || space.includes('\n');
}
