#pragma once
// The constrained reading, which can only be a text of the grammar.
#include <cmath>
#include <string>
#include <vector>

#include "../grammar.h"
#include "free_reading.h"
#include "paths.h"

namespace heed {

/** A text of the grammar, or the beginning of one that breaks off. */
struct BoundText {
  std::vector<int> tokens;  // those of the best spelling
  std::vector<TokenScore> scores;
  std::vector<TokenScore> plainScores;  // without the grammar's prompt; empty if the text was not scored in this way
  double logProbability = 0;            // of all spellings with these letters that the search met
  double bestSpelling = 0;
  std::string letters;
  int endMs = 0;
};

class ConstrainedReading {
 public:
  /** `beam` is the number of texts that are followed side by side. */
  ConstrainedReading(const Vocabulary & vocabulary, Paths & paths, const Attention & attention, Grammar & grammar,
                     int beam)
      : vocabulary_(vocabulary), paths_(paths), attention_(attention), grammar_(grammar), beam_(beam) {}

  /** If a free text is in the grammar and all its tokens are sure, takes it as this reading's result and returns true.
   */
  bool takeSure(const FreeText & text);

  /** Starts at the only open path. The reading ends early if it falls far below the free reading, whose log-probability
   * is `free`. */
  void start(double free);
  bool isOpen() const { return !open_.empty(); }
  /** Chooses the next tokens: extends the paths that continue and records those that end. */
  void extend();
  /** The paths that were extended, best first, for Paths::keep(). */
  std::vector<int *> openPaths();
  /** Drops all but the first `count` open paths. */
  void close(size_t count) { open_.resize(count); }

  /** Scores the likeliest texts once more after a prompt without phrases, all in one call, because a text must not be
   * likely only because its phrase was in the prompt. */
  bool scorePlainly(const Beginning & beginning);
  /** Uses the scores as plain ones. To be called if the prompt had no phrases. */
  void takeScoresAsPlain();

  bool hasFinished() const { return !finished_.empty(); }
  /** The finished texts, best first, without those far below the best. */
  std::vector<BoundText> finished();
  /** The texts that break off inside a command, likeliest first. */
  const std::vector<BoundText> & brokenOff() const { return brokenOff_; }

 private:
  struct Hypothesis {
    int path = 0;
    int state = 0;
    double logProbability = 0;
    double bestSpelling = 0;
    std::string letters;
    std::vector<TokenScore> scores;  // those of the best spelling
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
