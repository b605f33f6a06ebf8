// The models of voices with weights that mean nothing: no count of samples reads or writes beyond a buffer, and what
// comes out has the shape it should have.
#include <cmath>
#include <stdexcept>
#include <string>

#include "harness.h"
#include "bounded_layer.h"
#include "fbank.h"
#include "segmentation_model.h"
#include "voice_encoder.h"

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

void addNorm(Tensors & tensors, const std::string & name, int channels) {
  tensors[name + "weight"] = tensors[name + "running_var"] = std::vector<float>(channels, 1);
  tensors[name + "bias"] = tensors[name + "running_mean"] = some(channels);
}

void addHead(Tensors & tensors) {
  const auto addConvolution = [&](const std::string & number, const std::string & name, int channels) {
    tensors[name + "conv" + number + ".weight"] = some(static_cast<size_t>(32) * channels * 9);
    addNorm(tensors, name + "bn" + number + ".", 32);
  };
  addConvolution("1", "head.", 1);
  addConvolution("2", "head.", 32);
  for (const std::string name : {"head.layer1.0.", "head.layer1.1.", "head.layer2.0.", "head.layer2.1."}) {
    addConvolution("1", name, 32);
    addConvolution("2", name, 32);
    if (name[12] != '0') continue;
    tensors[name + "shortcut.0.weight"] = some(32 * 32);
    addNorm(tensors, name + "shortcut.1.", 32);
  }
}

