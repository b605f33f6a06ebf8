#include "alignment.h"

#include <algorithm>
#include <cmath>

namespace heed {
namespace {

constexpr int kMedianWidth = 7;  // as in timing.py

/** The mean over the heads of their weights, each standardised over the rows at every position and then smoothed along
 * the positions. */
std::vector<float> meanWeights(const std::vector<AttentionRow> & rows, int positions, int spoken) {
  const int count = static_cast<int>(rows.size());
  const int heads = static_cast<int>(rows[0]->size()) / positions;
  std::vector<float> mean(static_cast<size_t>(count) * spoken, 0.0f);
  std::vector<float> head(static_cast<size_t>(count) * spoken);
  for (int h = 0; h < heads; h++) {
    for (int at = 0; at < spoken; at++) {
      double sum = 0, squares = 0;
      for (int row = 0; row < count; row++) {
        const double value = (*rows[row])[static_cast<size_t>(h) * positions + at];
        sum += value;
        squares += value * value;
      }
      const double average = sum / count;
      const double deviation = std::sqrt(std::max(squares / count - average * average, 0.0)) + 1e-9;
      for (int row = 0; row < count; row++) {
        head[static_cast<size_t>(row) * spoken + at] =
            static_cast<float>(((*rows[row])[static_cast<size_t>(h) * positions + at] - average) / deviation);
      }
    }
    float window[kMedianWidth];
    for (int row = 0; row < count; row++) {
      const float * weights = &head[static_cast<size_t>(row) * spoken];
      for (int at = 0; at < spoken; at++) {
        for (int k = 0; k < kMedianWidth; k++) {
          int from = std::abs(at + k - kMedianWidth / 2);
          if (from >= spoken) from = 2 * (spoken - 1) - from;
          window[k] = weights[std::clamp(from, 0, spoken - 1)];
        }
        std::nth_element(window, window + kMedianWidth / 2, window + kMedianWidth);
        mean[static_cast<size_t>(row) * spoken + at] += window[kMedianWidth / 2] / heads;
      }
    }
  }
  return mean;
}

}  // namespace

std::vector<int> alignTokens(const std::vector<AttentionRow> & rows, int positions, int spoken) {
  const int count = static_cast<int>(rows.size());
  if (count == 0 || spoken < 1) return std::vector<int>(count, 0);
  const std::vector<float> weights = meanWeights(rows, positions, spoken);
  // Find the cheapest monotone path, of which every step goes on by one row, by one position, or by both.
  const auto index = [spoken](int row, int at) { return static_cast<size_t>(row) * (spoken + 1) + at; };
  std::vector<float> cost(static_cast<size_t>(count + 1) * (spoken + 1), INFINITY);
  std::vector<uint8_t> from(cost.size(), 0);
  cost[0] = 0;
  for (int row = 1; row <= count; row++) {
    for (int at = 1; at <= spoken; at++) {
      const float both = cost[index(row - 1, at - 1)], nextRow = cost[index(row - 1, at)],
                  nextAt = cost[index(row, at - 1)];
      const float least = std::min({both, nextRow, nextAt});
      from[index(row, at)] = least == both ? 0 : least == nextRow ? 1 : 2;
      cost[index(row, at)] = least - weights[static_cast<size_t>(row - 1) * spoken + at - 1];
    }
  }
  std::vector<int> starts(count, 0);
  for (int row = count, at = spoken; row > 0 && at > 0;) {
    starts[row - 1] = at - 1;
    switch (from[index(row, at)]) {
      case 0:
        row--;
        at--;
        break;
      case 1:
        row--;
        break;
      default:
        at--;
    }
  }
  return starts;
}

int latenessMs(int audioLayers, bool isEnglish) {
  if (audioLayers == 4 && isEnglish) return 90;     // tiny.en
  if (audioLayers == 6 && !isEnglish) return -120;  // base
  return 0;
}

}  // namespace heed
