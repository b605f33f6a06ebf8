// One encode serves two readings: the free one, and, where that is no sure command, the one held to the grammar.

namespace heed {
namespace {

constexpr int kMaxRows = 16;  // token sequences decoded in one step
constexpr int kMaxConstrainedTokens = 110;
constexpr int kMaxPromptTokens = 120;
constexpr double kPrune = 6.0;          // nats below the best open sequence at which one is dropped
constexpr double kRivalMargin = 12.0;   // nats below the best finished reading at which the search ends
constexpr double kBoostPerToken = 1.6;  // nats; about what a rare name lacks against its common homophone
constexpr int kMaxFinished = 16;
constexpr size_t kMaxPlain = 3;  // readings that are scored once more without the grammar's prompt
constexpr int kMaxOpen = 3;      // readings that break off inside a command
// Speech that is no command: the best open sequence lies below what any accepted one has on its way, nats and nats a
// token.
constexpr double kHopeless = 25.0, kHopelessPerToken = 3.5;
constexpr double kHopelessDistance = 35.0;  // nats below the free reading
// A free reading that is in the grammar and as sure as this needs no second one.
constexpr double kSureMean = -0.4, kSureToken = -2.0;  // nats

/** Tokens read so far that the decoder has seen: they lie in its cache under `sequence`. */
struct Path {
  std::vector<int> tokens;
  int sequence = 0;
  const float * logits = nullptr;
  float normalizer = 0;
  float likeliest = 0;  // the largest of the logits
  int row = 0;          // in the decoder's last call, which read the next token
};

/** One token of a reading: its log-probability, and by how much the likeliest token in its place was likelier. */
struct TokenScore {
  float logProbability = 0;
  float lead = 0;
};

struct FreeHypothesis {
  int path = 0;
  double logProbability = 0;
  std::vector<TokenScore> scores;  // one a token
  std::vector<AttentionRow> attention;
  double bonus = 0, pendingBonus = 0;
  int boostState = -1;
  double score() const { return logProbability + bonus + pendingBonus; }
  double mean() const { return score() / static_cast<double>(scores.size()); }
};

struct ConstrainedHypothesis {
  int path = 0;
  int state = 0;
  double logProbability = 0;  // of all spellings with these letters that were met
  double bestSpelling = 0;
  std::string letters;
  std::vector<TokenScore> scores;  // of the best spelling
};

struct Finished {
  std::vector<int> tokens;
  std::vector<TokenScore> scores;  // one a token, and the end's
  std::vector<TokenScore> plainScores;
  double logProbability = 0;
  double bestSpelling = 0;
  std::string letters;
  int endMs = 0;
};

double logAdd(double a, double b) {
  const double most = std::max(a, b);
  return most + std::log1p(std::exp(std::min(a, b) - most));
}

/** A token's letters and digits, lower case: what is compared between two spellings of the same words. */
void appendLetters(const std::string & token, std::string & letters) {
  for (const char letter : token) {
    const uint8_t byte = letter;
    if (byte == ' ' || byte == ',' || byte == '.' || byte == '!' || byte == '?' || byte == '-') continue;
    letters += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : letter;
  }
}

/** Whether the tokens end by repeating themselves. */
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

/** Whether the whole text is one phrase twice over, which a window that is too short makes of it. */
bool isTwice(const std::string & letters) {
  const size_t half = letters.size() / 2;
  return half >= 8 && letters.size() % 2 == 0 && letters.compare(0, half, letters, half, half) == 0;
}

}  // namespace

class Reader::Search {
  struct NextPath {
    int from;
    int token;
  };
  struct FreeFinished {
    FreeHypothesis hypothesis;
    std::vector<int> tokens;
    int endMs;
  };

 public:
  Search(const Model & model, WhisperState & state, const ReadRequest & request, CoreWatch & cores,
         const std::atomic<bool> & abort)
      : model_(model), state_(state), vocab_(model.vocabulary()), request_(request), cores_(cores), abort_(abort) {}

