#pragma once
// A decoder without a model: a script says what follows each text. Its cache is a real one, so a search that mixes up
// its sequences reads nonsense and is caught.
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "search/decoder.h"

namespace test {

/** A vocabulary of these text tokens, a blank, and the special tokens. With languages it is multilingual. */
heed::Vocabulary vocabularyOf(std::vector<std::string> texts, const std::vector<std::string> & languages = {});

class FakeDecoder : public heed::Decoder {
 public:
  /** Gives the probabilities of the next tokens by what they spell, with "" for the end. `text` is everything after the
   * prompt, and `said` is what the prompt has in front of its start token. All other tokens share the rest. */
  using Script = std::function<std::map<std::string, double>(const std::string & text, const std::string & said)>;

  FakeDecoder(heed::Vocabulary vocabulary, Script script, int cacheTokens = 200);

  const heed::Vocabulary & vocabulary() const override { return vocabulary_; }
  bool decode(const std::vector<heed::DecoderToken> & tokens, bool wantsAttention) override;
  float * logits(int row) override;
  int attention(int rows, std::vector<float> & weights) override;
  void clearCache() override { cells_.assign(cells_.size(), Cell()); }
  void copySequence(int from, int to) override;
  void dropSequence(int sequence) override;
  int roomInCache() const override;

  int calls = 0;
  int failsAtCall = -1;
  int widest = 0;          // tokens of the largest call after a prompt
  std::string hears;       // the language
  double noSpeech = 0.01;  // probability
  int attentionPositions = 0;

 private:
  struct Cell {
    int token = -1;
    int position = -1;
    std::set<int> sequences;
  };
  std::vector<int> tokensOf(int sequence, int position) const;
  std::vector<float> logitsBehind(const std::vector<int> & tokens) const;

  heed::Vocabulary vocabulary_;
  Script script_;
  std::vector<Cell> cells_;
  bool hasAttention_ = false;
  std::vector<std::vector<float>> logits_;
  std::vector<int> positions_;
};

}  // namespace test
