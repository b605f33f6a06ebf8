#include "search/search.h"

#include <algorithm>

#include "fake_decoder.h"
#include "harness.h"
#include "word_graphs.h"

using heed::Grammar;
using heed::Grammars;
using heed::Reading;
using heed::ReadRequest;
using heed::ReadResult;
using test::FakeDecoder;

namespace {

using Next = std::map<std::string, double>;

const std::vector<std::string> kTokens = {" turn",  " on", " off", " the", " light", " Light", " night",
                                          " latte", ".",   " er",  " la",  "tte",    " ladder", "x"};

/** A script that is sure of one text and its end. */
FakeDecoder::Script saying(std::vector<std::string> tokens, double probability = 0.98) {
  return [=](const std::string & text, const std::string &) -> Next {
    std::string said;
    for (const std::string & token : tokens) {
      if (said == text) return {{token, probability}};
      said += token;
    }
    return {{"", said == text ? probability : 0.5}};
  };
}

ReadResult read(FakeDecoder & decoder, const ReadRequest & request, Grammar * bound = nullptr,
                Grammar * boost = nullptr) {
  ReadResult result;
  const heed::Heard heard{request.samples, decoder.attentionPositions, 0};
  EXPECT(heed::search(decoder, heard, request, Grammars{bound, boost}, result));
  return result;
}

ReadRequest twoSeconds() {
  ReadRequest request;
  request.samples = 32000;
  return request;
}

/** A grammar over the fake vocabulary. */
struct Bound {
  heed::VocabularyTrie trie;
  Grammar grammar;
  explicit Bound(const std::vector<std::string> & phrases, const std::string & prompt = "")
      : trie(kTokens), grammar(test::graphOf(phrases, prompt), trie) {}
};

}  // namespace

TEST("the free reading takes the likeliest tokens and sums up their log-probabilities, including that of the end") {
  FakeDecoder decoder(test::vocabularyOf(kTokens), saying({" turn", " on"}, 0.9));
  const ReadResult result = read(decoder, twoSeconds());
  EXPECT_EQUAL(result.best.text, "turn on");
  EXPECT_EQUAL(result.best.tokens, 3);
  EXPECT_NEAR(result.best.logProbability, 3 * std::log(0.9), 0.02);
  EXPECT_NEAR(result.confidence, 0.9, 0.01);
  EXPECT_EQUAL(result.language, "en");
  EXPECT(!result.looped);
}

TEST("if several readings are wanted, they are the likeliest ones, best first") {
  FakeDecoder decoder(test::vocabularyOf(kTokens), [](const std::string & text, const std::string &) -> Next {
    if (text.empty()) return {{" turn", 1}};
    if (text == " turn") return {{" on", 0.6}, {" off", 0.3}, {" the", 0.05}};
    return {{"", 0.95}};
  });
  ReadRequest request = twoSeconds();
  request.nBest = 3;
  const ReadResult result = read(decoder, request);
  EXPECT_EQUAL(result.best.text, "turn on");
  EXPECT_EQUAL(result.alternatives.size(), 2u);
  EXPECT_EQUAL(result.alternatives[0].text, "turn off");
  EXPECT_NEAR(result.alternatives[0].logProbability, std::log(0.3 * 0.95), 0.05);
}

TEST("a text that repeats itself, or never ends, is reported as looped") {
  FakeDecoder repeating(test::vocabularyOf(kTokens), [](const std::string & text, const std::string &) -> Next {
    return {{text.size() < 60 ? " turn" : "", 0.9}};
  });
  EXPECT(read(repeating, twoSeconds()).looped);
  FakeDecoder endless(test::vocabularyOf(kTokens), [](const std::string & text, const std::string &) -> Next {
    return {{kTokens[text.size() * 7919 % 4], 0.9}};
  });
  EXPECT(read(endless, twoSeconds()).looped);
}

TEST("a text that repeats itself is read no further where it will be read again, nor compared with commands") {
  Bound commands({"turn on the light"}, "x");
  const auto repeating = [](const std::string &, const std::string &) -> Next { return {{" turn", 0.9}}; };
  FakeDecoder decoder(test::vocabularyOf(kTokens), repeating);
  const ReadRequest request = twoSeconds();
  ReadResult result;
  const heed::Heard heard{request.samples, 0, 0, true};
  EXPECT(heed::search(decoder, heard, request, Grammars{&commands.grammar, nullptr}, result));
  EXPECT(result.looped);
  EXPECT(result.constrained.empty());
  EXPECT_EQUAL(decoder.calls, 7);  // one more than the six tokens that are a loop
}

