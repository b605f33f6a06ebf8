/** File formats that are recognised by their first bytes. All names but `wav` are those of the decoder library. */
export type Container =
  'wav' | 'mp3' | 'flac' | 'opus' | 'oga' | 'm4a' | 'aac' | 'aiff' | 'caf' | 'webm' | 'amr' | 'wma';

/** The formats that `detectContainer` recognises, as messages name them. */
export const containerNames =
  'WAV, Ogg Opus, Ogg Vorbis, FLAC, MP3, AAC, M4A/MP4, WebM/Matroska, AIFF, CAF, AMR or WMA';

/** How many bytes from the start of a file are enough to recognise its format. */
export const detectBytes = 4096;

/** Recognises the format by a file's first bytes, because names and MIME types are often wrong. */
export function detectContainer(head: Uint8Array): Container | undefined {
  const start = afterId3(head);
  if (start >= head.length && start > 0) return 'mp3';
  const text = latin1(head.subarray(start, start + 64));
  if (/^(RIFF|RF64|BW64)....WAVE/s.test(text)) return 'wav';
  if (text.startsWith('OggS')) {
    if (text.includes('OpusHead')) return 'opus';
    return text.includes('\x7fFLAC') ? 'flac' : 'oga';
  }
  if (text.startsWith('fLaC')) return 'flac';
  if (text.slice(4, 8) === 'ftyp') return 'm4a';
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'webm';
  if (/^FORM....AIF[FC]/s.test(text)) return 'aiff';
  if (text.startsWith('caff')) return 'caf';
  if (text.startsWith('#!AMR')) return 'amr';
  if (text.startsWith('\x30\x26\xb2\x75\x8e\x66\xcf\x11')) return 'wma';
  return detectFrames(head.subarray(start));
}

/** MPEG audio and ADTS have no file header, only frames that begin with eleven or twelve set bits. */
function detectFrames(bytes: Uint8Array): Container | undefined {
  if (bytes.length < 4 || bytes[0] !== 0xff) return undefined;
  const second = bytes[1]!;
  if ((second & 0xf6) === 0xf0) return 'aac';
  const hasLayer = (second & 0xe0) === 0xe0 && (second & 0x06) !== 0 && (second & 0x18) !== 0x08;
  const hasRate = (bytes[2]! & 0xf0) !== 0xf0 && (bytes[2]! & 0x0c) !== 0x0c;
  return hasLayer && hasRate ? 'mp3' : undefined;
}

/** Returns where an ID3v2 tag ends (id3.org/id3v2.4.0-structure §3.1), or 0 when there is none. */
function afterId3(head: Uint8Array): number {
  if (head.length < 10 || latin1(head.subarray(0, 3)) !== 'ID3') return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (head[at]! & 0x7f), 0);
  return 10 + size + (head[5]! & 0x10 ? 10 : 0);
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
