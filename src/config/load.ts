import { HeedError } from '../errors.ts';
import { readTextSync } from '../platform/text-file.ts';
import { readEnvironment, type Environment, type OptionTree } from './environment.ts';
import { configSchema, type Config, type ConfigInput } from './schema.ts';

/** The sources of options. `overrides` win over `env`, and `env` over `file`. */
export interface ConfigSources {
  /** Path of a JSON file, which must exist. Default: `heed.config.json`, which need not exist. */
  file?: string;
  env?: Environment;
  overrides?: ConfigInput;
}

/**
 * Reads and checks the options. Environment variables are named after the options: `HEED_SERVER_PORT` sets
 * `server.port`, `HEED_TRANSCRIBE_MODEL` sets `transcribe.model`.
 * @throws HeedError `bad-config` whose message names the option and says what was expected
 */
export function loadConfig(sources: ConfigSources = {}): Config {
  const raw = merge(merge(readConfigFile(sources.file), readEnvironment(sources.env)), sources.overrides ?? {});
  const parsed = configSchema.safeParse(raw);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'options'}: ${issue.message}`);
    throw new HeedError(
      'bad-config',
      `These options do not fit (docs/configuration.md lists them all): ${lines.join('; ')}`,
    );
  }
  const { positiveThreshold, negativeThreshold } = parsed.data.vad;
  if (negativeThreshold > positiveThreshold) {
    throw new HeedError(
      'bad-config',
      `vad.negativeThreshold (${negativeThreshold}) must not be above vad.positiveThreshold (${positiveThreshold}).`,
    );
  }
  const { minWaitMs, maxWaitMs } = parsed.data.endpoint;
  if (minWaitMs > maxWaitMs)
    throw new HeedError(
      'bad-config',
      `endpoint.minWaitMs (${minWaitMs}) must not be above endpoint.maxWaitMs (${maxWaitMs}).`,
    );
  const { stepMs, durationMs } = parsed.data.speakers;
  if (stepMs > durationMs)
    throw new HeedError(
      'bad-config',
      `speakers.stepMs (${stepMs}) must not be above speakers.durationMs (${durationMs}): no sound may be left out.`,
    );
  checkTimes(parsed.data);
  checkTls(parsed.data.server);
  return parsed.data;
}

/** The longest time that a timer of Node's can wait, ms: one with a longer time is over at once. */
const maxTimerMs = 2 ** 31 - 1;

/** How far ahead a command may be planned is no time that a timer waits. */
const isTimer = (name: string): boolean => name.endsWith('Ms') && name !== 'maxDelayMs';

function checkTimes(config: Config): void {
  for (const [section, options] of Object.entries(config))
    for (const [name, value] of Object.entries(options))
      if (isTimer(name) && typeof value === 'number' && value > maxTimerMs)
        throw new HeedError(
          'bad-config',
          `${section}.${name}: at most ${maxTimerMs} ms (24 days) were expected, but ${value} came.`,
        );
}

function checkTls({ tls, tlsCert, tlsKey }: Config['server']): void {
  if ((tlsCert === '') !== (tlsKey === ''))
    throw new HeedError(
      'bad-config',
      'server.tlsCert and server.tlsKey must be set together: the one needs the other.',
    );
  if (tls === 'off' && tlsCert !== '')
    throw new HeedError(
      'bad-config',
      'server.tls is "off", but server.tlsCert names a certificate. Leave one of them out.',
    );
}

function readConfigFile(file: string | undefined): OptionTree {
  let text: string;
  try {
    text = readTextSync(file ?? 'heed.config.json');
  } catch (error) {
    if (file === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new HeedError(
      'bad-config',
      `The options file ${file ?? 'heed.config.json'} cannot be read: ${(error as Error).message}`,
      { cause: error },
    );
  }
  try {
    return JSON.parse(text) as OptionTree;
  } catch (error) {
    // What the parser says quotes the file, which holds secrets. It is no cause either, as causes are printed.
    throw new HeedError(
      'bad-config',
      `${file ?? 'heed.config.json'} is not valid JSON${placeOf(error as Error, text)}.`,
    );
  }
}

/** Says where the parser stopped, if it tells. */
function placeOf({ message }: Error, text: string): string {
  const [, position] = /position (\d+)/.exec(message) ?? [];
  if (position === undefined) return '';
  const before = text.slice(0, Number(position)).split('\n');
  return `: line ${before.length}, column ${before.at(-1)!.length + 1}`;
}

function merge(base: OptionTree, over: OptionTree): OptionTree {
  const result: OptionTree = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = result[key];
    result[key] = isSection(below) && isSection(value) ? merge(below, value) : value;
  }
  return result;
}

function isSection(value: unknown): value is OptionTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
