#include "search.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "../audio_units.h"
#include "../stopwatch.h"
#include "constrained_reading.h"
#include "free_reading.h"
#include "paths.h"
#include "prompt.h"
#include "words.h"

namespace heed {
namespace {

/** Speech has some 6 tokens a second at most. A text with more than 10 a second repeats itself. */
int maxFreeTokens(int samples) { return std::min(220, 16 + samples / (kSampleRate / 10)); }

/** One reading of one piece of audio. */
class Search {
 public:
  Search(Decoder & decoder, const Heard & heard, const ReadRequest & request, const Grammars & grammars)
      : decoder_(decoder),
        vocabulary_(decoder.vocabulary()),
        request_(request),
        heard_(heard),
        grammars_(grammars),
        attention_(decoder, heard),
        paths_(decoder, attention_),
        free_(vocabulary_, paths_, attention_, grammars.boost,
              {std::max(request.nBest, grammars.boost ? 3 : 1), maxFreeTokens(heard.samples), request.words,
               heard.isShort}),
        prompted_(vocabulary_, paths_, attention_, nullptr, {1, maxFreeTokens(heard.samples), false, true}) {
    if (grammars.bound)
      bound_ = std::make_unique<ConstrainedReading>(vocabulary_, paths_, attention_, *grammars.bound, request.beam);
  }

  bool run(ReadResult & result) {
    const Stopwatch decoding;
    if (!readFreely(result)) return false;
    result.looped = free_.hasLooped();
    if (result.looped && heard_.isShort) return true;  // nothing of this reading will count
    const bool isSure = bound_ && !free_.hasLooped() && bound_->takeSure(free_.finished()[0]);
    if (bound_ && !isSure && !readBound()) return false;
    result.decodeMs = decoding.ms();
    report(result);
    const Stopwatch timing;
    const FreeText & best = free_.finished()[0];
    if (request_.words) result.words = timedWords(vocabulary_, best.tokens, best.scores, best.attention, heard_);
    result.wordsMs = timing.ms();
    return true;
  }

 private:
  bool readFreely(ReadResult & result) {
    if (!makePrompt(decoder_, request_, prompt_)) return false;
    if (prompt_.seen > 0) result.noSpeech = noSpeech(decoder_);
    if (!paths_.start(prompt_.tokens, PromptUse::all, prompt_.seen)) return false;
    if (prompt_.seen == 0) result.noSpeech = noSpeech(decoder_);
    result.language = prompt_.language;
    if (bound_) beginning_ = paths_.beginning();
    free_.start();
    while (free_.isOpen()) {
      free_.extend();
      if (free_.isOpen() && !step(free_)) return false;
    }
    return !free_.finished().empty();  // nothing is finished if the model gives values that are not numbers
  }

  /** Runs the constrained reading, and beside it a free one with the same phrases as prompt: what that one prefers
   * shows how well the other one fits. */
  bool readBound() {
    const std::vector<int> prompt = promptWithPhrases(vocabulary_, grammars_.bound->prompt(), prompt_.tokens);
    if (!paths_.startBeside(prompt)) return false;
    bound_->start(free_.finished()[0].logProbability);
    prompted_.start();
    while (bound_->isOpen() || (prompted_.isOpen() && bound_->hasFinished())) {
      if (prompted_.isOpen()) prompted_.extend();
      if (bound_->isOpen()) bound_->extend();
      if (!paths_.areAnyExtended()) break;
      if (!step(prompted_)) return false;
    }
    if (prompt.size() > prompt_.tokens.size()) return bound_->scorePlainly(beginning_);
    bound_->takeScoresAsPlain();
    return true;
  }

  bool step(FreeReading & free) {
    const size_t left = paths_.keep(free.openPaths(), bound_ ? bound_->openPaths() : std::vector<int *>());
    if (bound_) bound_->close(left);
    return paths_.step();
  }

  Reading readingOf(const FreeText & text) const {
    return {textOf(vocabulary_, text.tokens),
            text.logProbability,
            static_cast<int>(text.scores.size()),
            text.endMs,
            wordScores(vocabulary_, text.tokens, text.scores),
            {}};
  }

  Reading readingOf(const BoundText & text) const {
    return {textOf(vocabulary_, text.tokens),
            text.logProbability,
            static_cast<int>(text.tokens.size()) + 1,
            text.endMs,
            wordScores(vocabulary_, text.tokens, text.scores),
            wordScores(vocabulary_, text.tokens, text.plainScores)};
  }

  void report(ReadResult & result) {
    const std::vector<FreeText> & free = free_.finished();
    result.best = readingOf(free[0]);
    double sum = 0;
    for (const TokenScore & score : free[0].scores) sum += std::exp(score.logProbability);
    result.confidence = static_cast<float>(sum / std::max(1, result.best.tokens));
    for (size_t i = 1; i < free.size() && static_cast<int>(i) < request_.nBest; i++)
      result.alternatives.push_back(readingOf(free[i]));
    if (!bound_) return;
    if (!prompted_.finished().empty()) result.prompted = {readingOf(prompted_.finished()[0])};
    for (const BoundText & text : bound_->finished()) result.constrained.push_back(readingOf(text));
    for (const BoundText & text : bound_->brokenOff()) result.open.push_back(readingOf(text));
  }

  Decoder & decoder_;
  const Vocabulary & vocabulary_;
  const ReadRequest & request_;
  const Heard heard_;
  const Grammars grammars_;
  Attention attention_;
  Paths paths_;
  Prompt prompt_;
  Beginning beginning_;  // of the texts after that prompt
  FreeReading free_, prompted_;
  std::unique_ptr<ConstrainedReading> bound_;
};

}  // namespace

bool search(Decoder & decoder, const Heard & heard, const ReadRequest & request, const Grammars & grammars,
            ReadResult & result) {
  return Search(decoder, heard, request, grammars).run(result);
}

}  // namespace heed
