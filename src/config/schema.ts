import { z } from 'zod';
import { defaultLanguage } from '../language/index.ts';
import {
  casesOptions,
  commandsOptions,
  dispatchOptions,
  matchOptions,
  traceOptions,
  wakeOptions,
} from './command-options.ts';
import { logOptions } from './log-options.ts';
import { serverOptions, webhookOptions } from './server-options.ts';
import { speakersOptions, voicesOptions } from './speaker-options.ts';
import { audioOptions, endpointOptions, modelsOptions, transcribeOptions, vadOptions } from './speech-options.ts';

/**
 * All options of heed. Each has a default and a description that names its unit, from which `docs/configuration.md` is
 * generated.
 */
export const configSchema = z.strictObject({
  language: z.string().default(defaultLanguage).describe('Language of the speech as an ISO 639-1 code, or "auto".'),
  audio: audioOptions,
  vad: vadOptions,
  endpoint: endpointOptions,
  transcribe: transcribeOptions,
  speakers: speakersOptions,
  voices: voicesOptions,
  match: matchOptions,
  wake: wakeOptions,
  dispatch: dispatchOptions,
  commands: commandsOptions,
  trace: traceOptions,
  cases: casesOptions,
  models: modelsOptions,
  server: serverOptions,
  webhook: webhookOptions,
  log: logOptions,
});

/** All options, with defaults for those that are not set. */
export type Config = z.infer<typeof configSchema>;

/** Options as a user writes them; any may be left out. */
export type ConfigInput = z.input<typeof configSchema>;

export const defaultConfig: Config = configSchema.parse({});

/** Returns the path and schema of every option, in the order of the schema. */
export function listOptions(): [path: string[], schema: z.ZodType][] {
  const options: [string[], z.ZodType][] = [];
  for (const [name, schema] of Object.entries(configSchema.shape)) {
    const section = schema instanceof z.ZodPrefault ? schema.unwrap() : undefined;
    if (section instanceof z.ZodObject) {
      for (const [key, leaf] of Object.entries(section.shape)) options.push([[name, key], leaf as z.ZodType]);
    } else options.push([[name], schema as z.ZodType]);
  }
  return options;
}
