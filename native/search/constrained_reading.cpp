#include "constrained_reading.h"

#include <algorithm>

#include "letters.h"

namespace heed {
namespace {

constexpr int kMaxTokens = 110;
constexpr double kPrune = 6.0;         // a text this many nats below the best open one is dropped
constexpr double kRivalMargin = 12.0;  // the search ends when all open texts are this many nats below the best finished
constexpr size_t kMaxFinished = 16;
constexpr size_t kMaxPlain = 3;      // texts that are scored once more without the grammar's prompt
constexpr size_t kMaxBrokenOff = 3;  // texts that break off inside a command
// Below these values of the best open text, in nats and in nats per token, the speech is no command: no accepted text
// was ever so low on its way.
constexpr double kHopeless = 25.0, kHopelessPerToken = 3.5;
constexpr double kHopelessDistance = 35.0;  // the same, in nats below the free reading
// A free reading that is in the grammar and at least this sure needs no constrained one.
constexpr double kSureMean = -0.4, kSureToken = -2.0;  // nats

double logAdd(double a, double b) {
  const double most = std::max(a, b);
  return most + std::log1p(std::exp(std::min(a, b) - most));
}

}  // namespace

bool ConstrainedReading::takeSure(const FreeText & text) {
  if (text.logProbability < kSureMean * static_cast<double>(text.scores.size())) return false;
  if (std::any_of(text.scores.begin(), text.scores.end(),
                  [](const TokenScore & score) { return score.logProbability < kSureToken; }))
    return false;
  int state = grammar_.start();
  for (const int token : text.tokens) {
    const std::vector<Step> & steps = grammar_.steps(state);
    const auto step =
        std::find_if(steps.begin(), steps.end(), [token](const Step & candidate) { return candidate.token == token; });
    if (step == steps.end()) return false;
    state = step->state;
  }
  if (!grammar_.accepts(state)) return false;
  finished_.push_back(
      {text.tokens, text.scores, text.scores, text.logProbability, text.logProbability, "", text.endMs});
  bestFinished_ = text.logProbability;
  return true;
}

void ConstrainedReading::start(double free) {
  free_ = free;
  Hypothesis first;
  first.state = grammar_.start();
  open_ = {first};
}

void ConstrainedReading::extend() {
  double best = bestFinished_ - kRivalMargin + kPrune;
  std::vector<Choice> all = choices(best);
  if (finished_.empty() && isHopeless(best))
    open_.clear();
  else
    follow(all, best);
}

/** The tokens that may continue the open texts. Raises `best` to the score of the best of them. */
std::vector<ConstrainedReading::Choice> ConstrainedReading::choices(double & best) {
  std::vector<Choice> all;
  for (size_t i = 0; i < open_.size(); i++) {
    const Hypothesis & hypothesis = open_[i];
    const Path & path = paths_[hypothesis.path];
    if (grammar_.accepts(hypothesis.state))
      finish(hypothesis, path);
    else if (!path.tokens.empty())
      breakOff(hypothesis, path);
    if (static_cast<int>(path.tokens.size()) >= kMaxTokens) continue;
    const double base = hypothesis.logProbability - path.normalizer;
    for (const Step & step : grammar_.steps(hypothesis.state)) {
      const double score = base + path.logits[step.token];
      if (score < best - kPrune || score == -INFINITY) continue;
      best = std::max(best, score);
      all.push_back({score, static_cast<int>(i), step.token, step.state});
    }
  }
  return all;
}

bool ConstrainedReading::isHopeless(double best) const {
  const double tokens = static_cast<double>(paths_[open_[0].path].tokens.size()) + 1;
  return best < -kHopeless - kHopelessPerToken * tokens || best < free_ - kHopelessDistance;
}

/** Continues the texts with the best choices. Spellings with the same letters at the same place count as one text. */
void ConstrainedReading::follow(std::vector<Choice> & choices, double best) {
  // Spellings that merge take several places, so more choices than the beam is wide are examined. Of equal choices the
  // one with the smaller token goes first, so that the result is always the same.
  const size_t looked = std::min(choices.size(), static_cast<size_t>(beam_) * 8);
  std::partial_sort(
      choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(looked), choices.end(),
      [](const Choice & a, const Choice & b) {
        return a.score != b.score ? a.score > b.score : a.from != b.from ? a.from < b.from : a.token < b.token;
      });
  std::vector<Hypothesis> next;
  for (size_t i = 0; i < looked; i++) {
    const Choice & choice = choices[i];
    if (choice.score < best - kPrune || choice.score < bestFinished_ - kRivalMargin) break;
    const Hypothesis & from = open_[choice.from];
    std::string letters = from.letters;
    appendLetters(vocabulary_.texts[choice.token], letters);
    const auto same = std::find_if(next.begin(), next.end(), [&](const Hypothesis & known) {
      return known.state == choice.state && known.letters == letters;
    });
    if (same != next.end()) {
      same->logProbability = logAdd(same->logProbability, choice.score);
      continue;
    }
    if (static_cast<int>(next.size()) == beam_) break;
    Hypothesis longer;
    longer.state = choice.state;
    longer.logProbability = choice.score;
    longer.bestSpelling = from.bestSpelling + choice.score - from.logProbability;
    longer.letters = std::move(letters);
    longer.scores = from.scores;
    longer.scores.push_back(paths_[from.path].score(choice.token));
    longer.path = paths_.extend(from.path, choice.token);
    next.push_back(std::move(longer));
  }
  open_ = std::move(next);
}

std::vector<int *> ConstrainedReading::openPaths() {
  std::vector<int *> paths;
  for (Hypothesis & hypothesis : open_) paths.push_back(&hypothesis.path);
  return paths;
}

/** The text if it ends here. */
BoundText ConstrainedReading::endOf(const Hypothesis & hypothesis, const Path & path) const {
  const double end = path.logits[vocabulary_.end] - path.normalizer;
  BoundText text{path.tokens,
                 hypothesis.scores,
                 {},
                 hypothesis.logProbability + end,
                 hypothesis.bestSpelling + end,
                 hypothesis.letters,
                 attention_.middleMs(path.row)};
  text.scores.push_back(path.score(vocabulary_.end));
  return text;
}

void ConstrainedReading::finish(const Hypothesis & hypothesis, const Path & path) {
  BoundText text = endOf(hypothesis, path);
  if (!(text.logProbability > bestFinished_ - kRivalMargin)) return;
  const auto known = std::find_if(finished_.begin(), finished_.end(),
                                  [&](const BoundText & other) { return other.letters == text.letters; });
  if (known == finished_.end()) {
    bestFinished_ = std::max(bestFinished_, text.logProbability);
    finished_.push_back(std::move(text));
    return;
  }
  const double both = logAdd(known->logProbability, text.logProbability);
  if (text.bestSpelling > known->bestSpelling) *known = std::move(text);
  known->logProbability = both;
  bestFinished_ = std::max(bestFinished_, both);
}

/** A text may break off anywhere. The likeliest places are kept, to be compared with whole commands. */
void ConstrainedReading::breakOff(const Hypothesis & hypothesis, const Path & path) {
  const double logProbability = hypothesis.logProbability + (path.logits[vocabulary_.end] - path.normalizer);
  if (brokenOff_.size() == kMaxBrokenOff && logProbability <= brokenOff_.back().logProbability) return;
  const auto place = std::find_if(brokenOff_.begin(), brokenOff_.end(),
                                  [&](const BoundText & known) { return known.logProbability < logProbability; });
  brokenOff_.insert(place, endOf(hypothesis, path));
  if (brokenOff_.size() > kMaxBrokenOff) brokenOff_.pop_back();
}

bool ConstrainedReading::scorePlainly(const Beginning & beginning) {
  if (finished_.empty()) return true;
  const auto mean = [](const BoundText & one) {
    return one.logProbability / static_cast<double>(one.tokens.size() + 1);
  };
  std::sort(finished_.begin(), finished_.end(),
            [&](const BoundText & a, const BoundText & b) { return mean(a) > mean(b); });
  std::vector<std::vector<int>> texts;
  for (size_t i = 0; i < std::min(kMaxPlain, finished_.size()); i++) texts.push_back(finished_[i].tokens);
  std::vector<std::vector<TokenScore>> scores;
  if (!paths_.scoreWhole(beginning, texts, scores)) return false;
  for (size_t i = 0; i < scores.size(); i++) finished_[i].plainScores = std::move(scores[i]);
  return true;
}

void ConstrainedReading::takeScoresAsPlain() {
  for (BoundText & text : finished_) text.plainScores = text.scores;
}

std::vector<BoundText> ConstrainedReading::finished() {
  std::sort(finished_.begin(), finished_.end(),
            [](const BoundText & a, const BoundText & b) { return a.logProbability > b.logProbability; });
  std::vector<BoundText> best;
  for (const BoundText & text : finished_) {
    if (best.size() == kMaxFinished || text.logProbability < bestFinished_ - kRivalMargin) break;
    best.push_back(text);
  }
  return best;
}

}  // namespace heed
