#pragma once
// The request for a reading, and its result.
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "grammar.h"

namespace heed {

struct ReadRequest {
  std::function<std::vector<float>(int frames)> spectrogram;  // bands × frames, normalised, band by band
  int samples = 0;                                            // length of the audio at 16 kHz
  int positions = 0;            // how many positions of 20 ms the encoder sees; 0: as many as the audio needs
  int threads = 1;              // how many threads may compute it, including the calling one
  std::string language = "en";  // or "auto"
  bool translate = false;
  int nBest = 1;  // 1–8
  bool words = false;
  int beam = 4;  // width of the constrained search, 1–16
  std::string graphId;
  std::shared_ptr<const WordGraph> graph;  // null if no constrained reading is wanted
  std::string boostId;
  std::shared_ptr<const WordGraph> boost;  // words that the free reading prefers; null if there are none
};

struct Word {
  std::string text;
  int startMs = 0;
  int endMs = 0;
  float confidence = 0;
};

/** How well one word fits the audio, over all its tokens. */
struct WordScore {
  std::string text;           // empty for the end of the text, which comes last
  double logProbability = 0;  // natural logarithm
  double lead =
      0;  // by how many nats the likeliest tokens were likelier than this word's; 0 if these were the likeliest
};

struct Reading {
  std::string text;
  double logProbability = 0;  // natural logarithm, including the end of the text
  int tokens = 0;
  int endMs = 0;  // where in the audio the decoder saw the text end
  std::vector<WordScore> scores;
  std::vector<WordScore> plainScores;  // the same without the grammar's prompt; only for the likeliest readings
};

struct ReadResult {
  Reading best;
  std::vector<Word> words;
  std::string language;
  float confidence = 0;  // mean token probability
  float noSpeech = 0;
  bool looped = false;  // the text repeats itself
  int positions = 0;    // how many the encoder saw
  std::vector<Reading> alternatives;
  std::vector<Reading>
      prompted;  // the free reading after the grammar's phrases as prompt; empty if `best` was a sure command
  std::vector<Reading> constrained;  // best first; the probability is that of all spellings with the same letters
  std::vector<Reading> open;         // constrained readings that break off inside a command, likeliest first
  double melMs = 0, encodeMs = 0, decodeMs = 0, wordsMs = 0;
};

enum class ReadStatus { ok, aborted, failed };

/** Reads audio. Used by one thread at a time. */
class Reader {
 public:
  virtual ~Reader() = default;
  /** May throw. */
  virtual ReadStatus read(const ReadRequest & request, const std::atomic<bool> & abort, ReadResult & result,
                          std::string & error) = 0;
};

}  // namespace heed