  /** False when aborted, or when the library failed. */
  bool run(const std::vector<float> & mel, int positions, Grammar * grammar, Grammar * boost, ReadResult & result) {
    grammar_ = grammar;
    boost_ = boost;
    positions_ = positions;
    const int64_t start = ggml_time_us();
    if (!encode(mel)) return false;
    result.encodeMs = msSince(start);
    const int64_t encoded = ggml_time_us();
    if (!readPrompt(result) || !search()) return false;
    result.decodeMs = msSince(encoded);
    report(result);
    const int64_t decoded = ggml_time_us();
    if (request_.words) result.words = words();
    result.wordsMs = msSince(decoded);
    return true;
  }

 private:
  bool encode(const std::vector<float> & mel) {
    const int threads = cores_.threads(request_.threads);
    Encoder layers(model_.encoder(), positions_, model_.encoderSilence());
    const bool isEncoded = cores_.watch(threads, [&] { return state_.encode(mel, positions_, threads, layers); });
    if (!isEncoded || abort_.load()) return false;
    const Silence & silence = model_.silence();
    if (silence.empty() || positions_ >= silence.positions()) return true;
    silence.append(state_.crossMemory(), positions_);
    positions_ = silence.positions();
    state_.setPositions(positions_);
    return true;
  }

  bool decode(const std::vector<DecoderToken> & tokens) {
    return state_.decode(tokens, cores_.threads(request_.threads)) && !abort_.load();
  }

  /** The special tokens in front of the text; they give the language and the no-speech probability too. */
  bool readPrompt(ReadResult & result) {
    promptTokens_ = {vocab_.start};
    state_.clearCache();
    int seen = 0;
    result.language = request_.language;
    if (vocab_.isMultilingual()) {
      if (request_.language == "auto") {
        if (!decodePrompt(0)) return false;
        seen = 1;
        result.noSpeech = noSpeech();
        result.language = likeliestLanguage();
      }
      promptTokens_.push_back(vocab_.languageToken(result.language));
      promptTokens_.push_back(request_.translate ? vocab_.translate : vocab_.transcribe);
    } else
      result.language = "en";
    promptTokens_.push_back(vocab_.noTimestamps);
    if (!decodePrompt(seen)) return false;
    if (seen == 0) result.noSpeech = noSpeech();
    startFrom(seen);
    return true;
  }

  /** Once more, with phrases of the grammar as what was said before: words that the commands make likely are heard
   * better then, and others no worse. */
  bool readPromptOfGrammar() {
    std::vector<int> phrases = bytePairTokens(grammar_->prompt().empty() ? "" : " " + grammar_->prompt(), vocab_.ids);
    if (static_cast<int>(phrases.size()) > kMaxPromptTokens) phrases.resize(kMaxPromptTokens);
    if (!phrases.empty()) phrases.insert(phrases.begin(), vocab_.previous);
    promptTokens_.insert(promptTokens_.begin(), phrases.begin(), phrases.end());
    state_.clearCache();
    if (!decodePrompt(0)) return false;
    startFrom(0);
    return true;
  }

  /** The only open path begins behind the prompt, of which the tokens before `seen` were decoded earlier. */
  void startFrom(int seen) {
    Path root;
    root.row = static_cast<int>(promptTokens_.size()) - seen - 1;
    root.logits = row(root.row);
    suppressBlank(row(root.row));
    root.normalizer = logSumExp(root.logits, textTokens());
    root.likeliest = root.logits[argMax(root.logits, textTokens())];
    readAttention(static_cast<int>(promptTokens_.size()) - seen);
    paths_ = {std::move(root)};
    nextPaths_.clear();
  }

  bool decodePrompt(int from) {
    std::vector<DecoderToken> tokens;
    const int count = static_cast<int>(promptTokens_.size());
    for (int i = from; i < count; i++) tokens.push_back({promptTokens_[i], i, 0, i == from || i + 1 == count});
    return decode(tokens);
  }

  /** From the first row: the library's own value reads a row that was never computed. */
  float noSpeech() const {
    const float * logits = row(0);
    return std::exp(logits[vocab_.noSpeech] - logSumExp(logits, vocab_.size()));
  }

  std::string likeliestLanguage() const {
    const float * logits = row(0);
    std::string best = "en";
    float most = -INFINITY;
    for (const auto & [code, token] : vocab_.languages) {
      if (logits[token] <= most) continue;
      most = logits[token];
      best = code;
    }
    return best;
  }

