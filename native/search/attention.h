#pragma once
// Where in the audio the decoder looks.
#include <vector>

#include "../alignment.h"
#include "decoder.h"

namespace heed {

/** The audio that is read. */
struct Heard {
  int samples = 0;
  int positions = 0;   // of the decoder's memory, silence behind the audio included
  int latenessMs = 0;  // how much later than a word the alignment heads turn to it
};

/** The alignment heads' attention of the decoder's last call. */
class Attention {
 public:
  Attention(Decoder & decoder, const Heard & heard) : decoder_(decoder), heard_(heard) {}

  /** To be called after each call of the decoder, with the number of tokens that it read. */
  void read(int rows);
  /** That of one token, which outlives the call; null where there is none. */
  AttentionRow row(int row) const;
  /** The middle of it, ms: for the end of a text where in the audio it ends. */
  int middleMs(int row) const;

 private:
  Decoder & decoder_;
  const Heard heard_;
  int heads_ = 0;
  int rows_ = 0;
  std::vector<float> weights_;  // rows × positions × heads, rows innermost
};

}  // namespace heed
