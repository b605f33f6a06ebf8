#include "byte_pairs.h"

#include <cctype>
#include <cstdint>

namespace heed {
namespace {

enum class Kind { letter, digit, other };

Kind kindOf(char byte) {
  const uint8_t value = byte;
  if (value >= 0x80 || std::isalpha(value)) return Kind::letter;
  return std::isdigit(value) ? Kind::digit : Kind::other;
}

/** The pieces that no token may cross: each is a run of letters, digits or signs with the space before it, or an ending
 * such as "'d". */
std::vector<std::string> pieces(const std::string & text) {
  std::vector<std::string> result;
  size_t at = 0;
  while (at < text.size()) {
    const size_t start = at;
    if (text[at] == ' ' && at + 1 < text.size() && text[at + 1] != ' ') at++;
    const bool isShortForm = text[at] == '\'' && at + 1 < text.size() && kindOf(text[at + 1]) == Kind::letter;
    if (isShortForm) at++;
    const Kind kind = kindOf(text[at]);
    while (at < text.size() && text[at] != ' ' && kindOf(text[at]) == kind &&
           !(kind == Kind::other && at > start && text[at] == '\''))
      at++;
    if (at == start) at++;
    result.push_back(text.substr(start, at - start));
  }
  return result;
}

}  // namespace

std::vector<int> bytePairTokens(const std::string & text, const std::map<std::string, int> & tokenIds) {
  std::vector<int> tokens;
  for (const std::string & piece : pieces(text)) {
    std::vector<std::string> parts;
    for (const char byte : piece) parts.emplace_back(1, byte);
    while (parts.size() > 1) {
      size_t best = parts.size();
      int lowest = INT32_MAX;
      for (size_t i = 0; i + 1 < parts.size(); i++) {
        const auto known = tokenIds.find(parts[i] + parts[i + 1]);
        if (known == tokenIds.end() || known->second >= lowest) continue;
        lowest = known->second;
        best = i;
      }
      if (best == parts.size()) break;
      parts[best] += parts[best + 1];
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best) + 1);
    }
    for (const std::string & part : parts) {
      const auto known = tokenIds.find(part);
      if (known != tokenIds.end()) tokens.push_back(known->second);
    }
  }
  return tokens;
}

}  // namespace heed
