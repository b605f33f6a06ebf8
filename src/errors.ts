/** Every code that an error of heed can have, with its meaning. `docs/errors.md` is generated from this table. */
export const errorCodes = {
  internal: 'Something happened that should not; the log has the details.',
  'bad-config': 'An option is missing, unknown or out of range.',
  'bad-message': 'A message from outside does not fit the protocol.',
  'bad-audio': 'The audio cannot be decoded: its format is unknown, or it is damaged or cut off.',
  'audio-too-long': 'The audio is longer than the limit.',
  'not-found': 'A file, model, command or context does not exist.',
  'bad-model': 'A model file is damaged or of the wrong kind, or its checksum is wrong.',
  'fetch-failed': 'No source could deliver the model.',
  'bad-command': 'A command file cannot be loaded.',
  'command-failed': 'A command could not do its work; its author wrote the message.',
  'bad-template': 'A phrase template or slot is wrong.',
  busy: 'Too much work is waiting; try again in a moment.',
  aborted: 'The work was cancelled.',
  timeout: 'The work took longer than its limit.',
  closed: 'The object has already been closed.',
  'worker-lost': 'A process that worked for heed ended, so it is not known what it has done.',
  'native-failed': 'The native engine reported a failure.',
  'not-resumable': 'The session cannot be resumed: it is over, unknown here, or the client lacks audio that it needs.',
  'events-lost': 'More events were missed while the line was down than heed keeps for a session.',
  unauthorized: 'The token is missing or wrong.',
  forbidden: 'The Host or Origin is not allowed.',
  'too-large': 'A message or upload is larger than its limit.',
  'no-space': 'The disk is full. Nothing half-written was left, and everything else goes on.',
  'too-slow': 'The client takes its events more slowly than they come.',
  'too-many': 'A limit on sessions or rate is reached.',
  'missing-tool': 'A tool that the set-up needs is not installed.',
} as const;

/** A stable code, for programs. */
export type ErrorCode = keyof typeof errorCodes;

/** The one error class: a stable `code`, and a message that says what was expected, what came, and the fix. */
export class HeedError extends Error {
  override readonly name = 'HeedError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Returns the error itself if it is one of heed's, or else `no-space` or `internal` with it as the cause. */
export function asHeedError(error: unknown): HeedError {
  if (error instanceof HeedError) return error;
  if (isFullDisk(error))
    return new HeedError('no-space', 'The disk is full, so nothing was written. Make room, and try again.', {
      cause: error,
    });
  return new HeedError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}

/** The limit on watched files has the same number as a full disk. */
function isFullDisk(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return (code === 'ENOSPC' || code === 'EDQUOT') && syscall !== 'watch';
}

/** How many names an error quotes, and how many characters of each. */
const [maxNames, maxNameLength] = [3, 60];

/** Returns names from outside as an error may quote them: a few of them, none of them long. */
export function quoted(names: readonly string[]): string {
  const shown = names.slice(0, maxNames).map((name) => {
    const short = name.length > maxNameLength ? `${name.slice(0, maxNameLength)}…` : name;
    return `"${short}"`;
  });
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
