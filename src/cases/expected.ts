import { z } from 'zod';

const commandSchema = z.strictObject({
  command: z.string().min(1).max(200),
  args: z.record(z.string(), z.unknown()).default({}),
});

/** What an utterance must be understood as: one command, several commands in one breath, or (null) no command. */
export const expectedSchema = z.union([commandSchema, z.array(commandSchema).min(1).max(10), z.null()]);

export type Expected = z.infer<typeof expectedSchema>;
export type ExpectedCommand = z.infer<typeof commandSchema>;

/** Returns the expected commands as a list, which is empty for no command. */
export function expectedCommands(expected: Expected): ExpectedCommand[] {
  return expected === null ? [] : Array.isArray(expected) ? expected : [expected];
}
