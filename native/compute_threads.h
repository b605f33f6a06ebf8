#pragma once
// The threads that compute a graph together.
#include <vector>

struct ggml_backend;
struct ggml_threadpool;

namespace heed {

/**
 * Threads that stay for the next graph. By itself ggml would start them anew for each of the some thirty graphs of a
 * reading, and where a program is busy beside it, Linux often starts a thread on the core of the one that has started
 * it: then both share one core until the graph is done. Used by one thread.
 */
class ComputeThreads {
 public:
  ComputeThreads() = default;
  ~ComputeThreads();
  ComputeThreads(const ComputeThreads &) = delete;
  ComputeThreads & operator=(const ComputeThreads &) = delete;

  /** Makes the CPU's backend among these compute the next graphs with `count` threads, including the calling one. */
  void use(int count, const std::vector<ggml_backend *> & backends);

 private:
  ggml_threadpool * pool_ = nullptr;
  int size_ = 0;
};

}  // namespace heed
