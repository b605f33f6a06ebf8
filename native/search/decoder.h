#pragma once
// What the search needs of a speech model that has heard a piece of audio: tokens in, logits out.
#include <vector>

#include "vocabulary.h"

namespace heed {

/** A token for the decoder to read. */
struct DecoderToken {
  int token = 0;
  int position = 0;         // in its text, prompt included
  int sequence = 0;         // whose earlier tokens it follows
  bool wantsLogits = true;  // of the token behind it
};

/**
 * A decoder with a cache of the tokens that it has read. Each of them belongs to one sequence or to several, so that
 * texts which begin alike share their beginning.
 */
class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual const Vocabulary & vocabulary() const = 0;

  /** Reads the tokens, all at once. False when aborted, when the library failed, or when the cache has no room. */
  virtual bool decode(const std::vector<DecoderToken> & tokens) = 0;
  /** One value for each token of the vocabulary, as the token in place `row` of the last call left them. The caller may
   * change them. They are gone with the next call. */
  virtual float * logits(int row) = 0;
  /** Copies the alignment heads' attention of the last call: rows × positions × heads, rows innermost. Returns the
   * number of heads, 0 where there is none. */
  virtual int attention(int rows, std::vector<float> & weights) = 0;

  virtual void clearCache() = 0;
  /** `to` begins as `from` is now. */
  virtual void copySequence(int from, int to) = 0;
  virtual void dropSequence(int sequence) = 0;
  /** Tokens that one call may read now. */
  virtual int roomInCache() const = 0;
};

}  // namespace heed