  /** A text never begins with nothing: neither a blank nor its end. */
  void suppressBlank(float * logits) const {
    logits[vocab_.end] = -INFINITY;
    const auto blank = vocab_.ids.find(" ");
    if (blank != vocab_.ids.end()) logits[blank->second] = -INFINITY;
  }

  bool search() {
    // Speech has some 6 tokens a second at most; beyond 10 the text loops.
    freeLimit_ = std::min(220, 16 + request_.samples / 1600);
    free_ = {FreeHypothesis()};
    while (!free_.empty()) {
      if (abort_.load()) return false;
      extendFree(finishedFree_, std::max(request_.nBest, boost_ ? 3 : 1));
      if (!free_.empty() && !decodeStep()) return false;
    }
    if (!grammar_ || isSureCommand()) return true;
    return searchGrammar();
  }

  /** The reading held to the grammar, and beside it a free one that knows the same phrases: what it prefers tells how
   * well the other one fits. */
  bool searchGrammar() {
    const bool hadLooped = looped_;
    if (!readPromptOfGrammar()) return false;
    boost_ = nullptr;
    ConstrainedHypothesis first;
    first.state = grammar_->start();
    constrained_ = {first};
    free_ = {FreeHypothesis()};
    while (!constrained_.empty() || (!free_.empty() && !finished_.empty())) {
      if (abort_.load()) return false;
      if (!free_.empty()) extendFree(prompted_, 1);
      if (!constrained_.empty()) extendConstrained();
      if (nextPaths_.empty()) break;
      if (!decodeStep()) return false;
    }
    looped_ = hadLooped;
    return scorePlainly();
  }

  /** The likeliest readings once more without the grammar's prompt, all in one call: what speaks for them must not be
   * the prompt alone. */
  bool scorePlainly() {
    if (promptTokens_[0] != vocab_.previous) {
      for (Finished & finished : finished_) finished.plainScores = finished.scores;
      return true;
    }
    if (finished_.empty()) return true;
    const auto mean = [](const Finished & one) {
      return one.logProbability / static_cast<double>(one.tokens.size() + 1);
    };
    std::sort(finished_.begin(), finished_.end(),
              [&](const Finished & a, const Finished & b) { return mean(a) > mean(b); });
    promptTokens_.erase(promptTokens_.begin(), std::find(promptTokens_.begin(), promptTokens_.end(), vocab_.start));
    state_.clearCache();
    if (!decodePrompt(0)) return false;
    startFrom(0);
    const Path root = paths_[0];
    const size_t count = std::min(kMaxPlain, finished_.size());
    std::vector<DecoderToken> batch;
    for (size_t i = 0; i < count; i++) {
      std::vector<int> & tokens = finished_[i].tokens;
      finished_[i].plainScores = {scoreOf(root, tokens[0])};
      const int sequence = nextSequence_++;
      state_.copySequence(0, sequence);
      for (size_t at = 0; at < tokens.size(); at++)
        batch.push_back({tokens[at], static_cast<int>(promptTokens_.size() + at), sequence});
    }
    if (static_cast<int>(batch.size()) > state_.roomInCache()) return true;
    if (!decode(batch)) return false;
    int at = 0;
    for (size_t i = 0; i < count; i++) {
      const std::vector<int> & tokens = finished_[i].tokens;
      for (size_t next = 1; next <= tokens.size(); next++, at++) {
        Path place;
        place.logits = row(at);
        place.normalizer = logSumExp(place.logits, textTokens());
        place.likeliest = place.logits[argMax(place.logits, textTokens())];
        finished_[i].plainScores.push_back(scoreOf(place, next < tokens.size() ? tokens[next] : vocab_.end));
      }
    }
    return true;
  }

  /** Whether the free reading is in the grammar, every token of it sure; it is the constrained reading then. */
  bool isSureCommand() {
    const FreeFinished & best = finishedFree_[0];
    const std::vector<TokenScore> & each = best.hypothesis.scores;
    if (looped_ || best.hypothesis.logProbability < kSureMean * each.size()) return false;
    if (std::any_of(each.begin(), each.end(),
                    [](const TokenScore & score) { return score.logProbability < kSureToken; }))
      return false;
    int state = grammar_->start();
    for (const int token : best.tokens) {
      const std::vector<Step> & steps = grammar_->steps(state);
      const auto step = std::find_if(steps.begin(), steps.end(),
                                     [token](const Step & candidate) { return candidate.token == token; });
      if (step == steps.end()) return false;
      state = step->state;
    }
    if (!grammar_->accepts(state)) return false;
    finished_.push_back({best.tokens, best.hypothesis.scores, best.hypothesis.scores, best.hypothesis.logProbability,
                         best.hypothesis.logProbability, "", best.endMs});
    bestFinished_ = best.hypothesis.logProbability;
    return true;
  }

