#include "fake_decoder.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace test {

heed::Vocabulary vocabularyOf(std::vector<std::string> texts, const std::vector<std::string> & languages) {
  heed::Vocabulary vocabulary;
  texts.push_back(" ");
  const auto add = [&](const std::string & text) {
    vocabulary.texts.push_back(text);
    return vocabulary.size() - 1;
  };
  for (const std::string & text : texts) vocabulary.ids[text] = add(text);
  vocabulary.end = add("");
  vocabulary.start = add("[start]");
  for (const std::string & language : languages) vocabulary.languages.push_back({language, add("[" + language + "]")});
  vocabulary.previous = add("[previous]");
  vocabulary.noSpeech = add("[no speech]");
  vocabulary.noTimestamps = add("[no timestamps]");
  vocabulary.translate = add("[translate]");
  vocabulary.transcribe = add("[transcribe]");
  return vocabulary;
}

FakeDecoder::FakeDecoder(heed::Vocabulary vocabulary, Script script, int cacheTokens)
    : vocabulary_(std::move(vocabulary)), script_(std::move(script)), cells_(cacheTokens) {}

bool FakeDecoder::decode(const std::vector<heed::DecoderToken> & tokens, bool wantsAttention) {
  if (calls++ == failsAtCall) return false;
  hasAttention_ = wantsAttention;
  if (tokens.empty()) throw std::logic_error("a call without tokens");
  const int count = static_cast<int>(tokens.size());
  if (count > roomInCache()) return false;
  size_t at = 0;
  const auto isFree = [](const Cell & cell) { return cell.position < 0; };
  while (!std::all_of(cells_.begin() + at, cells_.begin() + at + count, isFree)) at++;
  for (const heed::DecoderToken & token : tokens) cells_[at++] = {token.token, token.position, {token.sequence}};
  logits_.clear();
  positions_.clear();
  for (const heed::DecoderToken & token : tokens) {
    logits_.push_back(token.wantsLogits ? logitsBehind(tokensOf(token.sequence, token.position))
                                        : std::vector<float>());
    positions_.push_back(token.position);
  }
  if (tokens[0].sequence != 0) widest = std::max(widest, count);
  return true;
}

float * FakeDecoder::logits(int row) {
  if (logits_.at(row).empty()) throw std::logic_error("logits that were not asked for");
  return logits_[row].data();
}

/** All heads look at the audio position that has the same number as the token's position in its text. */
int FakeDecoder::attention(int rows, std::vector<float> & weights) {
  if (attentionPositions == 0 || !hasAttention_) return 0;
  weights.assign(static_cast<size_t>(rows) * attentionPositions, 0.0f);
  for (int row = 0; row < rows; row++) {
    const int at = std::min(positions_.at(row), attentionPositions - 1);
    weights[static_cast<size_t>(at) * rows + row] = 1;
  }
  return 1;
}

void FakeDecoder::copySequence(int from, int to) {
  for (Cell & cell : cells_)
    if (cell.sequences.count(from)) cell.sequences.insert(to);
}

void FakeDecoder::dropSequence(int sequence) {
  for (Cell & cell : cells_) {
    cell.sequences.erase(sequence);
    if (cell.sequences.empty()) cell = Cell();
  }
}

int FakeDecoder::roomInCache() const {
  int longest = 0, current = 0;
  for (const Cell & cell : cells_) {
    current = cell.position < 0 ? current + 1 : 0;
    longest = std::max(longest, current);
  }
  return longest;
}

/** The tokens of a sequence up to a position. Each position must have exactly one token. */
std::vector<int> FakeDecoder::tokensOf(int sequence, int position) const {
  std::vector<int> tokens(position + 1, -1);
  for (const Cell & cell : cells_) {
    if (cell.position < 0 || cell.position > position || !cell.sequences.count(sequence)) continue;
    if (tokens[cell.position] >= 0) throw std::logic_error("two tokens in one place");
    tokens[cell.position] = cell.token;
  }
  if (std::count(tokens.begin(), tokens.end(), -1) > 0) throw std::logic_error("a text with a hole");
  return tokens;
}

std::vector<float> FakeDecoder::logitsBehind(const std::vector<int> & tokens) const {
  const auto start = std::find(tokens.begin(), tokens.end(), vocabulary_.start);
  std::string text, said;
  for (auto token = tokens.begin(); token != tokens.end(); ++token) {
    if (*token >= vocabulary_.end) continue;
    (token < start ? said : text) += vocabulary_.texts[*token];
  }
  const std::map<std::string, double> next = script_(text, said);
  double rest = 1;
  for (const auto & [piece, probability] : next) rest -= probability;
  const double others = vocabulary_.textTokens() - 1 - static_cast<double>(next.size());  // the blank does not count
  std::vector<float> logits(vocabulary_.size(), std::log(std::max(rest, 1e-6) / others));
  logits[vocabulary_.ids.at(" ")] = -30;
  for (const auto & [piece, probability] : next)
    logits[piece.empty() ? vocabulary_.end : vocabulary_.ids.at(piece)] = std::log(probability);
  if (tokens.size() == 1) {
    logits[vocabulary_.noSpeech] = std::log(noSpeech);
    for (const auto & [code, token] : vocabulary_.languages) logits[token] = code == hears ? 0.0f : -5.0f;
  }
  return logits;
}

}  // namespace test
