#include "engine.h"

#include <algorithm>
#include <thread>

#include "alignment.h"
#include "audio_units.h"
#include "encoder.h"
#include "library_log.h"
#include "number_types.h"
#include "panels.h"
#include "position_groups.h"
#include "search/search.h"
#include "stopwatch.h"

namespace heed {
namespace {

/** How many positions the encoder sees: those of the audio and a few more. */
int positionsFor(int samples, int most) {
  constexpr int kMargin = 16, kStep = 16, kLeast = 64;
  const int wanted = samples / kSamplesPerPosition + kMargin;
  return std::min(most, std::max(kLeast, (wanted + kStep - 1) / kStep * kStep));
}

/** The decoder over the audio that was encoded last, as the search uses it. */
class StateDecoder final : public Decoder {
 public:
  StateDecoder(const Vocabulary & vocabulary, WhisperState & state, const std::atomic<bool> & abort, CoreWatch & cores,
               int threads)
      : vocabulary_(vocabulary), state_(state), abort_(abort), cores_(cores), offered_(threads) {}

  const Vocabulary & vocabulary() const override { return vocabulary_; }
  bool decode(const std::vector<DecoderToken> & tokens, bool wantsAttention) override {
    if (abort_.load()) return false;
    const int threads = cores_.threads(offered_);
    return cores_.watch(threads, [&] { return state_.decode(tokens, wantsAttention, threads); }) && !abort_.load();
  }
  float * logits(int row) override { return state_.logits(row); }
  int attention(int rows, std::vector<float> & weights) override { return state_.attention(rows, weights); }
  void clearCache() override { state_.clearCache(); }
  void copySequence(int from, int to) override { state_.copySequence(from, to); }
  void dropSequence(int sequence) override { state_.dropSequence(sequence); }
  int roomInCache() const override { return state_.roomInCache(); }

