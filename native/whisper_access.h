#pragma once
// The only code that uses whisper.cpp. heed needs far more than the library's public functions: it runs the encoder and
// the decoder step by step, moves the contents of their caches and replaces weights. All of this is here, so that an
// upgrade of the library changes only one file. ggml's public functions may be used anywhere; its private ones are used
// only in ggml_access.
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "compute_threads.h"
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
  ggml_tensor * places;  // the positional embedding: features × positions
  ggml_tensor *lastNormWeight, *lastNormBias;
  int features, heads;
  float epsilon;
  ggml_type type;  // number type of keys and values
};

/** The layers of the encoder as a ggml graph. */
class EncoderGraph {
 public:
  virtual ~EncoderGraph() = default;
  /** Builds the graph from the convolved spectrogram (features × positions) to the encoder's output. */
  virtual ggml_tensor * build(ggml_context * context, ggml_cgraph * graph, ggml_tensor * convolved) = 0;
  /** Sets the values of the graph's inputs. Called once the graph has memory. */
  virtual void fill() {}
  /** Keeps results of the graph. Called once it has been computed. Returns false if there is not enough memory. */
  virtual bool keep() { return true; }
};

/** The weights and the vocabulary. */
class WhisperModel {
 public:
  /** Returns null on failure, with the reason in `error`. The caller must have checked the file.
   * @throws LibraryMismatch */
  static std::unique_ptr<WhisperModel> load(const std::string & path, GpuUse use, std::string & error);
  ~WhisperModel();
  WhisperModel(const WhisperModel &) = delete;
  WhisperModel & operator=(const WhisperModel &) = delete;

  const Vocabulary & vocabulary() const { return vocabulary_; }
  MelFilters filters() const;
  /** Whether a GPU is to do the work. */
  bool usesGpu() const { return usesGpu_; }
  /** How many positions of 20 ms the encoder sees at most. */
  int maxPositions() const;
  int audioLayers() const;

  EncoderWeights encoder() const;
  /** The decoder's matrices, each with the place where the library looks for it. */
  std::vector<ggml_tensor **> decoderMatrices();
  /** The matrices that are multiplied with every position of the audio, each with the place where it is looked for. */
  std::vector<ggml_tensor **> audioMatrices();

 private:
  friend class WhisperState;
  WhisperModel() = default;
  whisper_context * context_ = nullptr;
  bool usesGpu_ = false;
  Vocabulary vocabulary_;
};

/** The library's state, in which one reading after another is computed. Used by one thread at a time. */
class WhisperState {
 public:
  /** Makes a state with room for `cacheTokens` tokens of the decoder. Returns null on failure, with the reason in
   * `error`. It also fails if the weights are on a GPU but the state would not be.
   * @throws LibraryMismatch */
  static std::unique_ptr<WhisperState> create(const WhisperModel & model, int cacheTokens, std::string & error);
  ~WhisperState();
  WhisperState(const WhisperState &) = delete;
  WhisperState & operator=(const WhisperState &) = delete;

  /** Sets the flag that stops a computation under way, within a few ms on the CPU; null if nothing is to stop it. */
  void setAbort(const std::atomic<bool> * abort) { abort_.store(abort); }

  /** The name of the GPU that the library has initialised for this state; empty on the CPU. */
  std::string device() const;

  /** Computes the decoder's keys and values from a spectrogram of 2 × positions frames. */
  bool encode(const std::vector<float> & mel, int positions, int threads, EncoderGraph & layers);
  /** Lets `change` work on the decoder's keys and values of the audio, wherever they are stored. `change` finds `known`
   * positions, as many as were encoded last, and leaves `written` positions; 0 if it only reads. */
  void changeCrossMemory(int known, int written, const std::function<void(const CrossMemory &)> & change);
  /** Sets how many positions the decoder finds in its memory of the audio, as many as there are weights. Each weight
   * is added to the attention to its position: the logarithm of how often the position counts. */
  void setPositions(std::vector<float> weights);
  int positions() const;

  // These are the functions of search/decoder.h.
  bool decode(const std::vector<DecoderToken> & tokens, bool wantsAttention, int threads);
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
  bool findPlace();
  bool computeLogits(int threads);

  whisper_context & context_;
  whisper_state * state_ = nullptr;
  ComputeThreads threads_;
  std::atomic<const std::atomic<bool> *> abort_{nullptr};
  bool hasAttention_ = false;
  std::vector<float> positionWeights_;  // empty if each position counts once
  int firstLogits_ = 0;                 // the row of the last call whose logits come first
  std::vector<uint8_t> keys_, values_;  // copies of the keys and values on a GPU
};

}  // namespace heed
