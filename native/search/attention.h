#pragma once
// Finds where in the audio the decoder looks.
#include <vector>

#include "../alignment.h"
#include "decoder.h"

namespace heed {

/** The audio that is read. */
struct Heard {
  int samples = 0;
  int positions = 0;     // in the decoder's memory, including the silence after the audio
  int latenessMs = 0;    // how much later than a word begins the alignment heads turn to it
  bool isShort = false;  // whether the window was short: a text that repeats itself is read again with the full one
};

/** The alignment heads' attention of the decoder's last call. */
class Attention {
 public:
  Attention(Decoder & decoder, const Heard & heard) : decoder_(decoder), heard_(heard) {}

  /** To be called after each call of the decoder, with the number of tokens that the decoder has read. */
  void read(int rows);
  /** The attention of one token. It stays valid after further calls of the decoder; null if there is no attention. */
  AttentionRow row(int row) const;
  /** The middle of a token's attention, ms. For the end of a text this is where in the audio the text ends. */
  int middleMs(int row) const;

 private:
  Decoder & decoder_;
  const Heard heard_;
  int heads_ = 0;
  int rows_ = 0;
  std::vector<float> weights_;  // rows × positions × heads, rows innermost
};

}  // namespace heed
