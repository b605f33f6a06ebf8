export { createAudioDecoder, type AudioDecoder, type AudioDecoderOptions } from './audio-decoder.ts';
export { audioFormatSchema, type AudioFormat } from './format.ts';
export { decodeAudioFile, decodeWholeFile, type AudioSource, type DecodeFileOptions } from './decode-file.ts';
export { concatSamples } from './concat-samples.ts';
export { Framer } from './framer.ts';
export { encodeWav } from './encode-wav.ts';
export { decodeBase64 } from './base64.ts';
