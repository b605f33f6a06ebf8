// Tests of the arithmetic: sums of exponentials, products in panels, the spectrogram, alignment along the attention.
#include <cstdlib>
#include <limits>
#include <memory>

#include "alignment.h"
#include "audio_units.h"
#include "harness.h"
#include "key_products.h"
#include "logits.h"
#include "mel.h"
#include "panels.h"
#include "random_numbers.h"
#include "voice_model.h"

using test::halfOf;
using test::randomNumbers;

TEST("the sum of exponentials is exact to a millionth, even for values far apart") {
  for (const float least : {-1.0f, -30.0f, -200.0f}) {
    std::vector<float> values = randomNumbers(1003, least, 20);
    values[7] = -std::numeric_limits<float>::infinity();
    double sum = 0;
    for (const float value : values) sum += std::exp(static_cast<double>(value));
    EXPECT_NEAR(heed::logSumExp(values.data(), 1003), std::log(sum), 2e-6);
  }
  const std::vector<float> none(20, -std::numeric_limits<float>::infinity());
  EXPECT(std::isinf(heed::logSumExp(none.data(), 20)));
}

TEST("the largest value is found wherever it is") {
  for (const int place : {0, 5, 36}) {
    std::vector<float> values = randomNumbers(37, -5, 5);
    values[place] = 6;
    EXPECT_EQUAL(heed::argMax(values.data(), 37), place);
  }
}

TEST("a product in panels equals that of the matrix to within 8 bits, for every width, in one part or in several") {
  const int64_t columns = 64, rows = 37;
  const std::vector<float> matrix = randomNumbers(columns * rows, -1, 1);
  struct Free {
    void operator()(void * memory) const { std::free(memory); }
  };
  const std::unique_ptr<void, Free> packed(std::aligned_alloc(heed::kPanelAlignment, heed::panelBytes(columns, rows)));
  heed::packPanels(packed.get(), columns, rows, [&](int64_t row, float * numbers) {
    std::copy_n(matrix.begin() + row * columns, columns, numbers);
  });
  const heed::PanelMatrix panels{packed.get(), columns, rows};
  for (const int width : {1, 2, 3, 5, 8, 12, 14, 17}) {
    const std::vector<float> input = randomNumbers(columns * width, -1, 1);
    std::vector<float> output(rows * width);
    for (int part = 0; part < 3; part++)
      heed::multiplyPanels(panels, input.data(), columns, width, output.data(), part, 3);
    for (int column = 0; column < width; column++) {
      for (int64_t row = 0; row < rows; row++) {
        double wanted = 0;
        for (int64_t k = 0; k < columns; k++) wanted += matrix[row * columns + k] * input[column * columns + k];
        EXPECT_NEAR(output[column * rows + row], wanted, 0.1);
      }
    }
  }
  const int32_t numbers[] = {36, 0};
  std::vector<float> found(2 * columns);
  heed::lookUpRows(panels, numbers, 2, found.data());
  for (int64_t k = 0; k < columns; k++) EXPECT_NEAR(found[k], matrix[36 * columns + k], 0.01);
}

TEST("queries are multiplied with keys, for every number of tokens, in one part or in several") {
  if (!heed::kCanWidenHalves) return;
  const int64_t positions = 37, heads = 3, size = heed::kHeadSize;
  const std::vector<float> keys = randomNumbers(positions * heads * size, -1, 1);
  std::vector<uint16_t> halves;
  std::vector<double> rounded;
  for (const float key : keys) {
    rounded.push_back(halfOf(key).value);
    halves.push_back(halfOf(key).bits);
  }
  for (const int64_t tokens : {1, 3, 4, 9}) {
    const std::vector<float> queries = randomNumbers(heads * tokens * size, -1, 1);
    // The keys are stored by position, and the queries by token.
    const heed::Keys all{halves.data(), positions, heads, static_cast<size_t>(heads * size), size};
    for (const int parts : {1, 3}) {
      std::vector<float> found(heads * tokens * positions, -1000.0f);
      for (int part = 0; part < parts; part++)
        heed::multiplyKeys(all, {queries.data(), tokens, static_cast<size_t>(heads * size), size}, found.data(), part,
                           parts);
      for (int64_t head = 0; head < heads; head++)
        for (int64_t token = 0; token < tokens; token++)
          for (int64_t at = 0; at < positions; at++) {
            double wanted = 0;
            for (int64_t k = 0; k < size; k++)
              wanted += rounded[(at * heads + head) * size + k] * queries[(token * heads + head) * size + k];
            EXPECT_NEAR(found[(head * tokens + token) * positions + at], wanted, 1e-4);
          }
    }
  }
}

TEST("a spectrogram that grew with the audio equals that of the whole audio") {
  std::vector<float> weights(3 * 201, 0.0f);
  for (int band = 0; band < 3; band++)
    for (int k = 0; k < 40; k++) weights[band * 201 + 10 + band * 60 + k] = 0.02f;
  const heed::MelFilters filters(3, weights);
  const std::vector<float> samples = randomNumbers(heed::kSampleRate, -0.5, 0.5);
  heed::Mel whole(filters), grown(filters);
  whole.append(samples.data(), samples.size());
  for (size_t at = 0; at < samples.size(); at += 333) {
    grown.append(&samples[at], std::min<size_t>(333, samples.size() - at));
    grown.catchUp();
  }
  const std::vector<float> wanted = whole.finish(12345, 128), found = grown.finish(12345, 128);
  EXPECT_EQUAL(found.size(), static_cast<size_t>(3 * 128));
  for (size_t i = 0; i < found.size(); i++) EXPECT_NEAR(found[i], wanted[i], 1e-5);
}

TEST("tokens are aligned along the attention, in order") {
  const int positions = 40;
  std::vector<heed::AttentionRow> rows;
  for (int row = 0; row < 4; row++) {
    auto weights = std::make_shared<std::vector<float>>(positions, 0.0f);
    for (int at = row * 10; at < row * 10 + 10; at++) (*weights)[at] = 1;
    rows.push_back(weights);
  }
  const std::vector<int> starts = heed::alignTokens(rows, positions, positions);
  for (int row = 0; row < 4; row++) EXPECT_NEAR(starts[row], row * 10, 2);
}

TEST("a voice model without its tensors says which one is missing") {
  EXPECT_THROWS(std::invalid_argument, heed::VoiceModel(std::map<std::string, std::vector<float>>()));
}
