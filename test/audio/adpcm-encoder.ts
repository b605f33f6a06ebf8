/**
 * Plain ADPCM encoders: each writes the code whose result is nearest to the sample, by the step rules of the format.
 */

const imaSteps = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118,
  130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060,
  1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484,
  7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
];

const toInt16 = (value: number): number => Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)));

/** IMA ADPCM: blocks of a header with the first sample, then eight codes of each channel in turn. */
export function createImaEncoder(blockBytes: number) {
  return (frames: readonly Float32Array[]): Uint8Array => {
    const channels = frames.length;
    const groups = (blockBytes - 4 * channels) / (4 * channels);
    const perBlock = 1 + groups * 8;
    const blocks = Math.ceil(frames[0]!.length / perBlock);
    const bytes = new Uint8Array(blocks * blockBytes);
    const view = new DataView(bytes.buffer);
    frames.forEach((samples, channel) => {
      let index = 66;
      for (let block = 0; block < blocks; block++) {
        const start = block * blockBytes;
        const at = (position: number): number => toInt16(samples[block * perBlock + position] ?? 0);
        let value = at(0);
        view.setInt16(start + channel * 4, value, true);
        view.setUint8(start + channel * 4 + 2, index);
        for (let position = 1; position < perBlock; position++) {
          const step = imaSteps[index]!;
          const difference = at(position) - value;
          const code = Math.min(7, Math.floor((Math.abs(difference) * 4) / step)) | (difference < 0 ? 8 : 0);
          const change = (step >> 3) + (code & 4 ? step : 0) + (code & 2 ? step >> 1 : 0) + (code & 1 ? step >> 2 : 0);
          value = Math.max(-32_768, Math.min(32_767, value + (code & 8 ? -change : change)));
          index = Math.max(0, Math.min(88, index + [-1, -1, -1, -1, 2, 4, 6, 8][code & 7]!));
          const group = Math.floor((position - 1) / 8);
          const nibble = (position - 1) % 8;
          bytes[start + 4 * channels + (group * channels + channel) * 4 + (nibble >> 1)]! |= code << ((nibble & 1) * 4);
        }
      }
    });
    return bytes;
  };
}

/** MS ADPCM with the second of the seven usual predictors: twice the last sample minus the one before. */
export function createMsEncoder(blockBytes: number) {
  const [predictor, first, second] = [1, 512, -256];
  return (frames: readonly Float32Array[]): Uint8Array => {
    const channels = frames.length;
    const perBlock = 2 + ((blockBytes - 7 * channels) * 2) / channels;
    const blocks = Math.ceil(frames[0]!.length / perBlock);
    const bytes = new Uint8Array(blocks * blockBytes);
    const view = new DataView(bytes.buffer);
    frames.forEach((samples, channel) => {
      for (let block = 0; block < blocks; block++) {
        const start = block * blockBytes;
        const at = (position: number): number => toInt16(samples[block * perBlock + position] ?? 0);
        let [beforeLast, last, step] = [at(0), at(1), 64];
        bytes[start + channel] = predictor;
        [step, last, beforeLast].forEach((word, field) =>
          view.setInt16(start + channels * (1 + 2 * field) + channel * 2, word, true),
        );
        for (let position = 2; position < perBlock; position++) {
          const guess = (last * first + beforeLast * second) >> 8;
          const code = Math.max(-8, Math.min(7, Math.round((at(position) - guess) / step)));
          beforeLast = last;
          last = Math.max(-32_768, Math.min(32_767, guess + code * step));
          step = Math.max(
            16,
            ([230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230][code & 15]! * step) >> 8,
          );
          const nibble = (position - 2) * channels + channel;
          bytes[start + 7 * channels + (nibble >> 1)]! |= (code & 15) << (nibble & 1 ? 0 : 4);
        }
      }
    });
    return bytes;
  };
}
