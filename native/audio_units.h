#pragma once
// How Whisper divides time.

namespace heed {

constexpr int kSampleRate = 16000;
constexpr int kSamplesPerMs = kSampleRate / 1000;
constexpr int kSamplesPerFrame = 160;                                       // of the spectrogram
constexpr int kFramesPerPosition = 2;                                       // what the encoder makes one of
constexpr int kSamplesPerPosition = kFramesPerPosition * kSamplesPerFrame;  // 320
constexpr int kMsPerPosition = kSamplesPerPosition / kSamplesPerMs;         // 20
constexpr int kShortestSamples = kSampleRate / 10;                          // that the model makes sense of
constexpr int kLongestSamples = 30 * kSampleRate;

}  // namespace heed
