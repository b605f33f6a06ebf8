// The models of voices with weights that mean nothing: no count of samples reads or writes beyond a buffer, and what
// comes out has the shape it should have.
#include <cmath>
#include <stdexcept>
#include <string>

#include "harness.h"
#include "segmentation_model.h"
#include "speaker_model.h"

namespace {

using heed::Tensors;

std::vector<float> some(size_t size) {
  std::vector<float> values(size);
  for (size_t i = 0; i < size; i++) values[i] = 0.05f * std::sin(static_cast<float>(i));
  return values;
}

void addLstm(Tensors & tensors, const std::string & suffix, int inputs, int units) {
  tensors["lstm.weight_ih" + suffix] = some(static_cast<size_t>(4) * units * inputs);
  tensors["lstm.weight_hh" + suffix] = some(static_cast<size_t>(4) * units * units);
  tensors["lstm.bias_ih" + suffix] = tensors["lstm.bias_hh" + suffix] = some(4 * units);
}

Tensors segmentationTensors() {
  Tensors tensors;
  for (const char * name : {"sincnet.wav_norm1d.weight", "sincnet.wav_norm1d.bias"}) tensors[name] = {1};
  const std::string bank = "sincnet.conv1d.0.filterbank.";
  tensors[bank + "low_hz_"] = tensors[bank + "band_hz_"] = std::vector<float>(40, 100);
  tensors[bank + "window_"] = tensors[bank + "n_"] = std::vector<float>(125, 0.5f);
  for (int i = 0; i < 3; i++) {
    const std::string number = std::to_string(i);
    const int channels = i == 0 ? 80 : 60, before = i == 1 ? 80 : 60;
    if (i > 0) tensors["sincnet.conv1d." + number + ".weight"] = some(static_cast<size_t>(60) * before * 5);
    if (i > 0) tensors["sincnet.conv1d." + number + ".bias"] = some(60);
    for (const char * part : {".weight", ".bias"}) tensors["sincnet.norm1d." + number + part] = some(channels);
  }
  for (int layer = 0; layer < 4; layer++)
    for (const char * direction : {"", "_reverse"})
      addLstm(tensors, "_l" + std::to_string(layer) + direction, layer == 0 ? 60 : 256, 128);
  tensors["linear.0.weight"] = some(128 * 256);
  tensors["linear.1.weight"] = some(128 * 128);
  tensors["linear.0.bias"] = tensors["linear.1.bias"] = some(128);
  tensors["classifier.weight"] = some(3 * 128);
  tensors["classifier.bias"] = some(3);
  return tensors;
}

Tensors speakerTensors() {
  Tensors tensors;
  tensors["mel"] = some(40 * 201);
  for (int layer = 0; layer < 3; layer++) addLstm(tensors, "_l" + std::to_string(layer), layer == 0 ? 40 : 256, 256);
  tensors["linear.weight"] = some(256 * 256);
  tensors["linear.bias"] = some(256);
  return tensors;
}

}  // namespace

TEST("the segmentation model takes any number of samples, and says so much for each frame as it should") {
  const heed::SegmentationModel model(segmentationTensors());
  EXPECT_EQUAL(heed::SegmentationModel::framesOf(80000), 293);
  for (const int count : {0, 1, 250, 251, 1200, 1209, 5003, 24000}) {
    const std::vector<float> samples = some(count);
    const std::vector<float> activity = model.run(samples.data(), count);
    EXPECT_EQUAL(static_cast<int>(activity.size()), 3 * heed::SegmentationModel::framesOf(count));
    for (const float value : activity) EXPECT(value >= 0 && value <= 1);
  }
}

TEST("the speaker model takes any number of samples and pieces, and its vectors have a length of 1") {
  const heed::SpeakerModel model(speakerTensors());
  for (const int count : {0, 1, 159, 160, 401, 20000}) {
    const std::vector<float> samples = some(count);
    const std::vector<float> rows = model.spectrogram(samples.data(), count);
    EXPECT_EQUAL(static_cast<int>(rows.size()), 40 * (count / 160 + 1));
  }
  const std::vector<float> rows = some(40 * 70);
  const std::vector<const float *> pieces(67, rows.data());
  for (const int frames : {1, 65, 70}) {
    const std::vector<float> vectors = model.embed(pieces, frames);
    EXPECT_EQUAL(vectors.size(), pieces.size() * 256);
    double squares = 0;
    for (int i = 0; i < 256; i++) squares += vectors[i] * vectors[i];
    EXPECT_NEAR(squares, 1, 1e-4);
  }
}

TEST("a model of voices with a tensor too few or too small is refused") {
  for (const auto & [name, values] : segmentationTensors()) {
    Tensors tensors = segmentationTensors();
    tensors[name].push_back(0);
    EXPECT_THROWS(std::invalid_argument, heed::SegmentationModel(tensors));
  }
  for (const auto & [name, values] : speakerTensors()) {
    Tensors tensors = speakerTensors();
    tensors.erase(name);
    EXPECT_THROWS(std::invalid_argument, heed::SpeakerModel(tensors));
  }
}

TEST("the sigmoid of a register is that of the library") {
  for (float start = -100; start < 100; start += 0.37f) {
    heed::Lanes values;
    for (int i = 0; i < heed::kLanes; i++) values[i] = start + 0.013f * static_cast<float>(i);
    const heed::Lanes found = heed::sigmoid(values), tangent = heed::hyperbolicTangent(values);
    for (int i = 0; i < heed::kLanes; i++) {
      EXPECT_NEAR(found[i], 1 / (1 + std::exp(-static_cast<double>(values[i]))), 2e-7);
      EXPECT_NEAR(tangent[i], std::tanh(static_cast<double>(values[i])), 4e-7);
    }
  }
}
