#pragma once
// The readers' threads and the queue in front of them. Knows nothing of N-API.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine.h"

namespace heed {

/** Audio that grows while it is read from; every call may come from any thread. */
class Audio {
 public:
  explicit Audio(std::shared_ptr<Model> model) : model_(std::move(model)), mel_(model_->filters()) {}
  /** Also computes the spectrogram as far as it is final. */
  void append(const float * samples, size_t count);
  size_t samples() const;
  std::vector<float> spectrogram(size_t endSample, int frames);

 private:
  std::shared_ptr<Model> model_;
  mutable std::mutex mutex_;
  Mel mel_;
};

/** One reading on its way. `done` is called once, on a pool thread or inside `abort` and `close`. */
struct Job {
  int priority = 0;  // 0 is served first
  ReadRequest request;
  std::function<void(ReadStatus, ReadResult &&, std::string && error, double waitedMs)> done;
  std::atomic<bool> abort{false};
  int64_t queuedUs = 0;
};

/** Threads with one reader each. Jobs of one priority are served in their order. */
class Pool {
 public:
  /** Null on failure, with the reason in `error`. */
  static std::unique_ptr<Pool> create(std::shared_ptr<Model> model, int readers, size_t maxQueue, std::string & error);
  ~Pool() { close(); }

  /** False when the queue is full or the pool is closed. */
  bool submit(std::shared_ptr<Job> job);
  /** A waiting job ends at once, a running one within a few ms. */
  void abort(const std::shared_ptr<Job> & job);
  void load(size_t & waiting, size_t & running) const;
  /** Aborts everything and joins the threads. Idempotent. */
  void close();

 private:
  Pool() = default;
  void work(Reader & reader);

  std::vector<std::unique_ptr<Reader>> readers_;
  std::vector<std::thread> threads_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::shared_ptr<Job>> waiting_;
  std::vector<std::shared_ptr<Job>> running_;
  size_t maxQueue_ = 0;
  bool closed_ = false;
};

}  // namespace heed
