#pragma once
// Whisper as heed uses it: one model, shared by one reader per thread. This code knows nothing of N-API.
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "core_watch.h"
#include "encoder_silence.h"
#include "ggml_access.h"
#include "grammar.h"
#include "mel.h"
#include "reading.h"
#include "silence.h"
#include "whisper_access.h"

namespace heed {

/** The weights and vocabulary, shared by all readers and freed after the last of them. */
class Model {
 public:
  /** Returns null on failure, with the reason in `error`. The caller must have checked the file.
   * @throws LibraryMismatch */
  static std::shared_ptr<Model> load(const std::string & path, GpuUse use, std::string & error);
  const WhisperModel & whisper() const { return *whisper_; }
  const MelFilters & filters() const { return filters_; }
  const Vocabulary & vocabulary() const { return whisper_->vocabulary(); }
  const VocabularyTrie & trie() const { return *trie_; }
  /** The name of the GPU that the library has actually initialised; empty on the CPU. */
  const std::string & device() const { return device_; }
  int maxPositions() const { return whisper_->maxPositions(); }
  const EncoderWeights & encoder() const { return encoder_; }
  /** The decoder's keys and values of silence. */
  const Silence & silence() const { return silence_; }
  const EncoderSilence * encoderSilence() const { return encoderSilence_.get(); }

 private:
  Model() = default;
  bool listenToSilence(std::string & error);
  std::unique_ptr<WhisperModel> whisper_;
  std::string device_;
  EncoderWeights encoder_{};
  MelFilters filters_;
  std::unique_ptr<VocabularyTrie> trie_;
  Silence silence_;
  std::unique_ptr<EncoderSilence> encoderSilence_;
  PanelWeights panels_;
};

/** One whisper state. */
class WhisperReader final : public Reader {
 public:
  static std::unique_ptr<WhisperReader> create(std::shared_ptr<Model> model, std::string & error);

  /** `abort` stops the reading within a few ms on the CPU, and between two steps on a GPU. After an exception the
   * reader makes itself a new state. */
  ReadStatus read(const ReadRequest & request, const std::atomic<bool> & abort, ReadResult & result,
                  std::string & error) override;

 private:
  WhisperReader() = default;
  bool ensureState(std::string & error);
  ReadStatus readOrThrow(const ReadRequest & request, const std::atomic<bool> & abort, ReadResult & result,
                         std::string & error);
  bool readOnce(const ReadRequest & request, int positions, const std::atomic<bool> & abort, ReadResult & result);
  bool encode(const ReadRequest & request, const std::vector<float> & mel, int positions);
  Grammar * grammarFor(const std::string & id, const std::shared_ptr<const WordGraph> & graph);

  std::shared_ptr<Model> model_;
  std::unique_ptr<WhisperState> state_;
  struct Kept {
    std::string id;
    std::unique_ptr<Grammar> grammar;
  };
  std::vector<Kept> grammars_;  // most recently used last
  CoreWatch cores_;
};

}  // namespace heed
