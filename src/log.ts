/** The levels of the log, the gravest first. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof logLevels)[number];

/** How a line is written: text for people, or one JSON object for programs. */
export const logFormats = ['text', 'json'] as const;

export type LogFormat = (typeof logFormats)[number];

/** What a line says besides its message. Every other property is a field of the line; undefined ones are left out. */
export interface LogDetails {
  /** Default: `warn`, as most lines are for somebody who looks after heed. */
  level?: LogLevel;
  /** What somebody said, if the message may quote it: it is hidden there unless `log.transcripts` is set. */
  spoken?: readonly string[];
  [field: string]: string | number | boolean | readonly string[] | undefined;
}

/** Writes one line to the log. */
export type Log = (message: string, details?: LogDetails) => void;

/** How a log is made. */
export interface LogOptions {
  /** Lines that are less grave are dropped. */
  level: LogLevel;
  format: LogFormat;
  /** Whether lines may quote what was said. */
  transcripts: boolean;
  /** Tokens and keys, which appear in no line whatever happens. More may be added later. */
  secrets?: readonly string[];
  /** Takes each line. */
  write: (line: string) => void;
}

const hidden = '[hidden]';

/** All control characters but tabs and line ends. */
const terminalCommand = /[^\P{Cc}\t\n]/gu;

/**
 * Returns a text for a terminal. What clients and handlers have written may hold characters that a terminal takes for
 * commands; these are spelled out.
 */
export function printable(text: string): string {
  return text.replace(terminalCommand, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** A secret of so many characters is hidden inside words too; a shorter one, such as a PIN, may be part of a number. */
const leastUnique = 8;

/** Makes a log with levels. */
export function createLog({ level, format, transcripts, secrets = [], write }: LogOptions): Log {
  const most = logLevels.indexOf(level);
  const conceal = concealing(secrets);
  return (message, { level: own = 'warn', spoken = [], ...fields } = {}) => {
    if (logLevels.indexOf(own) > most) return;
    const told = transcripts ? message : hide(message, spoken);
    const line = format === 'json' ? jsonLine(own, told, fields) : printable(textLine(own, told, fields));
    write(conceal(line.replace(/([?&]token=)[^&\s"]+/g, `$1${hidden}`)));
  };
}

/** Returns a function that hides tokens and keys in a text. More may be added to `secrets` later. */
export function concealing(secrets: readonly string[]): (text: string) => string {
  let known = 0;
  let isSecret: RegExp | undefined;
  return (text) => {
    if (secrets.length !== known) {
      known = secrets.length;
      // In JSON, a secret may stand with escapes.
      const forms = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
      isSecret = patternOf(forms, { anywhere: leastUnique });
    }
    return isSecret ? text.replace(isSecret, hidden) : text;
  };
}

/** Hides what was said, as whole words in any case. Lines of a stack are left alone, as they quote nothing. */
function hide(message: string, spoken: readonly string[]): string {
  const said = patternOf(spoken);
  if (!said) return message;
  return message
    .split('\n')
    .map((line) => (/^\s+at /.test(line) ? line : line.replace(said, hidden)))
    .join('\n');
}

/** Matches any of the texts as whole words, or anywhere if it is so long; undefined if there is none. */
function patternOf(texts: readonly string[], { anywhere = Infinity } = {}): RegExp | undefined {
  const some = texts
    .filter((text) => text.trim() !== '')
    .sort((a, b) => b.length - a.length)
    .map((text) => {
      const pattern = text.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return text.length >= anywhere ? pattern : `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`;
    });
  return some.length === 0 ? undefined : new RegExp(some.join('|'), 'giu');
}

function textLine(level: LogLevel, message: string, fields: LogDetails): string {
  const parts = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${JSON.stringify(value)}`],
  );
  return [`${level}: ${message}`, ...parts].join(' ');
}

function jsonLine(level: LogLevel, message: string, fields: LogDetails): string {
  return JSON.stringify({ time: new Date().toISOString(), level, message, ...fields });
}