TEST("a prompted reading ends where it begins to repeat itself") {
  Bound commands({"turn on the light"}, "x");
  FakeDecoder decoder(test::vocabularyOf(kTokens), [](const std::string & text, const std::string & said) -> Next {
    if (said == " x") return {{" turn", 0.9}, {" light", 0.05}};
    return {{text.empty() ? " light" : "", 0.9}};
  });
  const ReadResult result = read(decoder, twoSeconds(), &commands.grammar);
  EXPECT_EQUAL(result.prompted.size(), 1u);
  EXPECT_EQUAL(result.prompted[0].text, "turn turn turn turn turn turn");
  EXPECT(!result.looped);
}

TEST("a free reading that is surely a command is the constrained one, without a second search") {
  Bound commands({"turn on the light", "turn off the light"}, "latte");
  FakeDecoder decoder(test::vocabularyOf(kTokens), saying({" turn", " on", " the", " light", "."}));
  const ReadResult result = read(decoder, twoSeconds(), &commands.grammar);
  EXPECT_EQUAL(result.constrained.size(), 1u);
  EXPECT_EQUAL(result.constrained[0].text, "turn on the light.");
  EXPECT(result.prompted.empty());
  EXPECT_EQUAL(decoder.calls, 6);
}

TEST("words that are no command are read as the command that fits best, with phrases of the grammar as the prompt") {
  Bound commands({"turn on the light", "turn off the light"}, "x");
  bool wasPrompted = false;
  FakeDecoder decoder(test::vocabularyOf(kTokens), [&](const std::string & text, const std::string & said) -> Next {
    if (said == " x") wasPrompted = true;
    if (text.empty()) return {{" turn", 0.98}};
    if (text == " turn") return {{" on", 0.7}, {" off", 0.2}};
    if (text == " turn on" || text == " turn off") return {{" the", 0.98}};
    if (text.find(" the") == text.size() - 4) return {{" night", 0.8}, {" light", 0.1}};
    return {{"", 0.9}};
  });
  const ReadResult result = read(decoder, twoSeconds(), &commands.grammar);
  EXPECT(wasPrompted);
  EXPECT_EQUAL(result.best.text, "turn on the night");
  EXPECT_EQUAL(result.prompted.size(), 1u);
  EXPECT_EQUAL(result.prompted[0].text, "turn on the night");
  EXPECT_EQUAL(result.constrained.size(), 2u);
  const Reading & best = result.constrained[0];
  EXPECT_EQUAL(best.text, "turn on the light");
  EXPECT_NEAR(best.logProbability, std::log(0.98 * 0.7 * 0.98 * 0.1 * 0.9), 0.1);
  EXPECT_EQUAL(best.scores.size(), 5u);
  EXPECT_EQUAL(best.scores[3].text, "light");
  EXPECT_NEAR(best.scores[3].lead, std::log(0.8 / 0.1), 1e-4);
  EXPECT_EQUAL(best.plainScores.size(), 5u);
  EXPECT_NEAR(best.plainScores[3].logProbability, best.scores[3].logProbability, 1e-4);
}

TEST("two spellings with the same letters are one reading, with the probability of both") {
  Bound commands({"light"});
  FakeDecoder decoder(test::vocabularyOf(kTokens), [](const std::string & text, const std::string &) -> Next {
    if (text.empty()) return {{" night", 0.4}, {" light", 0.3}, {" Light", 0.2}};
    return {{"", 0.9}};
  });
  const ReadResult result = read(decoder, twoSeconds(), &commands.grammar);
  EXPECT_EQUAL(result.constrained.size(), 1u);
  EXPECT_EQUAL(result.constrained[0].text, "light");
  EXPECT_NEAR(result.constrained[0].logProbability, std::log(0.5 * 0.9), 0.05);
}

TEST("a command that breaks off is reported with the place where it does") {
  Bound commands({"turn on the light"});
  FakeDecoder decoder(test::vocabularyOf(kTokens), [](const std::string & text, const std::string &) -> Next {
    if (text.empty()) return {{" turn", 0.98}};
    if (text == " turn") return {{" on", 0.98}};
    if (text == " turn on") return {{"", 0.9}, {" the", 0.05}};
    return {{text == " turn on the" ? " light" : "", 0.9}};
  });
  const ReadResult result = read(decoder, twoSeconds(), &commands.grammar);
  EXPECT(!result.open.empty());
  EXPECT_EQUAL(result.open[0].text, "turn on");
  EXPECT_EQUAL(result.constrained[0].text, "turn on the light");
  EXPECT(result.open[0].logProbability > result.constrained[0].logProbability);
}

TEST("speech that is far from every command is given up") {
  Bound commands({"turn on the light"});
  FakeDecoder decoder(test::vocabularyOf(kTokens), [](const std::string & text, const std::string &) -> Next {
    const size_t words = std::count(text.begin(), text.end(), ' ');
    if (words == 9) return {{"", 1 - 1e-9}};
    return {{words % 2 == 0 ? " er" : " night", 1 - 1e-9}};
  });
  const ReadResult result = read(decoder, twoSeconds(), &commands.grammar);
  EXPECT(result.constrained.empty());
  EXPECT(decoder.calls < 20);
}

