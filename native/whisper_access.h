#pragma once
// The one door to whisper.cpp. What heed needs of the library goes far behind its public functions: it drives encoder
// and decoder step by step, moves what lies in their caches and replaces weights. All that stands here, so that an
// upgrade of the library is the work of one file. ggml's public functions may be used anywhere; its private ones stand
// in ggml_access.
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cross_memory.h"
#include "ggml.h"
#include "gpu.h"
#include "mel.h"
#include "search/decoder.h"

struct whisper_context;
struct whisper_state;

namespace heed {

struct EncoderLayer {
  ggml_tensor *attentionNormWeight, *attentionNormBias;
  ggml_tensor *queryWeight, *queryBias, *keyWeight, *valueWeight, *valueBias, *mergeWeight, *mergeBias;
  ggml_tensor *innerNormWeight, *innerNormBias, *widenWeight, *widenBias, *narrowWeight, *narrowBias;
};

struct EncoderWeights {
  std::vector<EncoderLayer> layers;
  ggml_tensor * places;  // what tells one position from another: features × positions
  ggml_tensor *lastNormWeight, *lastNormBias;
  int features, heads;
  float epsilon;
  ggml_type type;  // of keys and values
};

/** The layers of the encoder as a graph of ggml's. */
class EncoderGraph {
 public:
  virtual ~EncoderGraph() = default;
  /** From the convolved spectrogram, features × positions, to what the decoder listens to. */
  virtual ggml_tensor * build(ggml_context * context, ggml_cgraph * graph, ggml_tensor * convolved) = 0;
  /** Called when the graph has memory: for the values of its inputs. */
  virtual void fill() {}
  /** Called when the graph has been computed: for what is to be kept of it. False without memory. */
  virtual bool keep() { return true; }
};

/** The weights and the vocabulary. */
class WhisperModel {
 public:
  /** Null on failure, with the reason in `error`. The file must have been checked before. @throws LibraryMismatch */
  static std::unique_ptr<WhisperModel> load(const std::string & path, GpuUse use, std::string & error);
  ~WhisperModel();
  WhisperModel(const WhisperModel &) = delete;
  WhisperModel & operator=(const WhisperModel &) = delete;

  const Vocabulary & vocabulary() const { return vocabulary_; }
  MelFilters filters() const;
  /** Whether a GPU is to do the work. */
  bool usesGpu() const { return usesGpu_; }
  /** Positions of 20 ms that the encoder sees at most. */
  int maxPositions() const;
  int audioLayers() const;

  EncoderWeights encoder() const;
  /** The decoder's matrices, each with the place where the library looks for it. */
  std::vector<ggml_tensor **> decoderMatrices();
  /** Matrices that are multiplied with every position of the audio. */
  std::vector<ggml_tensor *> audioMatrices();

 private:
  friend class WhisperState;
  WhisperModel() = default;
  whisper_context * context_ = nullptr;
  bool usesGpu_ = false;
  Vocabulary vocabulary_;
};

/** What one reading after another is computed in. Used by one thread at a time. */
class WhisperState {
 public:
  /** A state with room for `cacheTokens` tokens of the decoder. Null on failure, with the reason in `error`; that it is
   * on no GPU though the weights are is one.
   * @throws LibraryMismatch */
  static std::unique_ptr<WhisperState> create(const WhisperModel & model, int cacheTokens, std::string & error);
  ~WhisperState();
  WhisperState(const WhisperState &) = delete;
  WhisperState & operator=(const WhisperState &) = delete;

  /** What stops a computation under way, within a few ms on the CPU; null: nothing. */
  void setAbort(const std::atomic<bool> * abort) { abort_.store(abort); }

  /** The GPU that the library has initialised for it; empty on the CPU. */
  std::string device() const;

  /** From a spectrogram of 2 × positions frames to the decoder's keys and values. */
  bool encode(const std::vector<float> & mel, int positions, int threads, EncoderGraph & layers);
  /** Lets `change` work on the decoder's keys and values of the audio, wherever they lie: it finds those of `known`
   * positions, as many as were encoded last, and leaves those of `written`, none if it only reads. */
  void changeCrossMemory(int known, int written, const std::function<void(const CrossMemory &)> & change);
  /** Positions that the decoder takes its memory to have. */
  void setPositions(int positions);
  int positions() const;

  // As in search/decoder.h.
  bool decode(const std::vector<DecoderToken> & tokens, int threads);
  float * logits(int row);
  int attention(int rows, std::vector<float> & weights) const;
  void clearCache();
  void copySequence(int from, int to);
  void dropSequence(int sequence);
  int roomInCache() const;

 private:
  explicit WhisperState(const WhisperModel & model) : context_(*model.context_) {}
  void listenForAbort();
  void checkCrossMemory();
  whisper_context & context_;
  whisper_state * state_ = nullptr;
  std::atomic<const std::atomic<bool> *> abort_{nullptr};
  std::vector<uint8_t> keys_, values_;  // copies of what a GPU keeps
};

}  // namespace heed
