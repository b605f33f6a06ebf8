#include "vocabulary_trie.h"

namespace heed {

std::string lowerCase(const std::string & text) {
  std::string result = text;
  for (size_t i = 0; i < result.size(); i++) {
    const uint8_t byte = result[i];
    if (byte >= 'A' && byte <= 'Z')
      result[i] = static_cast<char>(byte + 32);
    else if (i > 0 && static_cast<uint8_t>(result[i - 1]) == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97)
      result[i] = static_cast<char>(byte + 32);
  }
  return result;
}

VocabularyTrie::VocabularyTrie(const std::vector<std::string> & tokens) : nodes_(1) {
  for (size_t id = 0; id < tokens.size(); id++) {
    const std::string text = lowerCase(tokens[id]);
    if (text.empty()) continue;
    int at = 0;
    for (const char letter : text) {
      const uint8_t byte = letter;
      int child = nodes_[at].firstChild;
      while (child >= 0 && nodes_[child].byte != byte) child = nodes_[child].nextSibling;
      if (child < 0) {
        child = static_cast<int>(nodes_.size());
        nodes_.emplace_back();
        nodes_[child].byte = byte;
        nodes_[child].nextSibling = nodes_[at].firstChild;
        nodes_[at].firstChild = child;
      }
      at = child;
    }
    nodes_[at].tokens.push_back(static_cast<int>(id));
  }
}

}  // namespace heed
