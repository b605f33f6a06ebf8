#include "engine.h"

#include "ggml-backend.h"
#include "ggml-cpu.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "alignment.h"
#include "byte_pairs.h"
#include "encoder.h"
#include "logits.h"
#include "search/decoder.h"

namespace heed {
namespace {

double msSince(int64_t startUs) { return (ggml_time_us() - startUs) / 1000.0; }

/** The encoder sees the audio and a little of what follows it. */
int positionsFor(int samples, int most) {
  constexpr int kMargin = 16, kStep = 16, kLeast = 64;
  const int wanted = samples / 320 + kMargin;
  return std::min(most, std::max(kLeast, (wanted + kStep - 1) / kStep * kStep));
}

/** Processors with a product of bfloat16 numbers do two of these where ggml does one of 16-bit floats, which it
 * widens. */
void roundToBfloat16(const std::vector<ggml_tensor *> & matrices) {
  std::vector<float> numbers;
  for (ggml_tensor * matrix : matrices) {
    if (matrix->type != GGML_TYPE_F16 || !ggml_backend_buffer_is_host(matrix->buffer)) continue;
    numbers.resize(ggml_nelements(matrix));
    ggml_fp16_to_fp32_row(static_cast<const ggml_fp16_t *>(matrix->data), numbers.data(), numbers.size());
    ggml_fp32_to_bf16_row(numbers.data(), static_cast<ggml_bf16_t *>(matrix->data), numbers.size());
    matrix->type = GGML_TYPE_BF16;  // of the same size
  }
}

}  // namespace
}  // namespace heed

#include "search.h"

namespace heed {

std::shared_ptr<Model> Model::load(const std::string & path, GpuUse use, std::string & error) {
  std::shared_ptr<Model> model(new Model());
  model->whisper_ = WhisperModel::load(path, use, error);
  if (!model->whisper_) return nullptr;
  model->filters_ = model->whisper_->filters();
  const Vocabulary & vocabulary = model->whisper_->vocabulary();
  model->trie_ = std::make_unique<VocabularyTrie>(
      std::vector<std::string>(vocabulary.texts.begin(), vocabulary.texts.begin() + vocabulary.end));
  model->encoder_ = model->whisper_->encoder();
  if (!model->whisper_->usesGpu()) {
    // The decoder has few columns at a time: the beam's.
    model->panels_.replace(model->whisper_->decoderMatrices());
    if (ggml_cpu_has_avx512_bf16()) roundToBfloat16(model->whisper_->audioMatrices());
  }
  return model->listenToSilence(error) ? model : nullptr;
}

bool Model::listenToSilence(std::string & error) {
  constexpr float kQuiet = -0.6f;  // of a normalised spectrogram; from -0.3 to -1.5 it makes no difference
  const std::unique_ptr<WhisperState> state = WhisperState::create(*whisper_, 64, error);
  if (!state) return false;
  device_ = state->device();
  const int positions = maxPositions() / 16 * 16;  // ggml's fast matrix product takes multiples of 16
  const std::vector<float> quiet(static_cast<size_t>(2 * positions) * filters_.bands, kQuiet);
  const int threads = std::clamp<int>(std::thread::hardware_concurrency(), 1, 4);
  constexpr int kGroup = 4;  // positions: singly they bring no more, by 8 and 16 the words get worse
  encoderSilence_ = std::make_unique<EncoderSilence>(kGroup);
  Encoder encoder(encoder_, positions, nullptr, encoderSilence_.get());
  if (!state->encode(quiet, positions, threads, encoder)) {
    error = recentLog();
    return false;
  }
  silence_.keep(state->crossMemory(), positions);
  return true;
}

std::unique_ptr<Reader> Reader::create(std::shared_ptr<Model> model, std::string & error) {
  constexpr int kCacheTokens = 1024;  // room for many readings side by side
  std::unique_ptr<Reader> reader(new Reader());
  reader->model_ = std::move(model);
  reader->state_ = WhisperState::create(reader->model_->whisper(), kCacheTokens, error);
  return reader->state_ ? std::move(reader) : nullptr;
}

Grammar * Reader::grammarFor(const std::string & id, const std::shared_ptr<const WordGraph> & graph) {
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

bool Reader::readOnce(const ReadRequest & request, int positions, const std::atomic<bool> & abort,
                      ReadResult & result) {
  const int64_t start = ggml_time_us();
  const std::vector<float> mel = request.spectrogram(2 * positions);
  result.positions = positions;
  result.melMs = msSince(start);
  Search search(*model_, *state_, request, cores_, abort);
  Grammar * boost = grammarFor(request.boostId, request.boost);
  Grammar * grammar = grammarFor(request.graphId, request.graph);
  return search.run(mel, positions, grammar, boost, result);
}

ReadStatus Reader::read(const ReadRequest & request, const std::atomic<bool> & abort, ReadResult & result,
                        std::string & error) {
  const int most = model_->maxPositions();
  int positions = request.positions > 0 ? std::min(request.positions, most) : positionsFor(request.samples, most);
  state_->setAbort(&abort);
  bool ok = readOnce(request, positions, abort, result);
  if (ok && result.looped && positions < most) {
    // Once more with all that the model expects.
    positions = most;
    const ReadResult before = std::move(result);
    result = ReadResult();
    ok = readOnce(request, positions, abort, result);
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

}  // namespace heed
