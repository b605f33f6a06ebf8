#pragma once
// Several threads make a reading faster only while each of them has a core to itself. They wait for each other after
// every step, so if another program takes the core of one thread, all of them are held up.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>

namespace heed {

/** Notices when other programs need the cores, and decides for how long to use only one. Used by one thread. */
class CoreWatch {
 public:
  /** How many of the offered threads to use. */
  int threads(int offered) const { return nowUs() < aloneUntilUs_ ? 1 : offered; }

  /** Runs work that uses `threads` threads, including this one. */
  template <typename Work>
  auto watch(int threads, Work work) {
    const int64_t startUs = nowUs(), startCpuUs = cpuUs();
    auto result = work();
    if (threads > 1) judge(nowUs() - startUs, cpuUs() - startCpuUs);
    return result;
  }

 private:
  static constexpr int64_t kShortestUs = 10'000;  // shorter work tells nothing
  static constexpr double kDisturbed = 0.25;      // the share of its time in which this thread had no core
  static constexpr int64_t kFirstPauseUs = 10'000'000, kLongestPauseUs = 600'000'000;

  void judge(int64_t wallUs, int64_t usedUs) {
    if (wallUs < kShortestUs) return;
    if (static_cast<double>(wallUs - usedUs) < kDisturbed * static_cast<double>(wallUs)) {
      pauseUs_ = kFirstPauseUs;
      return;
    }
    aloneUntilUs_ = nowUs() + pauseUs_;
    pauseUs_ = std::min(2 * pauseUs_, kLongestPauseUs);
  }

  static int64_t nowUs() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  }

  /** Processor time of this thread. */
  static int64_t cpuUs() {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<int64_t>(time.tv_sec) * 1'000'000 + time.tv_nsec / 1'000;
  }

  int64_t aloneUntilUs_ = 0;
  int64_t pauseUs_ = kFirstPauseUs;
};

}  // namespace heed
