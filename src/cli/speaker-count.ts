import type { Command } from 'commander';
import { z } from 'zod';

/** The most people that may be asked for. */
const mostSpeakers = 50;

const count = z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(mostSpeakers)).optional();

const schema = z
  .object({ diarize: z.boolean().default(false), numSpeakers: count, minSpeakers: count, maxSpeakers: count })
  .refine(
    ({ diarize, numSpeakers, minSpeakers, maxSpeakers }) => diarize || !(numSpeakers ?? minSpeakers ?? maxSpeakers),
    '--num-speakers, --min-speakers and --max-speakers need --diarize.',
  )
  .refine(
    ({ numSpeakers, minSpeakers, maxSpeakers }) => !numSpeakers || !(minSpeakers ?? maxSpeakers),
    '--num-speakers says exactly how many people speak; leave it out, or --min-speakers and --max-speakers.',
  )
  .refine(
    ({ minSpeakers = 1, maxSpeakers = mostSpeakers }) => minSpeakers <= maxSpeakers,
    '--min-speakers must not be more than --max-speakers.',
  );

/** Options of the command line about who speaks. */
export type SpeakerArguments = z.input<typeof schema>;

/** How many people may be found in a recording; without `max` as many as the options allow. */
export interface SpeakerRange {
  min: number;
  max: number | undefined;
}

/** Reads how many people may be found; undefined where voices are not told apart. Ends a wrong command line. */
export function readSpeakerRange(command: Command, options: SpeakerArguments): SpeakerRange | undefined {
  const parsed = schema.safeParse(options);
  if (!parsed.success) command.error(`error: ${faultOf(parsed.error, options)}`);
  const { diarize, numSpeakers, minSpeakers = 1, maxSpeakers } = parsed.data;
  return diarize ? { min: numSpeakers ?? minSpeakers, max: numSpeakers ?? maxSpeakers } : undefined;
}

function faultOf({ issues }: z.ZodError, options: SpeakerArguments): string {
  const { path, message } = issues[0]!;
  if (path.length === 0) return message;
  const name = String(path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const came = options[path[0] as keyof SpeakerArguments];
  return `--${name} expects a whole number from 1 to ${mostSpeakers}; "${came}" came.`;
}