  void extendFree(std::vector<FreeFinished> & finished, int width) {
    const bool needsAttention = request_.words && &finished == &finishedFree_;
    struct Choice {
      FreeHypothesis hypothesis;
      int token;
      bool isEnd;
    };
    std::vector<Choice> choices;
    for (const FreeHypothesis & hypothesis : free_) {
      const Path & path = paths_[hypothesis.path];
      const AttentionRow attention = needsAttention ? attentionOf(path.row) : nullptr;
      const bool isTooLong = static_cast<int>(path.tokens.size()) >= freeLimit_;
      if (isTooLong) looped_ = true;
      for (const int token : bestTokens(path, hypothesis, width)) {
        FreeHypothesis longer = hypothesis;
        longer.scores.push_back(scoreOf(path, token));
        longer.logProbability += longer.scores.back().logProbability;
        if (needsAttention) longer.attention.push_back(attention);
        if (boost_) moveBoost(longer, token);
        choices.push_back({std::move(longer), token, isTooLong || token == vocab_.end});
      }
    }
    std::stable_sort(choices.begin(), choices.end(),
                     [](const Choice & a, const Choice & b) { return a.hypothesis.score() > b.hypothesis.score(); });
    std::vector<FreeHypothesis> next;
    for (Choice & choice : choices) {
      // An end counts only where it is as probable as what goes on: each text could end anywhere.
      if (static_cast<int>(next.size()) == width) break;
      if (choice.isEnd)
        finishFree(finished, choice.hypothesis);
      else {
        choice.hypothesis.path = extendPath(choice.hypothesis.path, choice.token);
        next.push_back(std::move(choice.hypothesis));
      }
    }
    // By token: the sum would prefer those that end early.
    std::stable_sort(finished.begin(), finished.end(), [](const FreeFinished & a, const FreeFinished & b) {
      return a.hypothesis.mean() > b.hypothesis.mean();
    });
    const bool isEnough = static_cast<int>(finished.size()) >= width;
    free_ = isEnough ? std::vector<FreeHypothesis>() : std::move(next);
  }

  std::vector<int> bestTokens(const Path & path, const FreeHypothesis & hypothesis, int width) {
    if (width == 1) return {argMax(path.logits, textTokens())};
    const int wanted = width + 1;
    std::vector<std::pair<float, int>> best;
    float least = -INFINITY;
    const auto offer = [&](float score, int token) {
      if (static_cast<int>(best.size()) == wanted && score <= least) return;
      for (const auto & known : best)
        if (known.second == token) return;
      best.insert(std::upper_bound(best.begin(), best.end(), score,
                                   [](float value, const auto & entry) { return value > entry.first; }),
                  {score, token});
      if (static_cast<int>(best.size()) > wanted) best.pop_back();
      least = best.back().first;
    };
    if (boost_) {
      for (const int state : {hypothesis.boostState, boost_->start()}) {
        if (state < 0) continue;
        for (const Step & step : boost_->steps(state))
          offer(path.logits[step.token] + static_cast<float>(kBoostPerToken), step.token);
      }
    }
    for (int token = 0; token < textTokens(); token++)
      if (path.logits[token] > least || static_cast<int>(best.size()) < wanted) offer(path.logits[token], token);
    std::vector<int> tokens;
    for (const auto & [score, token] : best)
      if (score > -INFINITY) tokens.push_back(token);
    return tokens;
  }

