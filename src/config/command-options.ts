import { z } from 'zod';
import { pinHashPattern } from './pin-hash.ts';

/** How phrases are matched with commands. */
/** The most words of one list, and the most characters of one. */
const [maxOwnWords, maxOwnWordLength] = [100, 60];

/** Words, or phrases of a few words, that a project adds to a list of a language. */
const ownWords = z
  .array(
    z
      .string()
      .trim()
      .max(maxOwnWordLength)
      .regex(/^[\p{L}\p{M}'’ -]+$/u, 'plain words were expected, such as "mate"'),
  )
  .max(maxOwnWords)
  .exactOptional();

export const matchOptions = z
  .strictObject({
    threshold: z.number().min(0).max(1).default(0.75).describe('Score from which a phrase counts as a command, 0–1.'),
    margin: z.number().min(0).max(1).default(0.05).describe('Least lead in score over the next best command, 0–1.'),
    vocabulary: z
      .array(z.string())
      .default([])
      .describe('Names and unusual words, spelled as free text should spell them.'),
    chain: z
      .boolean()
      .default(true)
      .describe('Whether "and" may join several commands in one phrase, which then run one after the other.'),
    model: z
      .string()
      .default('')
      .describe(
        'Model that suggests a command for words that match none: "all-minilm-l6-v2", or the path of a GGUF file; ' +
          'empty means none.',
      ),
    words: z
      .record(
        z.string().regex(/^[a-z]{2,3}$/, 'the code of a language was expected, such as "en"'),
        z.strictObject({ fillers: ownWords, openings: ownWords, politeStart: ownWords, politeEnd: ownWords }),
      )
      .default({})
      .describe(
        'Words of your own that change nothing, by language: `fillers` anywhere, `openings` and `politeStart` in ' +
          'front of a command, `politeEnd` behind it.',
      ),
    maxNoSpeech: z
      .number()
      .min(0)
      .max(1)
      .default(0.6)
      .describe('No-speech probability above which a segment runs nothing unless its words are clear, 0–1.'),
  })
  .prefault({});

/** The most wake phrases, and the most characters of one. */
const [maxWakePhrases, maxWakeLength] = [20, 100];

/** A list of wake phrases; several may mean the same, or belong to several languages. */
export const wakePhrases = z
  .array(
    z
      .string()
      .trim()
      .max(maxWakeLength)
      .regex(/^[\p{L}\p{M}\p{N}' -]*$/u, 'plain words were expected, such as "computer", without signs and brackets')
      .regex(/\p{L}.*\p{L}/u, 'a phrase with at least two letters was expected'),
  )
  .max(maxWakePhrases);

/** The same where a single phrase may stand for the list; an empty one means none. */
export const wakeChoice = z
  .union([z.string().transform((phrase) => (phrase.trim() === '' ? [] : [phrase])), z.array(z.string())])
  .pipe(wakePhrases);

/** What must be said before heed acts. */
export const wakeOptions = z
  .strictObject({
    phrases: wakePhrases
      .default([])
      .describe('Phrases with which spoken commands must begin, such as "computer"; empty means that none is needed.'),
    withinMs: z
      .int()
      .min(0)
      .max(600_000)
      .default(8_000)
      .describe('Time after a wake phrase alone in which a command may follow without another one, ms.'),
  })
  .prefault({});

/** How commands are confirmed, run and undone. */
export const dispatchOptions = z
  .strictObject({
    timeoutMs: z.int().positive().default(10_000).describe('Longest time a handler may take, ms.'),
    followUpMs: z
      .int()
      .min(0)
      .default(15_000)
      .describe('Time after a command in which it can be corrected, repeated and followed up, ms.'),
    confirmTimeoutMs: z.int().positive().default(15_000).describe('Time a question to the speaker stays open, ms.'),
    confirmBelow: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe('Score below which a command of medium risk is confirmed first, 0–1.'),
    pin: z
      .union([z.literal(''), z.string().regex(pinHashPattern, 'a hash was expected, as `heed pin` makes it')])
      .default('')
      .describe('Hash of the PIN that confirms commands of high risk, made by `heed pin`; empty means there is none.'),
    maxAgeMs: z.int().positive().default(10_000).describe('Age beyond which a phrase runs nothing, ms.'),
    maxRunning: z
      .int()
      .positive()
      .default(16)
      .describe('Handlers that may run for one session at the same time; more are refused.'),
    maxPlanned: z.int().min(0).default(100).describe('Commands that may wait for their time; more are refused.'),
    maxDelayMs: z
      .int()
      .positive()
      .default(7 * 24 * 3_600_000)
      .describe('Longest time for which a command may be planned ahead, ms.'),
    maxLateMs: z
      .int()
      .min(0)
      .default(60_000)
      .describe('Time after which a planned command that could not run when it was due runs no more, ms.'),
    maxUndo: z.int().positive().default(20).describe('Commands that a session can undo.'),
    journal: z
      .string()
      .default('')
      .describe(
        'File of the journal, which needs the package better-sqlite3. If empty, `heed dev` and `heed serve` take ' +
          '.heed/journal.db, and everything else keeps it in memory; so does ":memory:".',
      ),
    maxJournal: z
      .int()
      .positive()
      .default(1_000)
      .describe('Commands kept in the journal; beyond it the oldest is dropped.'),
  })
  .prefault({});

/** Where commands come from. */
export const commandsOptions = z
  .strictObject({
    dir: z.string().default('commands').describe('Folder of command files, one command each.'),
    watch: z.boolean().default(true).describe('Whether command files are reloaded when they change.'),
    isolate: z
      .boolean()
      .default(true)
      .describe('Whether command files run in a process of their own, so that nothing they do ends or delays heed.'),
    memoryMb: z.int().min(32).default(512).describe('Memory that the objects of command files may take, MB.'),
    loadTimeoutMs: z.int().positive().default(10_000).describe('Longest time a command file may take to load, ms.'),
  })
  .prefault({});

/** What is kept about the last utterances. */
export const traceOptions = z
  .strictObject({
    maxUtterances: z
      .int()
      .min(0)
      .max(1_000)
      .default(20)
      .describe('Utterances of a session whose traces are kept; 0 keeps none.'),
    maxAudioMs: z
      .int()
      .min(0)
      .default(600_000)
      .describe('Audio kept with the traces of all sessions together; beyond it the oldest is dropped, ms.'),
  })
  .prefault({});

/** Where utterances are saved as tests. */
export const casesOptions = z
  .strictObject({
    dir: z.string().default('cases').describe('Folder of saved utterances, which `heed test` checks.'),
    maxCases: z
      .int()
      .positive()
      .default(1_000)
      .describe('Cases that the page may save in that folder; more are refused.'),
  })
  .prefault({});
