#pragma once
// Writing that has no spaces between words. Each of its signs is a word of its own (src/grammar/tokenize.ts).
#include <cstdint>
#include <string>

namespace heed {

/** Whether the sign of UTF-8 text that begins at a byte belongs to Chinese, Japanese, Thai, Lao, Khmer or Burmese. */
bool isUnspacedAt(const std::string & text, size_t at);

/** Whether the last sign of the text does. */
bool endsUnspaced(const std::string & text);

/** A full-width mark, as these scripts have them. */
struct WideMark {
  const char * text;
  bool endsSentence;
};
constexpr WideMark kWideMarks[] = {
    {"\u3002", true}, {"\uff01", true}, {"\uff1f", true}, {"\uff0c", false}, {"\u3001", false}};

/** Returns the length of the wide mark that begins at a byte of the text; 0 if there is none. */
size_t wideMarkAt(const std::string & text, size_t at);

}  // namespace heed