  /** Each token inside a boosted word earns a bonus, which is lost when the word is not finished. */
  void moveBoost(FreeHypothesis & hypothesis, int token) {
    if (hypothesis.boostState >= 0) {
      for (const Step & step : boost_->steps(hypothesis.boostState)) {
        if (step.token != token) continue;
        hypothesis.pendingBonus += kBoostPerToken;
        hypothesis.boostState = step.state;
        return;
      }
      const bool isNewWord = token == vocab_.end || !std::isalnum(static_cast<unsigned char>(text(token)[0]));
      if (isNewWord && boost_->accepts(hypothesis.boostState)) hypothesis.bonus += hypothesis.pendingBonus;
      hypothesis.pendingBonus = 0;
      hypothesis.boostState = -1;
    }
    for (const Step & step : boost_->steps(boost_->start())) {
      if (step.token != token) continue;
      hypothesis.pendingBonus = kBoostPerToken;
      hypothesis.boostState = step.state;
      return;
    }
  }

  void finishFree(std::vector<FreeFinished> & finished, FreeHypothesis & hypothesis) {
    const std::vector<int> & tokens = paths_[hypothesis.path].tokens;
    hypothesis.bonus += hypothesis.pendingBonus;
    hypothesis.pendingBonus = 0;
    finished.push_back({hypothesis, tokens, endOf(paths_[hypothesis.path].row)});
    std::string letters;
    for (const int token : tokens) appendLetters(text(token), letters);
    if (isLoop(tokens) || isTwice(letters)) looped_ = true;
  }

  void extendConstrained() {
    struct Choice {
      double score;
      int from;
      int token;
      int state;
    };
    std::vector<Choice> choices;
    double best = bestFinished_ - kRivalMargin + kPrune;
    for (size_t i = 0; i < constrained_.size(); i++) {
      const ConstrainedHypothesis & hypothesis = constrained_[i];
      const Path & path = paths_[hypothesis.path];
      if (grammar_->accepts(hypothesis.state))
        finishConstrained(hypothesis, path);
      else if (!path.tokens.empty())
        breakOff(hypothesis, path);
      if (static_cast<int>(path.tokens.size()) >= kMaxConstrainedTokens) continue;
      const double base = hypothesis.logProbability - path.normalizer;
      for (const Step & step : grammar_->steps(hypothesis.state)) {
        const double score = base + path.logits[step.token];
        if (score < best - kPrune || score == -INFINITY) continue;
        best = std::max(best, score);
        choices.push_back({score, static_cast<int>(i), step.token, step.state});
      }
    }
    const double tokens = static_cast<double>(paths_[constrained_[0].path].tokens.size()) + 1;
    const double floor = finishedFree_[0].hypothesis.logProbability - kHopelessDistance;
    if (finished_.empty() && (best < -kHopeless - kHopelessPerToken * tokens || best < floor)) {
      constrained_.clear();
      return;
    }
    // What merges below may take several places, so more than the width is looked at; ties fall to the smaller token.
    const size_t looked = std::min<size_t>(choices.size(), static_cast<size_t>(request_.beam) * 8);
    std::partial_sort(choices.begin(), choices.begin() + looked, choices.end(), [](const Choice & a, const Choice & b) {
      return a.score != b.score ? a.score > b.score : a.from != b.from ? a.from < b.from : a.token < b.token;
    });
    std::vector<ConstrainedHypothesis> next;
    for (size_t i = 0; i < looked; i++) {
      const Choice & choice = choices[i];
      if (choice.score < best - kPrune || choice.score < bestFinished_ - kRivalMargin) break;
      const ConstrainedHypothesis & from = constrained_[choice.from];
      std::string letters = from.letters;
      appendLetters(text(choice.token), letters);
      ConstrainedHypothesis * same = nullptr;
      for (ConstrainedHypothesis & known : next)
        if (known.state == choice.state && known.letters == letters) same = &known;
      if (same) {
        same->logProbability = logAdd(same->logProbability, choice.score);
        continue;
      }
      if (static_cast<int>(next.size()) == request_.beam) break;
      ConstrainedHypothesis longer;
      longer.state = choice.state;
      longer.logProbability = choice.score;
      longer.bestSpelling = from.bestSpelling + choice.score - from.logProbability;
      longer.letters = std::move(letters);
      longer.scores = from.scores;
      longer.scores.push_back(scoreOf(paths_[from.path], choice.token));
      longer.path = extendPath(from.path, choice.token);
      next.push_back(std::move(longer));
    }
    constrained_ = std::move(next);
  }