 private:
  const Vocabulary & vocabulary_;
  WhisperState & state_;
  const std::atomic<bool> & abort_;
  CoreWatch & cores_;
  const int offered_;
};

}  // namespace

std::shared_ptr<Model> Model::load(const std::string & path, GpuUse use, std::string & error) {
  std::shared_ptr<Model> model(new Model());
  model->whisper_ = WhisperModel::load(path, use, error);
  if (!model->whisper_) return nullptr;
  model->filters_ = model->whisper_->filters();
  const Vocabulary & vocabulary = model->whisper_->vocabulary();
  model->trie_ = std::make_unique<VocabularyTrie>(
      std::vector<std::string>(vocabulary.texts.begin(), vocabulary.texts.begin() + vocabulary.end));
  if (!model->whisper_->usesGpu()) {
    std::vector<ggml_tensor **> matrices = model->whisper_->decoderMatrices();
    // The decoder has only as many columns as the beam is wide, the encoder one for each position.
    if (kPanelsTakeManyColumns) {
      const std::vector<ggml_tensor **> ofAudio = model->whisper_->audioMatrices();
      matrices.insert(matrices.end(), ofAudio.begin(), ofAudio.end());
    }
    model->panels_.replace(matrices);
  }
  model->encoder_ = model->whisper_->encoder();
  return model->listenToSilence(error) ? model : nullptr;
}

bool Model::listenToSilence(std::string & error) {
  constexpr float kQuiet = -0.6f;  // silence in a normalised spectrogram; any value from -0.3 to -1.5 does as well
  const std::unique_ptr<WhisperState> state = WhisperState::create(*whisper_, 64, error);
  if (!state) return false;
  device_ = state->device();
  const int positions = maxPositions() / kPositionMultiple * kPositionMultiple;
  const std::vector<float> quiet(static_cast<size_t>(kFramesPerPosition * positions) * filters_.bands, kQuiet);
  const int threads = std::clamp<int>(std::thread::hardware_concurrency(), 1, 4);
  encoderSilence_ = std::make_unique<EncoderSilence>();
  Encoder encoder(encoder_, positions, nullptr, encoderSilence_.get());
  if (!state->encode(quiet, positions, threads, encoder)) {
    error = recentLog();
    return false;
  }
  state->changeCrossMemory(positions, 0, [&](const CrossMemory & memory) {
    const size_t count = static_cast<size_t>(memory.layers) * memory.features * positions;
    const auto merged = [&](const uint8_t * numbers, size_t step) {
      return narrowed(groupMeans(widened(numbers, count, encoder_.type), positions, step), encoder_.type);
    };
    silence_.keep(merged(memory.keys, memory.features), merged(memory.values, 1), positions / kGroupSize);
  });
  return true;
}

std::unique_ptr<WhisperReader> WhisperReader::create(std::shared_ptr<Model> model, std::string & error) {
  std::unique_ptr<WhisperReader> reader(new WhisperReader());
  reader->model_ = std::move(model);
  return reader->ensureState(error) ? std::move(reader) : nullptr;
}

bool WhisperReader::ensureState(std::string & error) {
  constexpr int kCacheTokens = 1024;  // room for many readings side by side
  if (!state_) state_ = WhisperState::create(model_->whisper(), kCacheTokens, error);
  return state_ != nullptr;
}

Grammar * WhisperReader::grammarFor(const std::string & id, const std::shared_ptr<const WordGraph> & graph) {
  // Fewer than the graphs that are kept (src/platform/recent.ts), because a walked one holds up to 128 MB of places;
  // one that was dropped is walked again, which costs a part of its next reading.
  constexpr size_t kMaxKept = 12;
  if (!graph) return nullptr;
  for (size_t i = 0; i < grammars_.size(); i++) {
    if (grammars_[i].id != id) continue;
    std::rotate(grammars_.begin() + i, grammars_.begin() + i + 1, grammars_.end());
    grammars_.back().grammar->trim();
    return grammars_.back().grammar.get();
  }
  if (grammars_.size() >= kMaxKept) grammars_.erase(grammars_.begin());
  grammars_.push_back({id, std::make_unique<Grammar>(*graph, model_->trie())});
  return grammars_.back().grammar.get();
}

bool WhisperReader::encode(const ReadRequest & request, const std::vector<float> & mel, int positions) {
  const int threads = cores_.threads(request.threads);
  Encoder layers(model_->encoder(), positions, model_->encoderSilence());
  if (!cores_.watch(threads, [&] { return state_->encode(mel, positions, threads, layers); })) return false;
  const Silence & silence = model_->silence();
  const int all = silence.positionsWith(positions);
  if (all == positions) return true;
  state_->changeCrossMemory(positions, all, [&](const CrossMemory & memory) { silence.append(memory, positions); });
  state_->setPositions(silence.weightsWith(positions));
  return true;
}

bool WhisperReader::readOnce(const ReadRequest & request, int positions, const std::atomic<bool> & abort,
                             ReadResult & result) {
  const Grammars grammars{grammarFor(request.graphId, request.graph), grammarFor(request.boostId, request.boost)};
  const Stopwatch listening;
  const std::vector<float> mel = request.spectrogram(kFramesPerPosition * positions);
  result.positions = positions;
  result.melMs = listening.ms();
  const Stopwatch encoding;
  if (!encode(request, mel, positions) || abort.load()) return false;
  result.encodeMs = encoding.ms();
  const bool isEnglish = !model_->vocabulary().isMultilingual();
  const Heard heard{request.samples, state_->positions(), latenessMs(model_->whisper().audioLayers(), isEnglish),
                    positions < model_->maxPositions()};
  StateDecoder decoder(model_->vocabulary(), *state_, abort, cores_, request.threads);
  return search(decoder, heard, request, grammars, result);
}

ReadStatus WhisperReader::readOrThrow(const ReadRequest & request, const std::atomic<bool> & abort, ReadResult & result,
                                      std::string & error) {
  if (!ensureState(error)) return ReadStatus::failed;
  const int most = model_->maxPositions();
  const int positions = request.positions > 0 ? std::min(request.positions, most) : positionsFor(request.samples, most);
  state_->setAbort(&abort);
  bool ok = readOnce(request, positions, abort, result);
  if (ok && result.looped && positions < most) {
    // A text that repeats itself may come from the short window, so the audio is read again with the full one.
    const ReadResult before = std::move(result);
    result = ReadResult();
    ok = readOnce(request, most, abort, result);
    result.melMs += before.melMs;
    result.encodeMs += before.encodeMs;
    result.decodeMs += before.decodeMs;
    result.wordsMs += before.wordsMs;
  }
  state_->setAbort(nullptr);
  if (ok) return ReadStatus::ok;
  if (abort.load()) return ReadStatus::aborted;
  error = "whisper.cpp could not compute: " + recentLog();
  return ReadStatus::failed;
}

ReadStatus WhisperReader::read(const ReadRequest & request, const std::atomic<bool> & abort, ReadResult & result,
                               std::string & error) {
  try {
    return readOrThrow(request, abort, result, error);
  } catch (...) {
    // An exception may have left these half changed.
    grammars_.clear();
    state_.reset();
    throw;
  }
}

}  // namespace heed
