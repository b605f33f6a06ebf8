#include "letters.h"

#include <algorithm>
#include <cstdint>

#include "../unspaced.h"

namespace heed {

void appendLetters(const std::string & token, std::string & letters) {
  for (size_t at = 0; at < token.size(); at++) {
    const char letter = token[at];
    const uint8_t byte = letter;
    if (const size_t mark = wideMarkAt(token, at)) {
      at += mark - 1;
      continue;
    }
    if (byte == ' ' || byte == ',' || byte == '.' || byte == '!' || byte == '?' || byte == '-') continue;
    letters += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : letter;
  }
}

bool isLoop(const std::vector<int> & tokens) {
  const int count = static_cast<int>(tokens.size());
  for (int length = 1; length <= count / 2 && length <= 30; length++) {
    int repeats = 1;
    while ((repeats + 1) * length <= count &&
           std::equal(tokens.end() - length, tokens.end(), tokens.end() - (repeats + 1) * length))
      repeats++;
    if (repeats >= (length == 1 ? 6 : length < 4 ? 4 : length < 8 ? 3 : 2)) return true;
  }
  return false;
}

bool isTwice(const std::string & letters) {
  const size_t half = letters.size() / 2;
  return half >= 8 && letters.size() % 2 == 0 && letters.compare(0, half, letters, half, half) == 0;
}

}  // namespace heed
