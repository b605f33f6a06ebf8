#pragma once
// What the search needs from a speech model that has heard a piece of audio: it reads tokens and gives logits.
#include <vector>

#include "vocabulary.h"

namespace heed {

/** A token for the decoder to read. */
struct DecoderToken {
  int token = 0;
  int position = 0;         // in its text, including the prompt
  int sequence = 0;         // the sequence that the token continues
  bool wantsLogits = true;  // whether the logits of the next token are wanted
};

/**
 * A decoder with a cache of the tokens that it has read. Each of them belongs to one sequence or to several, so that
 * texts which begin alike share their beginning.
 */
class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual const Vocabulary & vocabulary() const = 0;

  /** Reads all the tokens at once. Returns false if aborted, if the library failed, or if the cache has no room.
   * `wantsAttention` tells whether `attention` will be called. */
  virtual bool decode(const std::vector<DecoderToken> & tokens, bool wantsAttention) = 0;
  /** The logits after token number `row` of the last call, which wanted them, one for each token of the vocabulary. The
   * caller may change them. They are valid until the next call. */
  virtual float * logits(int row) = 0;
  /** Copies the alignment heads' attention of the last call: rows × positions × heads, rows innermost. Returns the
   * number of heads, or 0 if there is no attention or none was wanted. */
  virtual int attention(int rows, std::vector<float> & weights) = 0;

  virtual void clearCache() = 0;
  /** Makes sequence `to` a copy of sequence `from`. */
  virtual void copySequence(int from, int to) = 0;
  virtual void dropSequence(int sequence) = 0;
  /** How many tokens the next call may read. */
  virtual int roomInCache() const = 0;
};

}  // namespace heed