TEST("preferred words win if they are nearly as likely, and only as whole words") {
  Bound words({"latte"});
  const auto script = [](const std::string & text, const std::string &) -> Next {
    if (text.empty()) return {{" ladder", 0.5}, {" la", 0.2}};
    if (text == " la") return {{"tte", 0.9}};
    return {{"", 0.95}};
  };
  FakeDecoder plain(test::vocabularyOf(kTokens), script), preferring(test::vocabularyOf(kTokens), script);
  EXPECT_EQUAL(read(plain, twoSeconds()).best.text, "ladder");
  EXPECT_EQUAL(read(preferring, twoSeconds(), nullptr, &words.grammar).best.text, "latte");
}

TEST("the language is detected if it is not given, and put into the prompt if it is") {
  FakeDecoder hearing(test::vocabularyOf(kTokens, {"de", "en", "fr"}), saying({" turn"}));
  hearing.hears = "fr";
  hearing.noSpeech = 0.25;
  ReadRequest request = twoSeconds();
  request.language = "auto";
  const ReadResult heard = read(hearing, request);
  EXPECT_EQUAL(heard.language, "fr");
  EXPECT(heard.noSpeech > 0.01);
  FakeDecoder told(test::vocabularyOf(kTokens, {"de", "en", "fr"}), saying({" turn"}));
  request.language = "de";
  EXPECT_EQUAL(read(told, request).language, "de");
}

TEST("words have the times of the positions that the decoder looked at") {
  FakeDecoder decoder(test::vocabularyOf(kTokens), saying({" turn", " on"}));
  decoder.attentionPositions = 20;
  ReadRequest request = twoSeconds();
  request.samples = 16 * 320;
  request.words = true;
  const ReadResult result = read(decoder, request);
  EXPECT_EQUAL(result.words.size(), 2u);
  EXPECT_EQUAL(result.words[0].text, "turn");
  EXPECT(result.words[0].endMs > result.words[0].startMs);
  EXPECT(result.words[1].endMs <= 320);
  EXPECT_NEAR(result.words[0].confidence, 0.98, 0.01);
  EXPECT_EQUAL(result.best.endMs, 3 * 20);
}

TEST("the beam has fewer paths if the cache lacks room for all, and the reading fails if there is no room at all") {
  Bound commands({"turn on the light", "turn off the light", "latte"});
  const auto script = [](const std::string & text, const std::string &) -> Next {
    if (text.empty()) return {{" turn", 0.4}, {" latte", 0.3}};
    if (text == " turn") return {{" on", 0.4}, {" off", 0.35}};
    if (text.find(" the") == text.size() - 4) return {{" light", 0.9}};
    return {{text == " turn on" || text == " turn off" ? " the" : "", 0.9}};
  };
  FakeDecoder roomy(test::vocabularyOf(kTokens), script), narrow(test::vocabularyOf(kTokens), script, 9);
  EXPECT_EQUAL(read(roomy, twoSeconds(), &commands.grammar).constrained.size(), 3u);
  EXPECT(roomy.widest >= 3);
  EXPECT(!read(narrow, twoSeconds(), &commands.grammar).constrained.empty());
  FakeDecoder full(test::vocabularyOf(kTokens), script, 3);
  ReadResult result;
  EXPECT(!heed::search(full, {32000, 0, 0}, twoSeconds(), Grammars{&commands.grammar, nullptr}, result));
}

TEST("a decoder that fails at any of its calls fails the reading") {
  Bound commands({"turn on the light"}, "x");
  const auto script = saying({" turn", " on", " the", " night"}, 0.7);
  for (int call = 0;; call++) {
    FakeDecoder decoder(test::vocabularyOf(kTokens), script);
    decoder.failsAtCall = call;
    ReadResult result;
    const bool isRead =
        heed::search(decoder, {32000, 0, 0}, twoSeconds(), Grammars{&commands.grammar, nullptr}, result);
    EXPECT_EQUAL(isRead, decoder.calls <= call);
    if (isRead) break;
  }
}

TEST("a model that gives values that are not numbers fails the reading") {
  for (const int nBest : {1, 5}) {
    FakeDecoder decoder(test::vocabularyOf(kTokens),
                        [](const std::string &, const std::string &) -> Next { return {{" turn", NAN}, {"", NAN}}; });
    ReadRequest request = twoSeconds();
    request.nBest = nBest;
    ReadResult result;
    heed::search(decoder, {32000, 0, 0}, request, Grammars{}, result);
  }
}
