#pragma once
// Whisper as heed uses it: one shared model, one reader per thread. Knows nothing of N-API.
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "grammar.h"
#include "mel.h"

struct whisper_context;
struct whisper_state;

namespace heed {

struct ReadRequest {
  std::vector<float> mel;      // bands × frames, normalised, band by band
  int frames = 0;              // 2 × audio positions
  int samples = 0;             // length of the audio at 16 kHz
  std::string language = "en"; // or "auto"
  bool translate = false;
  int nBest = 1;               // 1–8
  bool words = false;
  int beam = 5;                // width of the constrained search, 1–5
  int maxTokens = 0;           // of one reading
  std::string graphId;         // empty: no constrained reading
  std::shared_ptr<const WordGraph> graph;
};

struct Word {
  std::string text;
  int startMs = 0;
  int endMs = 0;
  float confidence = 0;
};

struct Reading {
  std::string text;
  double logProbability = 0;  // natural log, end of text included
  int tokens = 0;
};

struct ReadResult {
  Reading best;
  std::vector<Word> words;
  std::string language;
  float confidence = 0;        // mean token probability
  float noSpeech = 0;
  bool looped = false;         // the text repeats itself: the audio window was too short for this model
  std::vector<Reading> alternatives;
  std::vector<Reading> constrained;
  double encodeMs = 0, decodeMs = 0, wordsMs = 0;
};

enum class ReadStatus { ok, aborted, failed };

/** The weights and vocabulary, shared by all readers. Freed after the last of them. */
class Model {
 public:
  /** Null on failure, with the reason in `error`. The file must have been checked before. */
  static std::shared_ptr<Model> load(const std::string & path, bool gpu, std::string & error);
  ~Model();

  const MelFilters & filters() const { return filters_; }
  const VocabularyTrie & vocabulary() const { return *vocabulary_; }
  whisper_context * context() const { return context_; }
  bool isMultilingual() const;
  int maxPositions() const;
  static bool isLanguage(const std::string & code);
  static std::string systemInfo();
  /** The library's last log lines. */
  static std::string recentLog();

 private:
  Model() = default;
  whisper_context * context_ = nullptr;
  MelFilters filters_;
  std::unique_ptr<VocabularyTrie> vocabulary_;
};

/** One whisper state. Used by one thread at a time. */
class Reader {
 public:
  static std::unique_ptr<Reader> create(std::shared_ptr<Model> model, std::string & error);
  ~Reader();

  /** Reads the audio; `abort` stops it within a few ms on the CPU, between steps on a GPU. */
  ReadStatus read(const ReadRequest & request, const std::atomic<bool> & abort, ReadResult & result, std::string & error);

 private:
  class Search;
  Reader() = default;
  Grammar & grammarFor(const ReadRequest & request);

  std::shared_ptr<Model> model_;
  whisper_state * state_ = nullptr;
  std::atomic<const std::atomic<bool> *> abort_{nullptr};
  struct Kept { std::string id; std::unique_ptr<Grammar> grammar; };
  std::vector<Kept> grammars_;  // most recently used last
};

}  // namespace heed
