/** The sizes that determine every tensor of a Whisper model, in the order of the ggml header. */
export interface Hyperparameters {
  vocabularySize: number;
  audioContext: number;
  audioState: number;
  audioHeads: number;
  audioLayers: number;
  textContext: number;
  textState: number;
  textHeads: number;
  textLayers: number;
  melBins: number;
}

/** Returns why no Whisper model has these sizes, or undefined. */
export function hyperparameterProblem(h: Hyperparameters): string | undefined {
  const problems: [boolean, string][] = [
    // whisper.cpp derives the number of languages from the vocabulary and knows the names of 100 languages.
    [
      h.vocabularySize < 51_864 || h.vocabularySize > 51_866,
      `Whisper's vocabulary has 51864, 51865 or 51866 tokens, this one has ${h.vocabularySize}`,
    ],
    [h.audioContext !== 1500, `the audio context of Whisper is 1500, this one's is ${h.audioContext}`],
    [h.textContext !== 448, `the text context of Whisper is 448, this one's is ${h.textContext}`],
    [h.melBins !== 80 && h.melBins !== 128, `Whisper takes 80 or 128 mel bins, this one ${h.melBins}`],
    [h.audioState !== h.textState, `the encoder and the decoder differ in width, ${h.audioState} and ${h.textState}`],
    [
      h.audioState < 64 || h.audioState > 2048 || h.audioState % 64 !== 0,
      `its width of ${h.audioState} is not a multiple of 64 up to 2048`,
    ],
    [
      h.audioHeads * 64 !== h.audioState || h.textHeads * 64 !== h.textState,
      `attention heads are 64 wide, here ${h.audioHeads} and ${h.textHeads} share ${h.audioState}`,
    ],
    [
      h.audioLayers < 1 || h.audioLayers > 64 || h.textLayers < 1 || h.textLayers > 64,
      `1 to 64 layers were expected, but there are ${h.audioLayers} and ${h.textLayers}`,
    ],
  ];
  return problems.find(([isWrong]) => isWrong)?.[1];
}
