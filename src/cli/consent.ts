import { createInterface } from 'node:readline/promises';
import { HeedError } from '../errors.ts';

/** What somebody agrees to whose voice is made known, in plain words. */
export function consentText(name: string, folder: string): string {
  return (
    `heed will keep numbers that describe the voice of ${name}, in ${folder} on this machine, and compare with them ` +
    'what is said to it. It keeps no sound.\n' +
    `They can be removed at any time: heed voices remove "${name}". A voice is no key: a recording can imitate it.`
  );
}

/**
 * Asks whether the person agrees. Resolves to false if not.
 * @throws HeedError `bad-config` where nobody can be asked
 */
export async function askConsent(name: string, folder: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new HeedError(
      'bad-config',
      `${name} must agree to this:\n${consentText(name, folder)}\nIf so, say it with --consent.`,
    );
  console.error(consentText(name, folder));
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^\s*y(es)?\s*$/i.test(await lines.question(`Does ${name} agree? (yes/no) `));
  } finally {
    lines.close();
  }
}
