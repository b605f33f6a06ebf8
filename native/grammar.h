#pragma once
// Finds the tokens that may come next: follows the word graph of a session's commands letter by letter, together with
// the model's vocabulary.
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "vocabulary_trie.h"

namespace heed {

/** The flat word graph. Its fields are those of `DecoderGraph` in src/types.ts. */
struct WordGraph {
  std::vector<std::string> words;
  std::string prompt;  // phrases of the grammar, which the prompted and constrained readings are given first
  uint32_t start = 0;
  std::vector<uint32_t> arcStart;
  std::vector<uint8_t> arcKind;
  std::vector<uint32_t> arcLabel;
  std::vector<uint32_t> arcTarget;
  std::vector<uint8_t> final;

  /** Returns what is wrong with the graph; empty if all its indexes are in range. */
  std::string check() const;
};

enum ArcKind : uint8_t { kWordArc = 0, kCallArc = 1, kFreeArc = 2, kEpsilonArc = 3 };

/** A token that may come next, and the state it leads to. */
struct Step {
  int token;
  int state;
};

/**
 * The graph as an automaton over tokens, which is made deterministic as it is visited. A state is a set of places in
 * the graph. Its steps are computed at the first visit and kept, so that the cost of a decoder step does not depend on
 * the size of the grammar. Used by one thread at a time.
 */
class Grammar {
 public:
  Grammar(WordGraph graph, const VocabularyTrie & vocabulary);

  int start() const { return start_; }
  const std::string & prompt() const { return graph_.prompt; }
  const std::vector<Step> & steps(int state);
  /** Whether the text may end here. */
  bool accepts(int state);
  /** Forgets the states if they have grown too many. To be called between readings, as it makes all states invalid. */
  void trim();

 private:
  /** A place in the text: inside a word, inside a mark of several bytes, or between words. */
  struct Place {
    int32_t word;    // index of the word being spelled, or one of the marks below
    int32_t offset;  // how many bytes of it have been written; after a word, 1 if the next one needs no space
    int32_t node;    // the graph node after the word
    int32_t stack;   // where calls return to
    bool operator==(const Place & o) const {
      return word == o.word && offset == o.offset && node == o.node && stack == o.stack;
    }
    bool operator<(const Place & o) const;
  };
  enum Mark : int32_t { kBegin = -1, kBefore = -2, kAfter = -3, kComma = -4, kEnd = -5, kFree = -6, kWide = -7 };
  using Places = std::vector<Place>;
  struct PlacesHash {
    size_t operator()(const Places & places) const;
  };

  struct WordChoice {
    int32_t word;
    int32_t node;
    int32_t stack;
  };
  /** What may follow a node: words of the graph, free words, the end. */
  struct Closure {
    std::vector<WordChoice> words;                  // sorted by spelling
    std::vector<std::pair<int32_t, int32_t>> free;  // node and stack after a free word
    bool accepts = false;
  };

  void reset();
  int push(int32_t returnNode, int32_t below);
  const Closure & closure(int32_t node, int32_t stack);
  void advance(const Places & from, uint8_t byte, Places & to);
  void enterWord(const Place & from, uint8_t byte, bool onlyUnspaced, Places & to);
  void writeMark(const Place & from, int mark, int written, uint8_t byte, Places & to);
  Place afterWord(int32_t word, int32_t node, int32_t stack) const;
  bool isFinal(const Place & place);
  int intern(Places places);
  void collect(int trieNode, const Places & places, std::vector<Step> & steps);

  WordGraph graph_;
  std::vector<uint8_t> beginsUnspaced_, endsUnspaced_;  // of each word
  bool hasUnspaced_ = false;
  const VocabularyTrie & vocabulary_;
  int start_ = 0;
  std::vector<std::pair<int32_t, int32_t>> stacks_;  // return node, stack below
  std::unordered_map<uint64_t, int32_t> stackIds_;
  std::unordered_map<uint64_t, Closure> closures_;
  std::vector<Places> states_;
  std::unordered_map<Places, int, PlacesHash> stateIds_;
  std::vector<std::vector<Step>> steps_;
  std::vector<int8_t> stepsKnown_;
  size_t keptPlaces_ = 0;
  size_t keptSteps_ = 0;
};

}  // namespace heed
