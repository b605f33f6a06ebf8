const sampleRateHz = 16_000;
const fftSize = 400;
const melPerHz = 3 / 200;
const logFromHz = 1_000;
const logFromMel = logFromHz * melPerHz;
const logStep = Math.log(6.4) / 27;

/** The frequency bins of the spectrum that Whisper's filters weight. */
export const spectrumBins = fftSize / 2 + 1;

/**
 * Whisper's mel filter bank: triangles on Slaney's scale, each of unit area, as `librosa.filters.mel(sr=16000,
 * n_fft=400)` computes them; shape `melBins` × `spectrumBins`.
 */
export function melFilters(melBins: number): Float32Array {
  const topMel = hzToMel(sampleRateHz / 2);
  const edgesHz = Array.from({ length: melBins + 2 }, (_, index) => melToHz((topMel / (melBins + 1)) * index));
  // set exactly, because taking the logarithm and undoing it rounds, which would leave 2e-17 in the last bin
  edgesHz[melBins + 1] = sampleRateHz / 2;
  const filters = new Float32Array(melBins * spectrumBins);
  for (let mel = 0; mel < melBins; mel++) {
    const [lowHz, middleHz, highHz] = [edgesHz[mel]!, edgesHz[mel + 1]!, edgesHz[mel + 2]!];
    const height = 2 / (highHz - lowHz);
    for (let bin = 0; bin < spectrumBins; bin++) {
      const hz = (bin * sampleRateHz) / fftSize;
      const rising = (hz - lowHz) / (middleHz - lowHz);
      const falling = (highHz - hz) / (highHz - middleHz);
      filters[mel * spectrumBins + bin] = Math.fround(Math.max(0, Math.min(rising, falling))) * height;
    }
  }
  return filters;
}

function hzToMel(hz: number): number {
  return hz < logFromHz ? hz * melPerHz : logFromMel + Math.log(hz / logFromHz) / logStep;
}

function melToHz(mel: number): number {
  return mel < logFromMel ? mel / melPerHz : logFromHz * Math.exp(logStep * (mel - logFromMel));
}
