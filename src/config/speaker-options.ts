import { z } from 'zod';

const share = z.number().min(0).max(1);

/** How the voices of a session are told apart, if it wants that; the parameters are those of diart. */
export const speakersOptions = z
  .strictObject({
    durationMs: z.int().min(1_000).max(10_000).default(5_000).describe('Length of the windows of sound, ms.'),
    stepMs: z.int().min(100).max(5_000).default(500).describe('Time from one window to the next, ms.'),
    tauActive: share.default(0.5).describe('Activity from which somebody counts as speaking, 0–1.'),
    rhoUpdate: share
      .default(0.3)
      .describe('Share of a window that a voice must fill to be somebody new, or to add to what is known of it, 0–1.'),
    deltaNew: z
      .number()
      .min(0)
      .max(2)
      .default(0.75)
      .describe('Distance from all known voices from which a voice is a new one: one minus the cosine, 0–2.'),
    gamma: z.number().min(0).max(20).default(3).describe('How much less uncertain moments tell about a voice.'),
    beta: z.number().min(0).max(50).default(10).describe('How much less moments with several voices tell about one.'),
    maxSpeakers: z.int().min(1).max(20).default(20).describe('Most voices that are told apart in one session.'),
  })
  .prefault({});

/** Where known voices are kept. */
export const voicesOptions = z
  .strictObject({
    dir: z
      .string()
      .min(1)
      .default('.heed/voices')
      .describe('Folder of the voices that heed knows, as numbers that describe them; there is no sound in it.'),
  })
  .prefault({});
