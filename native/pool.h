#pragma once
// The threads of the readers and the queue in front of them. This code knows nothing of N-API.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "reading.h"

namespace heed {

/** A reading that waits or runs. `done` is called once, on a pool thread or from `abort` or `close`. It must not throw.
 */
struct Job {
  int priority = 0;  // 0 is served first
  ReadRequest request;
  std::function<void(ReadStatus, ReadResult &&, std::string && error, double waitedMs)> done;
  std::atomic<bool> abort{false};
  int64_t queuedUs = 0;
};

/** Threads with one reader each. Jobs with the same priority are served in the order in which they came. If a reader
 * throws, its reading fails with that error. */
class Pool {
 public:
  Pool(std::vector<std::unique_ptr<Reader>> readers, size_t maxQueue);
  ~Pool() { close(); }

  /** Returns false if the queue is full or the pool is closed. */
  bool submit(std::shared_ptr<Job> job);
  /** Ends a waiting job at once, and a running one within a few ms. */
  void abort(const std::shared_ptr<Job> & job);
  void load(size_t & waiting, size_t & running) const;
  /** Aborts everything and joins the threads. Idempotent. */
  void close();

 private:
  void work(Reader & reader);

  std::vector<std::unique_ptr<Reader>> readers_;
  std::vector<std::thread> threads_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::shared_ptr<Job>> waiting_;
  std::vector<std::shared_ptr<Job>> running_;
  const size_t maxQueue_;
  bool closed_ = false;
};

}  // namespace heed
