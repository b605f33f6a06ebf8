#include "free_reading.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "../logits.h"
#include "letters.h"

namespace heed {
namespace {

constexpr double kBoostPerToken = 1.6;  // nats; a common homophone is about this much likelier than a rare name

}  // namespace

void FreeReading::extend() {
  struct Choice {
    Hypothesis hypothesis;
    int token;
    bool isEnd;
  };
  std::vector<Choice> choices;
  for (const Hypothesis & hypothesis : open_) {
    const Path & path = paths_[hypothesis.path];
    const AttentionRow attention = settings_.needsAttention ? attention_.row(path.row) : nullptr;
    const bool isOver =
        static_cast<int>(path.tokens.size()) >= settings_.maxTokens || (settings_.endsAtLoop && isLoop(path.tokens));
    if (isOver) hasLooped_ = true;
    for (const int token : bestTokens(path, hypothesis)) {
      Hypothesis longer = hypothesis;
      longer.scores.push_back(path.score(token));
      longer.logProbability += longer.scores.back().logProbability;
      if (settings_.needsAttention) longer.attention.push_back(attention);
      if (boost_) moveBoost(longer, token);
      choices.push_back({std::move(longer), token, isOver || token == vocabulary_.end});
    }
  }
  std::stable_sort(choices.begin(), choices.end(),
                   [](const Choice & a, const Choice & b) { return a.hypothesis.score() > b.hypothesis.score(); });
  std::vector<Hypothesis> next;
  for (Choice & choice : choices) {
    // Any text could end anywhere, so an end counts only if it is among the most probable choices.
    if (static_cast<int>(next.size()) == settings_.width) break;
    if (choice.isEnd)
      finish(choice.hypothesis);
    else {
      choice.hypothesis.path = paths_.extend(choice.hypothesis.path, choice.token);
      next.push_back(std::move(choice.hypothesis));
    }
  }
  std::stable_sort(finished_.begin(), finished_.end(),
                   [](const FreeText & a, const FreeText & b) { return a.mean > b.mean; });
  const bool isEnough = static_cast<int>(finished_.size()) >= settings_.width;
  open_ = isEnough ? std::vector<Hypothesis>() : std::move(next);
}

std::vector<int *> FreeReading::openPaths() {
  std::vector<int *> paths;
  for (Hypothesis & hypothesis : open_) paths.push_back(&hypothesis.path);
  return paths;
}

std::vector<int> FreeReading::bestTokens(const Path & path, const Hypothesis & hypothesis) {
  const int count = vocabulary_.textTokens();
  if (settings_.width == 1) return {argMax(path.logits, count)};
  const int wanted = settings_.width + 1;
  std::vector<std::pair<float, int>> best;
  float least = -INFINITY;
  const auto offer = [&](float score, int token) {
    if (static_cast<int>(best.size()) == wanted && score <= least) return;
    for (const auto & known : best)
      if (known.second == token) return;
    best.insert(std::upper_bound(best.begin(), best.end(), score,
                                 [](float value, const auto & entry) { return value > entry.first; }),
                {score, token});
    if (static_cast<int>(best.size()) > wanted) best.pop_back();
    least = best.back().first;
  };
  if (boost_) {
    for (const int state : {hypothesis.boostState, boost_->start()}) {
      if (state < 0) continue;
      for (const Step & step : boost_->steps(state))
        offer(path.logits[step.token] + static_cast<float>(kBoostPerToken), step.token);
    }
  }
  for (int token = 0; token < count; token++)
    if (path.logits[token] > least || static_cast<int>(best.size()) < wanted) offer(path.logits[token], token);
  std::vector<int> tokens;
  for (const auto & [score, token] : best)
    if (score > -INFINITY) tokens.push_back(token);
  return tokens;
}

/** Each token inside a boosted word earns a bonus, which is lost if the word is not completed. */
void FreeReading::moveBoost(Hypothesis & hypothesis, int token) {
  const auto moveFrom = [&](int state, double bonus) {
    for (const Step & step : boost_->steps(state)) {
      if (step.token != token) continue;
      hypothesis.pendingBonus = bonus + kBoostPerToken;
      hypothesis.boostState = step.state;
      return true;
    }
    return false;
  };
  if (hypothesis.boostState >= 0) {
    if (moveFrom(hypothesis.boostState, hypothesis.pendingBonus)) return;
    const bool isNewWord =
        token == vocabulary_.end || !std::isalnum(static_cast<unsigned char>(vocabulary_.texts[token][0]));
    if (isNewWord && boost_->accepts(hypothesis.boostState)) hypothesis.bonus += hypothesis.pendingBonus;
    hypothesis.pendingBonus = 0;
    hypothesis.boostState = -1;
  }
  moveFrom(boost_->start(), 0);
}

void FreeReading::finish(Hypothesis & hypothesis) {
  const Path & path = paths_[hypothesis.path];
  FreeText text{path.tokens,
                hypothesis.scores,
                hypothesis.logProbability,
                hypothesis.score() / static_cast<double>(hypothesis.scores.size()),
                hypothesis.attention,
                attention_.middleMs(path.row)};
  std::string letters;
  for (const int token : text.tokens) appendLetters(vocabulary_.texts[token], letters);
  if (isLoop(text.tokens) || isTwice(letters)) hasLooped_ = true;
  finished_.push_back(std::move(text));
}

}  // namespace heed
