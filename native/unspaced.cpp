#include "unspaced.h"

#include <cstring>

namespace heed {
namespace {

struct Range {
  uint32_t first, last;
};
constexpr Range kRanges[] = {
    {0x0E00, 0x0EFF},                       // Thai, Lao
    {0x1000, 0x109F},                       // Burmese
    {0x1780, 0x17FF},                       // Khmer
    {0x2E80, 0x2FDF},   {0x3005, 0x3007},   // Han: radicals, repetition marks, zero
    {0x3021, 0x3029},   {0x3031, 0x3035},   // Han and kana: numerals, repetition marks
    {0x303B, 0x303C},   {0x3041, 0x30FA},   // Kana
    {0x30FC, 0x30FF},   {0x31F0, 0x31FF},   // Kana, with the long vowel
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   // Han
    {0xA9E0, 0xA9FE},   {0xAA60, 0xAA7F},   // Burmese
    {0xF900, 0xFAFF},   {0xFF66, 0xFF9F},   // Han, kana of half width
    {0x1B000, 0x1B16F}, {0x20000, 0x3FFFF}  // Kana and Han beyond 16 bits
};

bool isContinuation(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

}  // namespace

bool isUnspacedAt(const std::string & text, size_t at) {
  const uint8_t lead = text[at];
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 1;
  if (length == 1 || at + length > text.size()) return false;
  uint32_t sign = lead & (length == 4 ? 0x07 : 0x0F);
  for (size_t i = 1; i < length; i++) sign = (sign << 6) | (static_cast<uint8_t>(text[at + i]) & 0x3F);
  for (const Range & range : kRanges)
    if (sign >= range.first && sign <= range.last) return true;
  return false;
}

bool endsUnspaced(const std::string & text) {
  size_t at = text.size();
  while (at > 0 && isContinuation(text[at - 1])) at--;
  return at > 0 && isUnspacedAt(text, at - 1);
}

size_t wideMarkAt(const std::string & text, size_t at) {
  for (const WideMark & mark : kWideMarks) {
    const size_t length = std::strlen(mark.text);
    if (text.compare(at, length, mark.text) == 0) return length;
  }
  return 0;
}

}  // namespace heed