  void finishConstrained(const ConstrainedHypothesis & hypothesis, const Path & path) {
    const double end = path.logits[vocab_.end] - path.normalizer;
    const double logProbability = hypothesis.logProbability + end;
    if (!(logProbability > bestFinished_ - kRivalMargin)) return;
    std::vector<TokenScore> scores = hypothesis.scores;
    scores.push_back(scoreOf(path, vocab_.end));
    for (Finished & known : finished_) {
      if (known.letters != hypothesis.letters) continue;
      if (hypothesis.bestSpelling + end > known.bestSpelling) {
        known.bestSpelling = hypothesis.bestSpelling + end;
        known.tokens = path.tokens;
        known.scores = std::move(scores);
        known.endMs = endOf(path.row);
      }
      known.logProbability = logAdd(known.logProbability, logProbability);
      bestFinished_ = std::max(bestFinished_, known.logProbability);
      return;
    }
    finished_.push_back({path.tokens,
                         std::move(scores),
                         {},
                         logProbability,
                         hypothesis.bestSpelling + end,
                         hypothesis.letters,
                         endOf(path.row)});
    bestFinished_ = std::max(bestFinished_, logProbability);
  }

  TokenScore scoreOf(const Path & path, int token) const {
    return {path.logits[token] - path.normalizer, std::max(0.0f, path.likeliest - path.logits[token])};
  }

  /** The text may break off anywhere: the likeliest places are kept, to be compared with the whole commands. */
  void breakOff(const ConstrainedHypothesis & hypothesis, const Path & path) {
    const double end = path.logits[vocab_.end] - path.normalizer;
    const double logProbability = hypothesis.logProbability + end;
    if (static_cast<int>(open_.size()) == kMaxOpen && logProbability <= open_.back().logProbability) return;
    std::vector<TokenScore> scores = hypothesis.scores;
    scores.push_back(scoreOf(path, vocab_.end));
    const Finished broken{path.tokens,        std::move(scores), {}, logProbability, hypothesis.bestSpelling + end,
                          hypothesis.letters, endOf(path.row)};
    const auto place = std::find_if(open_.begin(), open_.end(),
                                    [&](const Finished & known) { return known.logProbability < logProbability; });
    open_.insert(place, broken);
    if (static_cast<int>(open_.size()) > kMaxOpen) open_.pop_back();
  }

  /** The path one token longer; two hypotheses with the same tokens share it. */
  int extendPath(int from, int token) {
    for (size_t i = 0; i < nextPaths_.size(); i++) {
      if (nextPaths_[i].from == from && nextPaths_[i].token == token) return static_cast<int>(i);
    }
    nextPaths_.push_back({from, token});
    return static_cast<int>(nextPaths_.size()) - 1;
  }

  /** One decoder call for all open paths. Both readings go through here, one after the other. */
  bool decodeStep() {
    dropClosed();
    const int count = static_cast<int>(nextPaths_.size());
    // A path that has one successor hands its cache on; one with several is shared by copies; one with none is freed.
    std::vector<int> successors(paths_.size(), 0);
    for (const NextPath & next : nextPaths_) successors[next.from]++;
    std::vector<Path> longer(count);
    std::vector<int> left = successors;
    for (int i = 0; i < count; i++) {
      const Path & from = paths_[nextPaths_[i].from];
      longer[i].tokens = from.tokens;
      longer[i].tokens.push_back(nextPaths_[i].token);
      if (--left[nextPaths_[i].from] == 0 && from.sequence != 0)
        longer[i].sequence = from.sequence;
      else {
        longer[i].sequence = nextSequence_++;
        state_.copySequence(from.sequence, longer[i].sequence);
      }
    }
    for (size_t i = 0; i < paths_.size(); i++)
      if (successors[i] == 0) dropSequence(paths_[i].sequence);
    std::vector<DecoderToken> tokens;
    for (int i = 0; i < count; i++) {
      const int position = static_cast<int>(promptTokens_.size() + longer[i].tokens.size()) - 1;
      tokens.push_back({nextPaths_[i].token, position, longer[i].sequence});
    }
    if (!decode(tokens)) return false;
    readAttention(count);
    for (int i = 0; i < count; i++) {
      longer[i].logits = row(i);
      longer[i].normalizer = logSumExp(longer[i].logits, textTokens());
      longer[i].likeliest = longer[i].logits[argMax(longer[i].logits, textTokens())];
      longer[i].row = i;
    }
    paths_ = std::move(longer);
    nextPaths_.clear();
    return true;
  }

