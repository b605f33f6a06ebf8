#pragma once
// The free reading: what the model would write if it knew of no commands.
#include <string>
#include <vector>

#include "../grammar.h"
#include "paths.h"

namespace heed {

/** A text that the free reading has found. */
struct FreeText {
  std::vector<int> tokens;
  std::vector<TokenScore> scores;  // one for each token, and one for the end
  double logProbability = 0;
  double mean = 0;                      // log-probability per token, including the bonus of preferred words
  std::vector<AttentionRow> attention;  // one for each token, and one for the end; empty if it is not wanted
  int endMs = 0;
};

struct FreeSettings {
  int width = 1;
  int maxTokens = 0;
  bool needsAttention = false;
  bool endsAtLoop = false;  // whether a text ends where it begins to repeat itself
};

class FreeReading {
 public:
  /** `boost` has the words that are preferred; it may be null. */
  FreeReading(const Vocabulary & vocabulary, Paths & paths, const Attention & attention, Grammar * boost,
              const FreeSettings & settings)
      : vocabulary_(vocabulary), paths_(paths), attention_(attention), boost_(boost), settings_(settings) {}

  /** Starts at the only open path. */
  void start() { open_ = {Hypothesis()}; }
  bool isOpen() const { return !open_.empty(); }
  /** Chooses the next tokens: extends the paths that continue and finishes those that end. */
  void extend();
  /** The paths that were extended, for Paths::keep(). */
  std::vector<int *> openPaths();

  /** The finished texts, best first. They are ordered by the mean per token, as the sum would prefer texts that end
   * early. */
  const std::vector<FreeText> & finished() const { return finished_; }
  /** Whether a text repeats itself, or has more tokens than the audio can have. */
  bool hasLooped() const { return hasLooped_; }

 private:
  struct Hypothesis {
    int path = 0;
    double logProbability = 0;
    std::vector<TokenScore> scores;
    std::vector<AttentionRow> attention;
    double bonus = 0, pendingBonus = 0;
    int boostState = -1;
    double score() const { return logProbability + bonus + pendingBonus; }
  };
  std::vector<int> bestTokens(const Path & path, const Hypothesis & hypothesis);
  void moveBoost(Hypothesis & hypothesis, int token);
  void finish(Hypothesis & hypothesis);

  const Vocabulary & vocabulary_;
  Paths & paths_;
  const Attention & attention_;
  Grammar * boost_;
  const FreeSettings settings_;
  std::vector<Hypothesis> open_;
  std::vector<FreeText> finished_;
  bool hasLooped_ = false;
};

}  // namespace heed
