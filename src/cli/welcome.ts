import { hostname } from 'node:os';
import { renderUnicodeCompact } from 'uqr';
import type { Heed, Listener } from '../heed.ts';
import { printProblems } from './program.ts';
import { tryPhrase } from './try-phrase.ts';

/** Returns what a program is told about a server that listens. */
export function listening({ url, networkUrls = [], fingerprint }: Listener): Record<string, unknown> {
  return {
    type: 'listening',
    url,
    ...(networkUrls.length === 0 ? {} : { network_urls: networkUrls }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

/** Tells people where the page is and what to say there, and from then on what changes in the commands. */
export function welcome(heed: Heed, listener: Listener): void {
  const showProblems = (): void => {
    printProblems(heed.registry.problems);
    const { length } = heed.linter.advice;
    if (length > 0) console.error(`! \`heed lint\` has advice on the commands (${length}).`);
  };
  showProblems();
  console.log(welcomeText(heed, listener));
  if (process.stdout.isTTY && listener.networkUrls?.[0] !== undefined) console.log(qrCode(listener.networkUrls[0]));
  heed.on('commands.changed', ({ commands }) => {
    console.log(`  Commands: ${commands.join(', ')}.`);
    showProblems();
  });
}

/** The parts of heed that the text is about. */
type Described = Pick<Heed, 'config' | 'registry' | 'understand'>;

/** Returns the text that people see when heed listens. */
export function welcomeText(heed: Described, listener: Listener, machine = hostname()): string {
  const { commands } = heed.registry;
  const phrase = tryPhrase({
    commands,
    language: heed.config.language,
    understand: (text) => heed.understand(text).match?.command,
  });
  return [
    '',
    '  heed listens. Open this page and press Talk:',
    '',
    `    ${listener.url}`,
    '',
    ...networkLines(heed, listener),
    `  ${countWords(commands.length, heed.config.commands.dir)}`,
    ...(phrase === undefined ? [] : [`  Try: “${phrase}”.`]),
    ...audioLines(listener, machine),
    '  Press Ctrl+C to stop.',
    '',
  ].join('\n');
}

function countWords(count: number, dir: string): string {
  if (count === 0) return `No command is loaded yet. Save one in ${dir}/, and it can be said at once.`;
  return count === 1 ? `1 command is loaded from ${dir}/.` : `${count} commands are loaded from ${dir}/.`;
}

function networkLines({ config }: Described, { networkUrls = [], fingerprint }: Listener): string[] {
  if (networkUrls.length === 0) return [];
  const isEncrypted = networkUrls.some((url) => url.startsWith('https:'));
  return [
    '  Phones and other machines on your network open this one:',
    '',
    ...readable(networkUrls).map((url) => `    ${url}`),
    '',
    ...(fingerprint === undefined
      ? []
      : [
          '  Their browser warns once, since nobody but this machine vouches for its certificate: choose',
          '  “Advanced” and go on, or have the device trust .heed/tls/cert.pem. The SHA-256 fingerprint',
          `  begins with ${fingerprint.slice(0, 29)}.`,
        ]),
    ...(isEncrypted
      ? []
      : [
          `  server.tls is "${config.server.tls}": browsers there give the page a microphone only where a`,
          '  proxy in front of heed serves HTTPS.',
        ]),
    '  Whoever has this address can give commands. Keep it to those who may.',
    '',
  ];
}

/** Nobody likes to type an IPv6 address where there is a shorter one. */
function readable(urls: readonly string[]): readonly string[] {
  const short = urls.filter((url) => !url.includes('//['));
  return short.length > 0 ? short : urls;
}

function audioLines({ networkUrls = [] }: Listener, machine: string): string[] {
  if (networkUrls.length === 0) return ['  Audio never leaves this machine.'];
  return [`  What is said on other devices goes to this machine (${machine}) and no further.`];
}

/** Draws an address for the camera of a phone: black on white, whatever the colours of the terminal are. */
function qrCode(url: string): string {
  const lines = renderUnicodeCompact(url, { border: 2 }).split('\n');
  return lines.map((line) => `    \x1b[97;40m${line}\x1b[0m`).join('\n');
}
