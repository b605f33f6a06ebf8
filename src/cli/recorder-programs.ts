import { sampleRateHz } from '../types.ts';

/** A program that records the microphone, and how it writes 16-bit samples of one channel to its output. */
export interface Recorder {
  program: string;
  args: (device: string | undefined) => string[];
}

const rate = String(sampleRateHz);
const platformOf = <T>(byPlatform: Partial<Record<NodeJS.Platform, T>>, other: T): T =>
  byPlatform[process.platform] ?? other;
const soxType = platformOf({ darwin: 'coreaudio', win32: 'waveaudio' }, 'alsa');
const ffmpegInput = platformOf(
  { darwin: { format: 'avfoundation', device: ':default' }, win32: { format: 'dshow', device: 'audio=default' } },
  { format: 'alsa', device: 'default' },
);

/** In the order in which they are tried. */
export const recorders: readonly Recorder[] = [
  {
    program: 'arecord',
    args: (device) => ['-q', ...named('-D', device), '-t', 'raw', '-f', 'S16_LE', '-r', rate, '-c', '1'],
  },
  {
    program: 'parecord',
    args: (device) => [
      '--raw',
      '--format=s16le',
      `--rate=${rate}`,
      '--channels=1',
      '--latency-msec=50',
      ...(device === undefined ? [] : [`--device=${device}`]),
    ],
  },
  {
    program: 'pw-record',
    args: (device) => [
      ...named('--target', device),
      '--raw',
      '--format',
      's16',
      '--rate',
      rate,
      '--channels',
      '1',
      '-',
    ],
  },
  {
    program: 'sox',
    args: (device) => [
      '-q',
      ...(device === undefined ? ['-d'] : ['-t', soxType, device]),
      ...['-t', 'raw', '-r', rate, '-e', 'signed-integer', '-b', '16', '-c', '1', '-L', '-'],
    ],
  },
  {
    program: 'ffmpeg',
    args: (device) => [
      ...['-nostdin', '-hide_banner', '-loglevel', 'error'],
      ...['-f', ffmpegInput.format, '-i', device ?? ffmpegInput.device],
      ...['-ac', '1', '-ar', rate, '-f', 's16le', '-'],
    ],
  },
];

function named(option: string, value: string | undefined): string[] {
  return value === undefined ? [] : [option, value];
}

/** How to get a recorder on this platform. */
export const installAdvice = platformOf(
  { darwin: 'brew install sox', win32: 'winget install ffmpeg, and name the microphone with --device "audio=NAME"' },
  'sudo apt install alsa-utils (or pulseaudio-utils, sox, ffmpeg)',
);

/** Returns a known recorder, or takes the text as a whole command. `rec` is sox under another name. */
export function recorderNamed(text: string): Recorder {
  const known = recorders.find(({ program }) => program === text || (text === 'rec' && program === 'sox'));
  if (known) return known;
  const [program = '', ...args] = text.trim().split(/\s+/);
  return { program, args: () => args };
}
