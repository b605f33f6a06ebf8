import { z } from 'zod';

/**
 * The fields that all events have. Events are flat objects, the same for listeners in the process, WebSocket clients,
 * Server-Sent Events, webhooks and `--json` output. Times inside a stream are seconds from its start.
 */
const base = {
  event_id: z.string().describe('Unique; an event that is delivered twice has the same id.'),
  session_id: z.string(),
  seq: z.int().nonnegative().describe('Counts up by one within a session.'),
  time: z.iso.datetime().describe('Wall time, for display.'),
};

const seconds = z.number().nonnegative();
const score = z.number().min(0).max(1);

export const wordSchema = z.object({
  word: z.string(),
  start: seconds,
  end: seconds,
  confidence: score,
  speaker: z.string().optional().describe('The id of who said it, in a session that tells voices apart.'),
  overlap: z.boolean().optional().describe('Somebody else spoke at the same time.'),
});

const speakerSchema = z.object({
  id: z.string().describe('The same within a session: "speaker1", "speaker2", … as they were first heard.'),
  name: z.string().optional().describe('Who it is, if the voice is known.'),
  score: score.describe('How like what is known of the voice this sounded; with a name, how surely it is that voice.'),
});
const speakerIds = z.array(z.string());

export const candidateSchema = z.object({
  command: z.string(),
  phrase: z.string(),
  score,
  reason: z.string(),
});

/** The words because of which a phrase is no command. */
export const unknownSchema = z.object({
  where: z
    .enum(['slot', 'before', 'after', 'inside'])
    .describe('Where the words stand: in place of a slot, or before, after or inside an otherwise known phrase.'),
  slot: z.string().optional().describe('The name of the slot.'),
  words: z.string(),
  known: z.array(z.string()).optional().describe('Some of the values that the slot accepts.'),
});

const segmentFields = {
  segment_id: z.string(),
  start: seconds,
  end: seconds,
  duration: seconds,
  text: z.string(),
  is_final: z.boolean(),
  speech_final: z
    .boolean()
    .describe('False for partials and for segments cut at the maximum length: no phrase ends with them.'),
  confidence: score,
  language: z.string(),
  words: z.array(wordSchema),
  speaker: speakerSchema.optional().describe('Who spoke, in a session that tells voices apart.'),
};

const commandFields = {
  segment_id: z.string().optional().describe('Absent for typed phrases.'),
  command: z.string(),
  args: z.record(z.string(), z.unknown()),
};

const plannedId = z.string().describe('What a command that was given for later is known by, as in `/v1/planned`.');

/** How a command ended that had been given for later, or for now. */
const endedFields = { ...commandFields, planned_id: plannedId.optional() };

const plannedFields = {
  ...commandFields,
  planned_id: plannedId,
  phrase: z.string().describe('What is to run: the phrase without the time.'),
  due: z.iso.datetime().describe('When it is to run, by the wall clock.'),
};

/** Milliseconds spent in each stage, which the why-panel draws. */
const timing = z.record(z.string(), z.number()).optional();