Tensors encoderTensors() {
  Tensors tensors;
  addHead(tensors);
  tensors["xvector.tdnn.linear.weight"] = some(128 * 320 * 5);
  addNorm(tensors, "xvector.tdnn.nonlinear.batchnorm.", 128);
  int channels = 128;
  for (int block = 1; block <= 3; block++) {
    const int layers[] = {12, 24, 16};
    for (int layer = 1; layer <= layers[block - 1]; layer++, channels += 32) {
      const std::string name = "xvector.block" + std::to_string(block) + ".tdnnd" + std::to_string(layer) + ".";
      addNorm(tensors, name + "nonlinear1.batchnorm.", channels);
      tensors[name + "linear1.weight"] = some(static_cast<size_t>(128) * channels);
      addNorm(tensors, name + "nonlinear2.batchnorm.", 128);
      tensors[name + "cam_layer.linear_local.weight"] = some(32 * 128 * 3);
      tensors[name + "cam_layer.linear1.weight"] = some(64 * 128);
      tensors[name + "cam_layer.linear1.bias"] = some(64);
      tensors[name + "cam_layer.linear2.weight"] = some(32 * 64);
      tensors[name + "cam_layer.linear2.bias"] = some(32);
    }
    const std::string transit = "xvector.transit" + std::to_string(block) + ".";
    addNorm(tensors, transit + "nonlinear.batchnorm.", channels);
    tensors[transit + "linear.weight"] = some(static_cast<size_t>(channels) * channels / 2);
    channels /= 2;
  }
  addNorm(tensors, "xvector.out_nonlinear.batchnorm.", 512);
  tensors["xvector.dense.linear.weight"] = some(192 * 1024);
  tensors["xvector.dense.nonlinear.batchnorm.running_mean"] = some(192);
  tensors["xvector.dense.nonlinear.batchnorm.running_var"] = std::vector<float>(192, 1);
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

TEST("the windows of a stream give what they give one by one, wherever they begin") {
  const heed::SegmentationModel model(segmentationTensors());
  const std::vector<float> samples = some(12000);
  heed::SegmentationModel::Filtered before;
  for (const auto & [start, count] : {std::pair{0, 3000}, {0, 5000}, {800, 5000}, {1605, 5000}, {1700, 2000}, {9000, 3000}}) {
    const std::vector<float> alone = model.run(&samples[start], count),
                             next = model.run(&samples[start], count, start, before);
    EXPECT_EQUAL(next.size(), alone.size());
    for (size_t i = 0; i < alone.size(); i++) EXPECT_NEAR(next[i], alone[i], 1e-5);
  }
}

TEST("a bounded layer gives what its weights and inputs do, at the bounds as well") {
  for (const auto & [inputs, outputs] : {std::pair{60, 512}, {128, 64}, {400, 60}, {512, 3}}) {
    const std::vector<float> weights = some(static_cast<size_t>(inputs) * outputs), bias = some(outputs);
    const heed::BoundedLayer layer(weights, bias, inputs, outputs);
    EXPECT(layer.inputs() >= inputs && layer.outputs() >= outputs);
    const float bound = 2.5f;
    std::vector<float> values(3 * layer.inputs());
    std::vector<heed::PackedInput> packed(values.size());
    for (int row = 0; row < 3; row++)
      for (int i = 0; i < inputs; i++)
        values[row * layer.inputs() + i] = row == 0 ? (i % 2 == 0 ? bound : -bound) : row == 1 ? bound : std::sin(0.7f * i);
    heed::pack(values.data(), static_cast<int>(values.size()), bound, packed.data());
    std::vector<float> results(4 * layer.outputs());
    std::vector<const heed::PackedInput *> rows;
    std::vector<float *> to;
    for (int row = 0; row < 3; row++) {
      rows.push_back(&packed[row * layer.inputs()]);
      to.push_back(&results[row * layer.outputs()]);
    }
    layer.multiply(rows, bound, to);
    layer.multiplyAdd(rows[2], bound, &results[3 * layer.outputs()]);
    for (int row = 0; row < 4; row++)
      for (int output = 0; output < outputs; output++) {
        double sum = row < 3 ? bias[output] : 0;
        for (int i = 0; i < inputs; i++)
          sum += static_cast<double>(weights[output * inputs + i]) * values[std::min(row, 2) * layer.inputs() + i];
        EXPECT_NEAR(results[row * layer.outputs() + output], sum, 2e-3);
      }
  }
  EXPECT_THROWS(std::invalid_argument, heed::BoundedLayer(some(513), some(1), 513, 1));
}

TEST("the encoder of voices takes any number of samples, and its vectors have a length of 1") {
  const heed::VoiceEncoder model(encoderTensors());
  for (const int count : {0, 1, 399, 400, 559, 560, 1200, 20000, 41000}) {
    const std::vector<float> samples = some(count);
    const std::vector<float> features = model.features(samples.data(), count);
    const int frames = heed::VoiceEncoder::framesOf(count);
    EXPECT_EQUAL(static_cast<int>(features.size()), 512 * frames);
    for (const float value : features) EXPECT(value >= 0);
    std::vector<float> weights(frames, 1), none(frames);
    for (const float value : model.pool(features.data(), none.data(), frames)) EXPECT_EQUAL(value, 0);
    if (frames == 0) continue;
    double squares = 0;
    const std::vector<float> vector = model.pool(features.data(), weights.data(), frames);
    EXPECT_EQUAL(vector.size(), 192u);
    for (const float value : vector) squares += value * value;
    EXPECT_NEAR(squares, 1, 1e-4);
  }
}

TEST("a band holds most of a tone that lies in its middle, and silence has the least value there is") {
  const heed::Fbank fbank;
  std::vector<float> samples(1000);
  for (size_t i = 0; i < samples.size(); i++) samples[i] = std::sin(2 * std::acos(-1.0) * 1000 * i / 16000);
  const std::vector<float> rows = fbank.run(samples.data(), 1000);
  EXPECT_EQUAL(rows.size(), 80u * 4);
  // The middle of band 27 is at 1004 Hz: 700 · (e^(m / 1127) − 1) of m = 31.7 + 28 · 34.67 mel.
  for (int band = 0; band < 80; band++) EXPECT(rows[band] <= rows[27]);
  const std::vector<float> silence(400);
  for (const float value : fbank.run(silence.data(), 400)) EXPECT_NEAR(value, std::log(1.1920929e-7), 1e-4);
}

TEST("a model of voices with a tensor too few or too small is refused") {
  for (const auto & [name, values] : segmentationTensors()) {
    Tensors tensors = segmentationTensors();
    tensors[name].push_back(0);
    EXPECT_THROWS(std::invalid_argument, heed::SegmentationModel(tensors));
  }
  Tensors all = encoderTensors();
  for (const char * name : {"head.conv1.weight", "head.layer2.0.shortcut.1.running_var", "xvector.tdnn.linear.weight",
                            "xvector.block2.tdnnd24.cam_layer.linear2.bias", "xvector.transit3.linear.weight",
                            "xvector.dense.nonlinear.batchnorm.running_mean"}) {
    auto taken = all.extract(name);
    EXPECT_THROWS(std::invalid_argument, heed::VoiceEncoder(all));
    all.insert(std::move(taken));
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
