#pragma once
// The open texts of a search, and the decoder's cache that holds them. Both readings run through here side by side: one
// call of the decoder lengthens all paths by one token.
#include <vector>

#include "attention.h"
#include "decoder.h"

namespace heed {

/** One token of a reading: its log-probability, and by how much the likeliest token in its place was likelier. */
struct TokenScore {
  float logProbability = 0;
  float lead = 0;
};

/** An open text. The decoder has read its tokens and keeps them in its cache under `sequence`. */
struct Path {
  std::vector<int> tokens;  // without the prompt
  int sequence = 0;
  int row = 0;                     // number of the last token in the decoder's last call
  const float * logits = nullptr;  // those of the next token
  float normalizer = 0;
  float likeliest = 0;  // the largest of the logits

  TokenScore score(int token) const;
};

/** The end of a prompt that the decoder has read and keeps: what it expects next. */
struct Beginning {
  int sequence = 0;
  int size = 0;  // of the prompt
  std::vector<float> logits;
  float normalizer = 0;
  float likeliest = 0;  // the largest of the logits

  TokenScore score(int token) const;
};

/** What is wanted of a prompt: only what its last token predicts, or also the logits of its first token and the
 * attention. Long prompts are read several times faster without those. */
enum class PromptUse { last, all };

class Paths {
 public:
  Paths(Decoder & decoder, Attention & attention) : decoder_(decoder), attention_(attention) {}

  /** Reads a prompt, after which there is one open path. If the first `seen` tokens of the prompt are all that the
   * decoder has read, they are not read again; with `seen` 0 the cache is cleared first. */
  bool start(const std::vector<int> & prompt, PromptUse use, int seen = 0);
  /** What follows the prompt that `start` has read. To be called before any path is lengthened. */
  Beginning beginning() const;
  /** Closes all paths and reads another prompt, of which only what its last token predicts is wanted. The cache keeps
   * the first prompt, so that its beginning stays valid. */
  bool startBeside(const std::vector<int> & prompt);
  const Path & operator[](int index) const { return paths_[index]; }

  /** Marks a path to become one token longer in the next step, and returns the number of the longer path. Two readings
   * with the same tokens share one. */
  int extend(int from, int token);
  bool areAnyExtended() const { return !extensions_.empty(); }
  /**
   * Keeps only those extended paths that are still wanted, since some may have lost their place in the beam: all of
   * `first`, and as many of `second` as the decoder has room for. Sets their new numbers. Returns how many of `second`
   * are left.
   */
  size_t keep(const std::vector<int *> & first, const std::vector<int *> & second);
  /** Reads the next token of all extended paths, which then are the open paths. */
  bool step();

  /** Lets the decoder score whole texts after a prompt, including their ends, in one call. `scores` gets one list for
   * each text, or stays empty if the cache has no room. Closes all paths. */
  bool scoreWhole(const Beginning & beginning, const std::vector<std::vector<int>> & texts,
                  std::vector<std::vector<TokenScore>> & scores);

 private:
  struct Extension {
    int from;
    int token;
  };
  bool open(const std::vector<int> & prompt, PromptUse use, int seen);
  void closeAll();
  Path pathAt(int row);
  /** Gives the cached tokens of the paths to the paths that continue them. */
  std::vector<Path> lengthened();

  Decoder & decoder_;
  Attention & attention_;
  std::vector<Path> paths_;
  std::vector<Extension> extensions_;
  int promptSize_ = 0;
  int promptSequence_ = 0;
  int nextSequence_ = 1;
};

/** Reads the tokens of a prompt from number `from` on, under a sequence. */
bool readPrompt(Decoder & decoder, const std::vector<int> & prompt, PromptUse use, int from, int sequence = 0);

}  // namespace heed
