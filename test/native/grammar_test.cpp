#include "grammar.h"

#include <algorithm>

#include "byte_pairs.h"
#include "harness.h"
#include "search/letters.h"
#include "word_graphs.h"

namespace {

const std::vector<std::string> kTokens = {" turn", " Tu", "rn", " on", ",", " ONE", ".", " off", " été", " É", "té"};

/** Whether the grammar accepts these tokens as a whole text. */
bool takes(heed::Grammar & grammar, const std::vector<std::string> & text,
           const std::vector<std::string> & tokens = kTokens) {
  int state = grammar.start();
  for (const std::string & piece : text) {
    const auto token = std::find(tokens.begin(), tokens.end(), piece) - tokens.begin();
    const std::vector<heed::Step> & steps = grammar.steps(state);
    const auto step = std::find_if(steps.begin(), steps.end(), [&](const heed::Step & s) { return s.token == token; });
    if (step == steps.end()) return false;
    state = step->state;
  }
  return grammar.accepts(state);
}

}  // namespace

TEST("a phrase is accepted however it is split into tokens, in either case, and with punctuation") {
  const heed::VocabularyTrie trie(kTokens);
  heed::Grammar grammar(test::graphOf({"turn on", "été"}), trie);
  EXPECT(takes(grammar, {" turn", " on"}));
  EXPECT(takes(grammar, {" Tu", "rn", ",", " on", "."}));
  EXPECT(takes(grammar, {" É", "té"}));
  EXPECT(!takes(grammar, {" turn"}));
  EXPECT(!takes(grammar, {" turn", " ONE"}));
  EXPECT(!takes(grammar, {" off"}));
}

TEST("signs of a writing without spaces follow each other, other words, and the start, with and without a space") {
  // The last three are the bytes of 灯, as a model may split a rare sign.
  const std::vector<std::string> tokens = {"打开", " 打", "开",  "灯",   "tv", " TV", "。",   "，",  "50", "%",
                                           "到",   "on",  " on", " turn", "调", ".",   "\xE7", "\x81", "\xAF"};
  const heed::VocabularyTrie trie(tokens);
  heed::Grammar grammar(test::graphOf({"打 开 灯", "打 开 tv", "灯 打 开", "tv 调 到 50%", "turn on"}), trie);
  const auto accepts = [&](const std::vector<std::string> & text) { return takes(grammar, text, tokens); };
  EXPECT(accepts({"打开", "灯"}));
  EXPECT(accepts({" 打", "开", "灯", "。"}));
  EXPECT(accepts({"打开", "\xE7", "\x81", "\xAF", "."}));
  EXPECT(accepts({"灯", "，", "打开"}));
  EXPECT(accepts({"打开", "tv"}));
  EXPECT(accepts({"打开", " TV"}));
  EXPECT(accepts({"tv", "调", "到", "50", "%"}));
  EXPECT(accepts({" turn", " on"}));
  EXPECT(!accepts({" turn", "on"}));
  EXPECT(!accepts({"打开"}));
  EXPECT(!accepts({"打开", "。"}));
  EXPECT(!accepts({"打开", "灯", "。", "。"}));
  EXPECT(!accepts({"打开", "灯", "灯"}));
}

TEST("without such signs in the grammar, words have spaces") {
  const std::vector<std::string> tokens = {"turn", " turn", "on", " on", "灯"};
  const heed::VocabularyTrie trie(tokens);
  heed::Grammar grammar(test::graphOf({"turn on"}), trie);
  EXPECT(takes(grammar, {" turn", " on"}, tokens));
  EXPECT(!takes(grammar, {"turn", " on"}, tokens));
  EXPECT(!takes(grammar, {" turn", "on"}, tokens));
}

TEST("free text goes on to signs without a space") {
  const std::vector<std::string> tokens = {"加", "牛奶", "到", "清单", "milk", " milk"};
  const heed::VocabularyTrie trie(tokens);
  heed::WordGraph graph = test::graphOf({"加 x 到 清 单"});
  graph.arcKind[1] = heed::kFreeArc;
  heed::Grammar grammar(graph, trie);
  EXPECT(takes(grammar, {"加", "牛奶", "到", "清单"}, tokens));
  EXPECT(takes(grammar, {"加", " milk", "到", "清单"}, tokens));
  EXPECT(takes(grammar, {"加", "milk", "到", "清单"}, tokens));
  EXPECT(!takes(grammar, {"加", "牛奶", "到"}, tokens));
}

TEST("spellings with full-width marks are the same text") {
  std::string letters;
  heed::appendLetters("打开，灯。", letters);
  EXPECT_EQUAL(letters, "打开灯");
}

TEST("a graph whose numbers are out of range is not valid") {
  heed::WordGraph graph = test::graphOf({"turn on"});
  EXPECT_EQUAL(graph.check(), "");
  heed::WordGraph damaged = graph;
  damaged.arcTarget[0] = 99;
  EXPECT(!damaged.check().empty());
  damaged = graph;
  damaged.arcLabel[0] = 99;
  EXPECT(!damaged.check().empty());
  damaged = graph;
  damaged.arcStart[1] = 7;
  EXPECT(!damaged.check().empty());
  damaged = graph;
  damaged.start = 99;
  EXPECT(!damaged.check().empty());
}

TEST("a text is split into the tokens that were learned first, not into the longest") {
  const std::map<std::string, int> ids = {{"t", 0}, {"h", 1}, {"e", 2}, {"r", 3}, {"he", 4}, {"th", 5}, {"her", 6}};
  EXPECT_EQUAL(heed::bytePairTokens("ther", ids).size(), 2u);
  EXPECT_EQUAL(heed::bytePairTokens("ther", ids)[1], 6);
  EXPECT(heed::bytePairTokens("", ids).empty());
}

TEST("repetitions at the end of a text are found, and so is a text that was said twice") {
  EXPECT(heed::isLoop({9, 1, 1, 1, 1, 1, 1}));
  EXPECT(heed::isLoop({9, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3}));
  EXPECT(!heed::isLoop({1, 2, 3, 4, 5, 6}));
  EXPECT(heed::isTwice("turnonthelightturnonthelight"));
  EXPECT(!heed::isTwice("okok"));
}
