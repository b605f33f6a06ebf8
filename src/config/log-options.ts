import { z } from 'zod';
import { logFormats, logLevels } from '../log.ts';

/** What is written to the log. */
export const logOptions = z
  .strictObject({
    level: z
      .enum(logLevels)
      .default('warn')
      .describe('Which lines are written to standard error: these and the graver ones.'),
    format: z
      .enum(logFormats)
      .default('text')
      .describe('Whether a line of the log is text, or a JSON object with time, level, message and fields.'),
    transcripts: z
      .boolean()
      .default(false)
      .describe('Whether the log may quote what was said; at the level debug it then quotes every phrase.'),
  })
  .prefault({});
