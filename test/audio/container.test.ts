import { describe, expect, it } from 'vitest';
import { detectContainer } from '../../src/audio/container.ts';
import { bytes } from './wav-file.ts';

describe('The first bytes tell the format:', () => {
  it.each<[string, Uint8Array]>([
    ['wav', bytes('RIFF', [0, 0, 0, 0], 'WAVE')],
    ['wav', bytes('RF64', [255, 255, 255, 255], 'WAVE')],
    ['opus', bytes('OggS', new Uint8Array(24), 'OpusHead')],
    ['oga', bytes('OggS', new Uint8Array(24), '\x01vorbis')],
    ['flac', bytes('OggS', new Uint8Array(24), '\x7fFLAC')],
    ['flac', bytes('fLaC')],
    ['flac', bytes('ID3\x04\0\0\0\0\0\x05', [0, 0, 0, 0, 0], 'fLaC')],
    ['m4a', bytes([0, 0, 0, 28], 'ftypM4A ')],
    ['webm', bytes([0x1a, 0x45, 0xdf, 0xa3])],
    ['aiff', bytes('FORM', [0, 0, 0, 0], 'AIFC')],
    ['caf', bytes('caff')],
    ['amr', bytes('#!AMR\n')],
    ['wma', bytes([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11])],
    ['aac', bytes([0xff, 0xf1, 0x50, 0x80])],
    ['mp3', bytes([0xff, 0xfb, 0x90, 0x00])],
    ['mp3', bytes('ID3\x03\0\0\0\0\x40\0')],
  ])('%s', (container, head) => {
    expect(detectContainer(head)).toBe(container);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', bytes()],
    ['text', bytes('Set the kitchen lights to fifty.')],
    ['a picture', bytes('\x89PNG\r\n\x1a\n')],
    ['another RIFF file', bytes('RIFF', [0, 0, 0, 0], 'AVI ')],
    ['zeros', new Uint8Array(64)],
    ['ones', new Uint8Array(64).fill(255)],
    ['a cut tag', bytes('ID3')],
  ])('%s is no audio', (_name, head) => {
    expect(detectContainer(head)).toBeUndefined();
  });
});
