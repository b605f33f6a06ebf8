/** A 16-bit WAV file as browser recorders make it: the same sound on every channel. */
export function wavFile(samples: Float32Array, { rateHz = 44_100, channels = 2 } = {}): Buffer {
  const file = Buffer.alloc(44 + samples.length * channels * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(rateHz, 24);
  file.writeUInt32LE(rateHz * channels * 2, 28);
  file.writeUInt16LE(channels * 2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(file.length - 44, 40);
  samples.forEach((sample, index) => {
    for (let channel = 0; channel < channels; channel++)
      file.writeInt16LE(Math.round(sample * 32_767), 44 + (index * channels + channel) * 2);
  });
  return file;
}
