#include "pool.h"

#include <algorithm>
#include <chrono>

#include "failure.h"

namespace heed {
namespace {

int64_t nowUs() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

Pool::Pool(std::vector<std::unique_ptr<Reader>> readers, size_t maxQueue)
    : readers_(std::move(readers)), maxQueue_(maxQueue) {
  running_.reserve(readers_.size());
  threads_.reserve(readers_.size());
  try {
    for (auto & reader : readers_) threads_.emplace_back([this, &reader = *reader] { work(reader); });
  } catch (...) {
    close();
    throw;
  }
}

bool Pool::submit(std::shared_ptr<Job> job) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    // Jobs that an idle reader will take at once do not count as waiting.
    const size_t idle = readers_.size() - running_.size();
    if (closed_ || waiting_.size() >= maxQueue_ + idle) return false;
    job->queuedUs = nowUs();
    const auto place = std::upper_bound(waiting_.begin(), waiting_.end(), job,
                                        [](const auto & a, const auto & b) { return a->priority < b->priority; });
    waiting_.insert(place, std::move(job));
  }
  wake_.notify_one();
  return true;
}

void Pool::abort(const std::shared_ptr<Job> & job) {
  job->abort.store(true);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto place = std::find(waiting_.begin(), waiting_.end(), job);
    if (place == waiting_.end()) return;
    waiting_.erase(place);
  }
  job->done(ReadStatus::aborted, ReadResult(), "", 0);
}

void Pool::load(size_t & waiting, size_t & running) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  waiting = waiting_.size();
  running = running_.size();
}

void Pool::close() {
  std::vector<std::shared_ptr<Job>> dropped;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    dropped.swap(waiting_);
    for (const auto & job : running_) job->abort.store(true);
  }
  wake_.notify_all();
  for (const auto & job : dropped) job->done(ReadStatus::aborted, ReadResult(), "", 0);
  for (std::thread & thread : threads_)
    if (thread.joinable()) thread.join();
}

void Pool::work(Reader & reader) {
  for (;;) {
    std::shared_ptr<Job> job;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      wake_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
      if (closed_) return;
      job = waiting_.front();
      waiting_.erase(waiting_.begin());
      running_.push_back(job);
    }
    const double waitedMs = static_cast<double>(nowUs() - job->queuedUs) / 1000;
    ReadResult result;
    std::string error;
    ReadStatus status = ReadStatus::failed;
    const std::string thrown = failureOf([&] { status = reader.read(job->request, job->abort, result, error); });
    if (!thrown.empty()) {
      status = ReadStatus::failed;
      error = thrown;
    }
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      running_.erase(std::find(running_.begin(), running_.end(), job));
    }
    job->done(status, std::move(result), std::move(error), waitedMs);
  }
}

}  // namespace heed