  /** Removes paths that lost their hypothesis to the width of the beam; the cache's room is for the others. */
  void dropClosed() {
    std::vector<int> newIndex(nextPaths_.size(), -1);
    std::vector<NextPath> kept;
    const auto keep = [&](int & path) {
      if (newIndex[path] < 0) {
        newIndex[path] = static_cast<int>(kept.size());
        kept.push_back(nextPaths_[path]);
      }
      path = newIndex[path];
    };
    for (FreeHypothesis & hypothesis : free_) keep(hypothesis.path);
    const int room = std::min(kMaxRows, state_.roomInCache());
    for (size_t i = 0; i < constrained_.size(); i++) {
      if (newIndex[constrained_[i].path] < 0 && static_cast<int>(kept.size()) >= room) {
        constrained_.resize(i);
        break;
      }
      keep(constrained_[i].path);
    }
    nextPaths_ = std::move(kept);
  }

  void dropSequence(int sequence) {
    if (sequence != 0) state_.dropSequence(sequence);
  }

  /** Copies the alignment heads' attention of the last decoder call: rows × positions × heads, rows innermost. */
  void readAttention(int rows) {
    heads_ = state_.attention(rows, attention_);
    attentionRows_ = rows;
  }

  /** Row `row` of it, which outlives the call. */
  AttentionRow attentionOf(int row) const {
    if (heads_ == 0) return nullptr;
    auto result = std::make_shared<std::vector<float>>(static_cast<size_t>(positions_) * heads_);
    for (size_t i = 0; i < result->size(); i++) (*result)[i] = attention_[i * attentionRows_ + row];
    return result;
  }

  /** Where in the audio the decoder looks when it ends the text: the middle of the alignment heads' attention, ms. */
  int endOf(int row) const {
    if (heads_ == 0) return 0;
    const int spoken = std::clamp(request_.samples / 320, 1, positions_);
    double weight = 0, moment = 0;
    for (int head = 0; head < heads_; head++) {
      for (int at = 0; at < spoken; at++) {
        const double value = attention_[(static_cast<size_t>(head) * positions_ + at) * attentionRows_ + row];
        weight += value;
        moment += value * at;
      }
    }
    return weight > 0 ? static_cast<int>(moment / weight * 20) : 0;
  }

  void report(ReadResult & result) {
    for (size_t i = 0; i < finishedFree_.size() && static_cast<int>(i) < request_.nBest; i++) {
      const FreeFinished & finished = finishedFree_[i];
      const Reading reading{textOf(finished.tokens),
                            finished.hypothesis.logProbability,
                            static_cast<int>(finished.hypothesis.scores.size()),
                            finished.endMs,
                            scoresOf(finished.tokens, finished.hypothesis.scores),
                            {}};
      if (i > 0) {
        result.alternatives.push_back(reading);
        continue;
      }
      result.best = reading;
      double sum = 0;
      for (const TokenScore & score : finished.hypothesis.scores) sum += std::exp(score.logProbability);
      result.confidence = static_cast<float>(sum / std::max(1, reading.tokens));
    }
    result.looped = looped_;
    if (!prompted_.empty()) {
      const FreeFinished & best = prompted_[0];
      const int tokens = static_cast<int>(best.hypothesis.scores.size());
      result.prompted = {{textOf(best.tokens),
                          best.hypothesis.logProbability,
                          tokens,
                          best.endMs,
                          scoresOf(best.tokens, best.hypothesis.scores),
                          {}}};
    }
    for (const Finished & broken : open_) result.open.push_back(readingOf(broken));
    std::sort(finished_.begin(), finished_.end(),
              [](const Finished & a, const Finished & b) { return a.logProbability > b.logProbability; });
    for (const Finished & finished : finished_) {
      if (static_cast<int>(result.constrained.size()) == kMaxFinished ||
          finished.logProbability < bestFinished_ - kRivalMargin)
        break;
      result.constrained.push_back(readingOf(finished));
    }
  }

