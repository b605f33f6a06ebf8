#pragma once
// A model's tokens letter by letter, without case.
#include <cstdint>
#include <string>
#include <vector>

namespace heed {

/** Turns ASCII letters and the Latin-1 letters of UTF-8 (À…Þ) into lower case, which is what the phrases need. */
std::string lowerCase(const std::string & text);

/** All text tokens of a model as a trie over their lower-cased bytes. Built once per model. */
class VocabularyTrie {
 public:
  struct Node {
    int firstChild = -1;
    int nextSibling = -1;
    uint8_t byte = 0;
    std::vector<int> tokens;
  };
  /** `tokens[id]` is the token's text; ids from `tokens.size()` on are special. */
  explicit VocabularyTrie(const std::vector<std::string> & tokens);
  const Node & node(int index) const { return nodes_[index]; }

 private:
  std::vector<Node> nodes_;
};

}  // namespace heed
