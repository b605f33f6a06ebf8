#include "paths.h"

#include <algorithm>
#include <cmath>

#include "../logits.h"

namespace heed {
namespace {

constexpr int kMaxRows = 16;  // how many paths one call of the decoder lengthens

/** Makes sure that a text begins with something: its first token is neither a blank nor the end. */
void suppressBlank(const Vocabulary & vocabulary, float * logits) {
  logits[vocabulary.end] = -INFINITY;
  const auto blank = vocabulary.ids.find(" ");
  if (blank != vocabulary.ids.end()) logits[blank->second] = -INFINITY;
}

/** @param next a path or a beginning, which knows what the decoder expects next */
template <typename Next>
TokenScore scoreOf(const Next & next, int token) {
  return {next.logits[token] - next.normalizer, std::max(0.0f, next.likeliest - next.logits[token])};
}

}  // namespace

TokenScore Path::score(int token) const { return scoreOf(*this, token); }
TokenScore Beginning::score(int token) const { return scoreOf(*this, token); }

bool readPrompt(Decoder & decoder, const std::vector<int> & prompt, PromptUse use, int from, int sequence) {
  const bool wantsAll = use == PromptUse::all;
  std::vector<DecoderToken> tokens;
  const int count = static_cast<int>(prompt.size());
  for (int i = from; i < count; i++)
    tokens.push_back({prompt[i], i, sequence, (wantsAll && i == from) || i + 1 == count});
  return decoder.decode(tokens, wantsAll);
}

bool Paths::start(const std::vector<int> & prompt, PromptUse use, int seen) {
  if (seen == 0) decoder_.clearCache();
  promptSequence_ = 0;
  return open(prompt, use, seen);
}

bool Paths::startBeside(const std::vector<int> & prompt) {
  closeAll();
  promptSequence_ = nextSequence_++;
  return open(prompt, PromptUse::last, 0);
}

bool Paths::open(const std::vector<int> & prompt, PromptUse use, int seen) {
  if (!readPrompt(decoder_, prompt, use, seen, promptSequence_)) return false;
  promptSize_ = static_cast<int>(prompt.size());
  const int rows = promptSize_ - seen;
  suppressBlank(decoder_.vocabulary(), decoder_.logits(rows - 1));
  attention_.read(rows);
  paths_ = {pathAt(rows - 1)};
  paths_[0].sequence = promptSequence_;
  extensions_.clear();
  return true;
}

Beginning Paths::beginning() const {
  const Path & path = paths_[0];
  std::vector<float> logits(path.logits, path.logits + decoder_.vocabulary().size());
  return {promptSequence_, promptSize_, std::move(logits), path.normalizer, path.likeliest};
}

void Paths::closeAll() {
  for (const Path & path : paths_)
    if (path.sequence != promptSequence_) decoder_.dropSequence(path.sequence);
  paths_.clear();
  extensions_.clear();
}

Path Paths::pathAt(int row) {
  const int count = decoder_.vocabulary().textTokens();
  Path path;
  path.row = row;
  path.logits = decoder_.logits(row);
  path.normalizer = logSumExp(path.logits, count);
  path.likeliest = path.logits[argMax(path.logits, count)];
  return path;
}

int Paths::extend(int from, int token) {
  for (size_t i = 0; i < extensions_.size(); i++) {
    if (extensions_[i].from == from && extensions_[i].token == token) return static_cast<int>(i);
  }
  extensions_.push_back({from, token});
  return static_cast<int>(extensions_.size()) - 1;
}

size_t Paths::keep(const std::vector<int *> & first, const std::vector<int *> & second) {
  std::vector<int> newNumber(extensions_.size(), -1);
  std::vector<Extension> kept;
  const auto keepOne = [&](int & path) {
    if (newNumber[path] < 0) {
      newNumber[path] = static_cast<int>(kept.size());
      kept.push_back(extensions_[path]);
    }
    path = newNumber[path];
  };
  for (int * path : first) keepOne(*path);
  const int room = std::min(kMaxRows, decoder_.roomInCache());
  size_t left = 0;
  for (; left < second.size(); left++) {
    const bool isNew = newNumber[*second[left]] < 0;
    if (isNew && static_cast<int>(kept.size()) >= room) break;
    keepOne(*second[left]);
  }
  extensions_ = std::move(kept);
  return left;
}

std::vector<Path> Paths::lengthened() {
  // A path with one successor hands its sequence on to it. A path with several is copied for the others. One with no
  // successor is freed.
  std::vector<int> successors(paths_.size(), 0);
  for (const Extension & next : extensions_) successors[next.from]++;
  std::vector<Path> longer(extensions_.size());
  std::vector<int> left = successors;
  for (size_t i = 0; i < longer.size(); i++) {
    const Path & from = paths_[extensions_[i].from];
    longer[i].tokens = from.tokens;
    longer[i].tokens.push_back(extensions_[i].token);
    if (--left[extensions_[i].from] == 0 && from.sequence != promptSequence_)
      longer[i].sequence = from.sequence;
    else {
      longer[i].sequence = nextSequence_++;
      decoder_.copySequence(from.sequence, longer[i].sequence);
    }
  }
  for (size_t i = 0; i < paths_.size(); i++)
    if (successors[i] == 0 && paths_[i].sequence != promptSequence_) decoder_.dropSequence(paths_[i].sequence);
  return longer;
}

bool Paths::step() {
  std::vector<Path> longer = lengthened();
  const int count = static_cast<int>(longer.size());
  std::vector<DecoderToken> tokens;
  for (const Path & path : longer) {
    const int position = promptSize_ + static_cast<int>(path.tokens.size()) - 1;
    tokens.push_back({path.tokens.back(), position, path.sequence});
  }
  if (count > 0 && !decoder_.decode(tokens, true)) return false;
  attention_.read(count);
  for (int i = 0; i < count; i++) {
    Path next = pathAt(i);
    next.tokens = std::move(longer[i].tokens);
    next.sequence = longer[i].sequence;
    longer[i] = std::move(next);
  }
  paths_ = std::move(longer);
  extensions_.clear();
  return true;
}

bool Paths::scoreWhole(const Beginning & beginning, const std::vector<std::vector<int>> & texts,
                       std::vector<std::vector<TokenScore>> & scores) {
  closeAll();
  if (promptSequence_ != beginning.sequence) decoder_.dropSequence(promptSequence_);
  scores.clear();
  size_t count = 0;
  for (const std::vector<int> & text : texts) count += text.size();
  if (static_cast<int>(count) > decoder_.roomInCache()) return true;
  std::vector<DecoderToken> tokens;
  for (const std::vector<int> & text : texts) {
    scores.push_back({beginning.score(text[0])});
    const int sequence = nextSequence_++;
    decoder_.copySequence(beginning.sequence, sequence);
    for (size_t at = 0; at < text.size(); at++)
      tokens.push_back({text[at], beginning.size + static_cast<int>(at), sequence});
  }
  if (!decoder_.decode(tokens, false)) return false;
  int row = 0;
  for (size_t i = 0; i < texts.size(); i++) {
    for (size_t next = 1; next <= texts[i].size(); next++, row++)
      scores[i].push_back(pathAt(row).score(next < texts[i].size() ? texts[i][next] : decoder_.vocabulary().end));
  }
  return true;
}

}  // namespace heed