  Reading readingOf(const Finished & finished) const {
    return {textOf(finished.tokens),
            finished.logProbability,
            static_cast<int>(finished.tokens.size()) + 1,
            finished.endMs,
            scoresOf(finished.tokens, finished.scores),
            scoresOf(finished.tokens, finished.plainScores)};
  }

  /** Tokens joined to words at spaces; the end of the text comes last. */
  std::vector<WordScore> scoresOf(const std::vector<int> & tokens, const std::vector<TokenScore> & each) const {
    std::vector<WordScore> scores;
    for (size_t i = 0; i < each.size(); i++) {
      const bool isEnd = i >= tokens.size();
      const std::string piece = isEnd ? "" : text(tokens[i]);
      if (scores.empty() || isEnd || piece[0] == ' ') scores.push_back({});
      scores.back().text += piece;
      scores.back().logProbability += each[i].logProbability;
      scores.back().lead += each[i].lead;
    }
    for (WordScore & score : scores) score.text = trimmed(score.text);
    return scores;
  }

  /** Tokens joined to words at spaces, with their times and the mean probability of their tokens. */
  std::vector<Word> words() const {
    std::vector<Word> words;
    const FreeFinished & finished = finishedFree_[0];
    const std::vector<AttentionRow> & rows = finished.hypothesis.attention;
    if (rows.empty() || std::find(rows.begin(), rows.end(), nullptr) != rows.end()) return words;
    const int audioMs = request_.samples / 16;
    const int spoken = std::clamp((audioMs + 19) / 20, 1, positions_);
    const std::vector<int> starts = alignTokens(rows, positions_, spoken);
    const int late = latenessMs(model_.whisper().audioLayers(), !vocab_.isMultilingual());
    const auto startOf = [&](size_t token) {
      return token == 0 ? 0 : token < starts.size() ? std::clamp(starts[token] * 20 - late, 0, audioMs) : audioMs;
    };
    std::vector<int> tokensOf;
    for (size_t i = 0; i < finished.tokens.size(); i++) {
      const std::string & token = text(finished.tokens[i]);
      if (words.empty() || token[0] == ' ') {
        words.push_back({"", startOf(i), 0, 0});
        tokensOf.push_back(0);
      }
      words.back().text += token;
      words.back().confidence += std::exp(finished.hypothesis.scores[i].logProbability);
      tokensOf.back()++;
      words.back().endMs = startOf(i + 1);
    }
    for (size_t i = 0; i < words.size(); i++) {
      Word & word = words[i];
      word.confidence /= static_cast<float>(tokensOf[i]);
      word.endMs = std::max(word.endMs, word.startMs);
      word.text = trimmed(word.text);
    }
    words.erase(std::remove_if(words.begin(), words.end(), [](const Word & word) { return word.text.empty(); }),
                words.end());
    return words;
  }

  std::string textOf(const std::vector<int> & tokens) const {
    std::string joined;
    for (const int token : tokens) joined += text(token);
    return trimmed(joined);
  }

  static std::string trimmed(const std::string & text) {
    const size_t first = text.find_first_not_of(" \n\t");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \n\t") - first + 1);
  }

  const std::string & text(int token) const { return vocab_.texts[token]; }
  float * row(int index) const { return state_.logits(index); }
  int textTokens() const { return vocab_.textTokens(); }

  const Model & model_;
  WhisperState & state_;
  const Vocabulary & vocab_;
  const ReadRequest & request_;
  CoreWatch & cores_;
  const std::atomic<bool> & abort_;
  Grammar * grammar_ = nullptr;
  Grammar * boost_ = nullptr;
  std::vector<int> promptTokens_;
  std::vector<Path> paths_;
  std::vector<NextPath> nextPaths_;
  std::vector<FreeHypothesis> free_;
  std::vector<FreeFinished> finishedFree_;
  std::vector<FreeFinished> prompted_;
  std::vector<ConstrainedHypothesis> constrained_;
  std::vector<Finished> finished_;
  std::vector<Finished> open_;  // that break off inside a command, likeliest first
  double bestFinished_ = -INFINITY;
  int nextSequence_ = 1;
  int positions_ = 0;
  int heads_ = 0;
  int attentionRows_ = 0;
  std::vector<float> attention_;
  int freeLimit_ = 0;
  bool looped_ = false;
};

}  // namespace heed
