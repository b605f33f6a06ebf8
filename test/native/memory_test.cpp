#include <numeric>
#include <stdexcept>

#include "harness.h"
#include "silence.h"

namespace {

/** Keys and values in which each number has one byte. */
struct Memory {
  static constexpr int kLayers = 2, kFeatures = 3, kPositions = 8;
  std::vector<uint8_t> keys = std::vector<uint8_t>(kLayers * kFeatures * kPositions);
  std::vector<uint8_t> values = keys;
  heed::CrossMemory cross() { return {keys.data(), values.data(), kLayers, kFeatures, 1, kPositions}; }
};

}  // namespace

TEST("silence follows what was heard, layer by layer") {
  Memory memory;
  std::iota(memory.keys.begin(), memory.keys.end(), uint8_t{100});
  std::iota(memory.values.begin(), memory.values.end(), uint8_t{100});
  const Memory quiet = memory;
  heed::Silence silence;
  silence.keep(memory.cross(), Memory::kPositions);
  std::iota(memory.keys.begin(), memory.keys.end(), uint8_t{0});
  std::iota(memory.values.begin(), memory.values.end(), uint8_t{0});
  constexpr int kHeard = 3;
  silence.append(memory.cross(), kHeard);
  for (int layer = 0; layer < Memory::kLayers; layer++) {
    for (int at = 0; at < Memory::kPositions; at++) {
      for (int feature = 0; feature < Memory::kFeatures; feature++) {
        const int key = (layer * Memory::kPositions + at) * Memory::kFeatures + feature;
        const int value = (layer * Memory::kFeatures + feature) * Memory::kPositions + at;
        const int heardKey = (layer * kHeard + at) * Memory::kFeatures + feature;
        const int heardValue = (layer * Memory::kFeatures + feature) * kHeard + at;
        EXPECT_EQUAL(int{memory.keys[key]}, at < kHeard ? heardKey : int{quiet.keys[key]});
        EXPECT_EQUAL(int{memory.values[value]}, at < kHeard ? heardValue : int{quiet.values[value]});
      }
    }
  }
}

TEST("silence is not put into a memory of another size") {
  Memory memory;
  heed::Silence silence;
  silence.keep(memory.cross(), Memory::kPositions);
  heed::CrossMemory smaller = memory.cross();
  smaller.maxPositions = Memory::kPositions - 1;
  EXPECT_THROWS(std::out_of_range, (silence.append(smaller, 2), 0));
  EXPECT_THROWS(std::out_of_range, (silence.append(memory.cross(), Memory::kPositions + 1), 0));
  heed::CrossMemory fewer = memory.cross();
  fewer.layers = 1;
  EXPECT_THROWS(std::out_of_range, (silence.append(fewer, 2), 0));
}
