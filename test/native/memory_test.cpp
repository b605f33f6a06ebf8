#include <cmath>
#include <numeric>
#include <stdexcept>

#include "harness.h"
#include "silence.h"

namespace {

constexpr int kLayers = 2, kFeatures = 3, kPositions = 64, kGroups = 16;

/** Keys and values in which each number has one byte. */
struct Memory {
  std::vector<uint8_t> keys = std::vector<uint8_t>(kLayers * kFeatures * kPositions);
  std::vector<uint8_t> values = keys;
  heed::CrossMemory cross() { return {keys.data(), values.data(), kLayers, kFeatures, 1, kPositions}; }
};

/** Silence whose numbers are counted upwards from 100. */
heed::Silence silenceFrom100() {
  std::vector<uint8_t> numbers(kLayers * kFeatures * kGroups);
  std::iota(numbers.begin(), numbers.end(), uint8_t{100});
  heed::Silence silence;
  silence.keep(numbers, numbers, kGroups);
  return silence;
}

}  // namespace

TEST("silence follows what was heard, layer by layer, and fills up to a multiple of 16 positions") {
  Memory memory;
  std::iota(memory.keys.begin(), memory.keys.end(), uint8_t{0});
  std::iota(memory.values.begin(), memory.values.end(), uint8_t{0});
  const heed::Silence silence = silenceFrom100();
  constexpr int kHeard = 9, kFirst = 3;  // the first group behind nine positions begins with the twelfth
  const int all = silence.positionsWith(kHeard);
  EXPECT_EQUAL(all, 32);
  silence.append(memory.cross(), kHeard);
  for (int layer = 0; layer < kLayers; layer++) {
    for (int at = 0; at < all; at++) {
      for (int feature = 0; feature < kFeatures; feature++) {
        const int group = kFirst + at - kHeard;
        const bool isHeard = at < kHeard, isSilence = !isHeard && group < kGroups;
        const int heardKey = (layer * kHeard + at) * kFeatures + feature;
        const int heardValue = (layer * kFeatures + feature) * kHeard + at;
        const int key = 100 + (layer * kGroups + group) * kFeatures + feature;
        const int value = 100 + (layer * kFeatures + feature) * kGroups + group;
        EXPECT_EQUAL(int{memory.keys[(layer * all + at) * kFeatures + feature]},
                     isHeard ? heardKey : isSilence ? key : 0);
        EXPECT_EQUAL(int{memory.values[(layer * kFeatures + feature) * all + at]},
                     isHeard ? heardValue : isSilence ? value : 0);
      }
    }
  }
}

TEST("a group of silence weighs as much as its members, and what fills up weighs nothing") {
  const std::vector<float> weights = silenceFrom100().weightsWith(9);
  EXPECT_EQUAL(weights.size(), 32u);
  EXPECT_EQUAL(weights[8], 0.0f);
  EXPECT_NEAR(weights[9], std::log(4.0), 1e-6);
  EXPECT_NEAR(weights[21], std::log(4.0), 1e-6);
  EXPECT_EQUAL(weights[22], -INFINITY);
}

TEST("after all positions were heard there is no silence") {
  EXPECT_EQUAL(silenceFrom100().positionsWith(kPositions), kPositions);
  EXPECT_EQUAL(heed::Silence().positionsWith(5), 5);
}

TEST("silence is not put into a memory of another size") {
  Memory memory;
  const heed::Silence silence = silenceFrom100();
  heed::CrossMemory smaller = memory.cross();
  smaller.maxPositions = 15;
  EXPECT_THROWS(std::out_of_range, (silence.append(smaller, 2), 0));
  EXPECT_THROWS(std::out_of_range, (silence.append(memory.cross(), kPositions + 1), 0));
  heed::CrossMemory fewer = memory.cross();
  fewer.layers = 1;
  EXPECT_THROWS(std::out_of_range, (silence.append(fewer, 2), 0));
}