export const eventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session.started'),
    ...base,
    language: z.string(),
    commands: z.array(z.string()),
    backend: z
      .string()
      .optional()
      .describe('What reads: cpu, cuda, metal or vulkan. Absent for sessions without audio.'),
    wake: z
      .array(z.string())
      .optional()
      .describe('The phrases with which spoken commands must begin. Absent when none is needed.'),
  }),
  z.object({ type: z.literal('session.ended'), ...base, reason: z.string() }),
  z.object({
    type: z.literal('commands.changed'),
    ...base,
    commands: z.array(z.string()),
    problems: z.array(z.string()),
  }),
  z.object({ type: z.literal('speech.started'), ...base, segment_id: z.string(), start: seconds }),
  z.object({
    type: z.literal('speech.ended'),
    ...base,
    segment_id: z.string(),
    start: seconds,
    end: seconds,
    reason: z.enum(['silence', 'complete', 'max-length', 'flush', 'misfire', 'playing']),
  }),
  z.object({
    type: z.literal('segment.partial'),
    ...base,
    ...segmentFields,
    committed: z.string().describe('The leading part of `text` that no later partial of this segment changes.'),
  }),
  z.object({
    type: z.literal('segment.final'),
    ...base,
    ...segmentFields,
    no_speech: score,
    timing,
    endpoint: z.string().optional().describe('Why the segment ended when it did, as text.'),
    addressed: z
      .boolean()
      .optional()
      .describe('False when a wake phrase was needed and not said; then nothing follows. Absent otherwise.'),
  }),
  z.object({
    type: z.literal('speakers'),
    ...base,
    present: speakerIds.describe('Who has spoken within the last minute.'),
    joined: speakerIds.describe('Who has just been heard for the first time, or again after a minute.'),
    left: speakerIds,
    names: z
      .record(z.string(), z.string())
      .optional()
      .describe('The names of those among them whose voices are known, by id; absent if there are none.'),
  }),
  z.object({
    type: z.literal('speaker.changed'),
    ...base,
    segment_id: z.string(),
    speaker: speakerSchema.describe('Who spoke the segment after all, as what followed has shown.'),
    was: z.string().optional().describe('The id that `segment.final` had, if any.'),
  }),
  z.object({
    type: z.literal('wake.started'),
    ...base,
    segment_id: z.string().optional(),
    phrase: z.string().describe('The wake phrase that was said.'),
    within_ms: z.number().describe('How long a command may follow without a wake phrase, ms.'),
  }),
  z.object({ type: z.literal('wake.ended'), ...base, reason: z.enum(['command', 'timeout']) }),
  z.object({
    type: z.literal('command.matched'),
    ...base,
    ...commandFields,
    phrase: z.string(),
    score,
    via: z.enum(['exact', 'grammar', 'near', 'dialog', 'model']),
    candidates: z.array(candidateSchema),
  }),
  z.object({
    type: z.literal('command.planned'),
    ...base,
    ...plannedFields,
    is_kept: z.boolean().describe('Whether it will also run if heed is started again until then.'),
    say: z.string().describe('Tells the speaker what will run and when.'),
  }),
  z.object({ type: z.literal('command.cancelled'), ...base, ...plannedFields }),
  z.object({ type: z.literal('command.missed'), ...base, ...plannedFields, reason: z.string() }),
  z.object({
    type: z.literal('command.completed'),
    ...base,
    ...endedFields,
    say: z.string().optional(),
    can_undo: z.boolean(),
    duration_ms: z.number(),
    timing,
  }),
  z.object({
    type: z.literal('command.failed'),
    ...base,
    ...endedFields,
    code: z.string(),
    message: z.string(),
    duration_ms: z.number(),
  }),
  z.object({
    type: z.literal('command.refused'),
    ...base,
    ...endedFields,
    reason: z.string(),
    code: z
      .enum(['no-voice', 'speech-too-short', 'several-voices', 'unknown-speaker', 'wrong-speaker'])
      .optional()
      .describe('Why, for programs, if the command may be given by some voices only.'),
  }),
  z.object({
    type: z.literal('command.unmatched'),
    ...base,
    segment_id: z.string().optional(),
    text: z.string(),
    reason: z.string(),
    candidates: z.array(candidateSchema),
    unknown: unknownSchema.optional(),
  }),
  z.object({
    type: z.literal('prompt'),
    ...base,
    command: z.string(),
    prompt_id: z.string(),
    kind: z.enum(['ask', 'confirm', 'say']),
    text: z.string(),
    options: z.array(z.string()).optional().describe('The answers to choose from, if the question names a few.'),
    pin: z
      .enum(['accepted', 'required'])
      .optional()
      .describe('Whether a PIN is an answer, or the only one. Absent when it is none.'),
  }),
  z.object({
    type: z.literal('state'),
    ...base,
    topic: z.string().describe('What changed, such as "house".'),
    value: z.unknown(),
  }),
  z.object({
    type: z.literal('error'),
    ...base,
    code: z.string(),
    message: z.string(),
    segment_id: z.string().optional().describe('The segment that could not be read, if the error is about one.'),
  }),
]);

/** Any event. */
export type HeedEvent = z.infer<typeof eventSchema>;

/** The name of an event. */
export type EventType = HeedEvent['type'];

/** The name of every event. */
export const eventTypes = eventSchema.options.map((option) => option.shape.type.value) as [EventType, ...EventType[]];

/** One kind of event. */
export type EventOf<T extends EventType> = Extract<HeedEvent, { type: T }>;

/** An event before the bus stamps it with `event_id`, `session_id`, `seq` and `time`. */
export type EventBody = HeedEvent extends infer E ? (E extends HeedEvent ? Omit<E, keyof typeof base> : never) : never;
