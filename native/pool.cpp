#include "pool.h"

#include <algorithm>
#include <chrono>

namespace heed {
namespace {

int64_t nowUs() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

void Audio::append(const float * samples, size_t count) {
  const std::lock_guard<std::mutex> lock(mutex_);
  mel_.append(samples, count);
  mel_.catchUp();
}

size_t Audio::samples() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return mel_.samples();
}

std::vector<float> Audio::spectrogram(size_t endSample, int frames) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return mel_.finish(std::min(endSample, mel_.samples()), frames);
}

std::unique_ptr<Pool> Pool::create(std::shared_ptr<Model> model, int readers, size_t maxQueue, std::string & error) {
  std::unique_ptr<Pool> pool(new Pool());
  pool->maxQueue_ = maxQueue;
  for (int i = 0; i < readers; i++) {
    auto reader = Reader::create(model, error);
    if (!reader) return nullptr;
    pool->readers_.push_back(std::move(reader));
  }
  for (auto & reader : pool->readers_)
    pool->threads_.emplace_back([&pool = *pool, &reader = *reader] { pool.work(reader); });
  return pool;
}

bool Pool::submit(std::shared_ptr<Job> job) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    // What an idle reader takes at once does not wait.
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
    const ReadStatus status = reader.read(job->request, job->abort, result, error);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      running_.erase(std::find(running_.begin(), running_.end(), job));
    }
    job->done(status, std::move(result), std::move(error), waitedMs);
  }
}

}  // namespace heed
