/**
 * Two voices of twelve harmonics, each with pauses of its own, and noise: 80,000 samples at 16 kHz. The values that are
 * expected of the models for it were computed with PyTorch.
 */
export function signal(): Float32Array {
  const circle = 2 * Math.PI;
  const samples = new Float32Array(80_000);
  const voices = [
    {
      hz: 110,
      depth: 25,
      rate: 0.9,
      shift: 0,
      colour: 0.8,
      sway: 0.3,
      pace: 3,
      on: 0.35,
      late: 0,
      beat: 5,
      loud: 0.08,
    },
    {
      hz: 205,
      depth: 40,
      rate: 1.3,
      shift: 1,
      colour: 1.7,
      sway: 0.5,
      pace: 4,
      on: 0.3,
      late: 2,
      beat: 4.1,
      loud: 0.06,
    },
  ].map((voice) => ({ ...voice, phase: 0 }));
  let state = 1;
  for (let i = 0; i < samples.length; i++) {
    const time = i / 16_000;
    let sum = 0;
    for (const voice of voices) {
      voice.phase += (voice.hz + voice.depth * Math.sin(circle * voice.rate * time + voice.shift)) / 16_000;
      const colour = voice.colour + voice.sway * Math.sin(circle * voice.pace * time);
      let tone = 0;
      for (let k = 1; k <= 12; k++) tone += (Math.sin(circle * k * voice.phase) / k) * (1 + Math.cos(k * colour));
      const gate = Math.max(0, Math.sin(circle * voice.on * time - voice.late));
      sum += voice.loud * gate * (0.6 + 0.4 * Math.sin(circle * voice.beat * time)) * tone;
    }
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    samples[i] = sum + 0.002 * (state / 2 ** 31 - 1);
  }
  return samples;
}
