#include "grammar.h"

#include <algorithm>

#include "byte_pairs.h"
#include "harness.h"
#include "search/letters.h"
#include "word_graphs.h"

namespace {

const std::vector<std::string> kTokens = {" turn", " Tu", "rn", " on", ",", " ONE", ".", " off", " été", " É", "té"};

/** Whether the grammar accepts these tokens as a whole text. */
bool takes(heed::Grammar & grammar, const std::vector<std::string> & text) {
  int state = grammar.start();
  for (const std::string & piece : text) {
    const auto token = std::find(kTokens.begin(), kTokens.end(), piece) - kTokens.begin();
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
