#pragma once
// Several threads make a reading faster only while each of them has a core to itself. They wait for each other after
// every step, so if another program takes the core of one thread, all of them are held up.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>

namespace heed {

/**
 * Notices when other programs need the cores, and decides for how long to use only one. A moment in which something
 * else ran, such as the program that sends the audio, is no reason yet. Used by one thread.
 */
class CoreWatch {
 public:
  /** How many of the offered threads to use. */
  int threads(int offered) const { return nowUs() < aloneUntilUs_ ? 1 : offered; }

  /** Runs work that uses `threads` threads, including this one. */
  template <typename Work>
  auto watch(int threads, Work work) {
    const int64_t startUs = nowUs(), startCpuUs = cpuUs();
    auto result = work();
    if (threads > 1) add(nowUs() - startUs, cpuUs() - startCpuUs);
    return result;
  }

  /** Counts work of several threads that took `wallUs`, for `usedUs` of which this thread had a core. */
  void add(int64_t wallUs, int64_t usedUs) {
    wallUs_ += wallUs;
    usedUs_ += usedUs;
    if (wallUs_ < kStretchUs) return;
    const bool isDisturbed = static_cast<double>(wallUs_ - usedUs_) >= kDisturbed * static_cast<double>(wallUs_);
    wallUs_ = usedUs_ = 0;
    if (!isDisturbed) {
      disturbed_ = 0;
      pauseUs_ = kFirstPauseUs;
      return;
    }
    if (++disturbed_ < kEnough) return;
    aloneUntilUs_ = nowUs() + pauseUs_;
    pauseUs_ = std::min(2 * pauseUs_, kLongestPauseUs);
  }

 private:
  static constexpr int64_t kStretchUs = 20'000;  // less work tells nothing
  static constexpr double kDisturbed = 0.25;     // the share of a stretch in which this thread had no core
  static constexpr int kEnough = 2;              // so many disturbed stretches in a row are no accident
  static constexpr int64_t kFirstPauseUs = 10'000'000, kLongestPauseUs = 600'000'000;

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

  int64_t wallUs_ = 0, usedUs_ = 0;  // of the stretch that is not complete
  int disturbed_ = 0;
  int64_t aloneUntilUs_ = 0;
  int64_t pauseUs_ = kFirstPauseUs;
};

}  // namespace heed
