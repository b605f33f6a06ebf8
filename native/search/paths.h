#pragma once
// The texts that a search has open, and the decoder's cache in which they lie. Both readings go through here, side by
// side: one call of the decoder lengthens all paths by one token.
#include <vector>

#include "attention.h"
#include "decoder.h"

namespace heed {

/** One token of a reading: its log-probability, and by how much the likeliest token in its place was likelier. */
struct TokenScore {
  float logProbability = 0;
  float lead = 0;
};

/** Tokens read so far that the decoder has seen: they lie in its cache under `sequence`. */
struct Path {
  std::vector<int> tokens;  // without the prompt
  int sequence = 0;
  int row = 0;                     // in the decoder's last call, which read the last token
  const float * logits = nullptr;  // of the next token
  float normalizer = 0;
  float likeliest = 0;  // the largest of the logits

  TokenScore score(int token) const;
};

class Paths {
 public:
  Paths(Decoder & decoder, Attention & attention) : decoder_(decoder), attention_(attention) {}

  /** Reads a prompt; the one open path stands behind it. The first `seen` tokens of it were read before and alone; else
   * all that was read is forgotten. */
  bool start(const std::vector<int> & prompt, int seen = 0);
  const Path & operator[](int index) const { return paths_[index]; }

  /** The path one token longer, for the next step; two readings with the same tokens share it. */
  int extend(int from, int token);
  bool areAnyExtended() const { return !extensions_.empty(); }
  /**
   * Keeps those of the extended paths that are still wanted, since a reading may have lost its place in the beam: all
   * of `first`, and of `second` as many as the decoder has room for. Sets their new numbers. Returns how many of
   * `second` are left.
   */
  size_t keep(const std::vector<int *> & first, const std::vector<int *> & second);
  /** Reads the next token of all extended paths, which are the open ones then. */
  bool step();

  /** How the decoder scores whole texts behind the prompt, their ends included, in one call: `scores` gets one list a
   * text, or stays empty where the cache has no room. Closes all paths but the first. */
  bool scoreWhole(const std::vector<std::vector<int>> & texts, std::vector<std::vector<TokenScore>> & scores);

 private:
  struct Extension {
    int from;
    int token;
  };
  Path pathAt(int row);
  /** Hands on what the paths have in the cache. */
  std::vector<Path> lengthened();

  Decoder & decoder_;
  Attention & attention_;
  std::vector<Path> paths_;
  std::vector<Extension> extensions_;
  int promptSize_ = 0;
  int nextSequence_ = 1;
};

/** Reads the tokens of a prompt from number `from` on; the logits of the first and the last of them are wanted. */
bool readPrompt(Decoder & decoder, const std::vector<int> & prompt, int from);

}  // namespace heed
