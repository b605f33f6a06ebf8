#include "letters.h"

#include <algorithm>
#include <cstdint>

namespace heed {

void appendLetters(const std::string & token, std::string & letters) {
  for (const char letter : token) {
    const uint8_t byte = letter;
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
