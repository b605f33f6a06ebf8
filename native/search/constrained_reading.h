#pragma once
// The reading that is held to the grammar.
#include <cmath>
#include <string>
#include <vector>

#include "../grammar.h"
#include "free_reading.h"
#include "paths.h"

namespace heed {

/** A text of the grammar, or one broken off inside it. */
struct BoundText {
  std::vector<int> tokens;  // of the best spelling
  std::vector<TokenScore> scores;
  std::vector<TokenScore> plainScores;  // without the grammar's prompt; empty where it was not scored so
  double logProbability = 0;            // of all spellings with these letters that were met
  double bestSpelling = 0;
  std::string letters;
  int endMs = 0;
};

class ConstrainedReading {
 public:
  /** `beam`: texts that are followed side by side. */
  ConstrainedReading(const Vocabulary & vocabulary, Paths & paths, const Attention & attention, Grammar & grammar,
                     int beam)
      : vocabulary_(vocabulary), paths_(paths), attention_(attention), grammar_(grammar), beam_(beam) {}

  /** Whether a free text is one of the grammar, every token of it sure: then it is this reading's, too. */
  bool takeSure(const FreeText & text);

  /** Starts at the one open path. It ends early where it falls far below the free reading, which has the
   * log-probability `free`. */
  void start(double free);
  bool isOpen() const { return !open_.empty(); }
  /** Chooses the next tokens: extends the paths that go on and notes those that end. */
  void extend();
  /** The paths that were extended, best first, for Paths::keep(). */
  std::vector<int *> openPaths();
  /** Drops all but the first `count` open paths. */
  void close(size_t count) { open_.resize(count); }

  /** The likeliest texts once more behind a prompt without phrases, all in one call: what speaks for them must not be
   * the phrases alone. */
  bool scorePlainly(const std::vector<int> & prompt);
  /** Nothing was said in front: the scores are plain already. */
  void takeScoresAsPlain();

  bool hasFinished() const { return !finished_.empty(); }
  /** Best first, without those far below the best. */
  std::vector<BoundText> finished();
  /** Broken off inside a command, likeliest first. */
  const std::vector<BoundText> & brokenOff() const { return brokenOff_; }

 private:
  struct Hypothesis {
    int path = 0;
    int state = 0;
    double logProbability = 0;
    double bestSpelling = 0;
    std::string letters;
    std::vector<TokenScore> scores;  // of the best spelling
  };
  struct Choice {
    double score;
    int from;
    int token;
    int state;
  };
  std::vector<Choice> choices(double & best);
  bool isHopeless(double best) const;
  void follow(std::vector<Choice> & choices, double best);
  BoundText endOf(const Hypothesis & hypothesis, const Path & path) const;
  void finish(const Hypothesis & hypothesis, const Path & path);
  void breakOff(const Hypothesis & hypothesis, const Path & path);

  const Vocabulary & vocabulary_;
  Paths & paths_;
  const Attention & attention_;
  Grammar & grammar_;
  const int beam_;
  double free_ = 0;
  std::vector<Hypothesis> open_;
  std::vector<BoundText> finished_, brokenOff_;
  double bestFinished_ = -INFINITY;
};

}  // namespace heed
