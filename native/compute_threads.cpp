#include "compute_threads.h"

#include <ggml-cpu.h>

namespace heed {
namespace {

/** How long a thread looks out for the next graph before it sleeps, in units of ggml: some milliseconds, which is
 * longer than the search needs between two graphs. */
constexpr uint32_t kPatience = 1;

}  // namespace

ComputeThreads::~ComputeThreads() { ggml_threadpool_free(pool_); }

void ComputeThreads::use(int count, const std::vector<ggml_backend *> & backends) {
  ggml_threadpool * before = nullptr;
  if (count > 1 && count != size_) {
    before = pool_;
    size_ = count;
    ggml_threadpool_params wanted = ggml_threadpool_params_default(count);
    wanted.poll = kPatience;
    pool_ = ggml_threadpool_new(&wanted);
  }
  // One thread needs no others, which would wake up for each graph only to find that it has no work for them.
  for (ggml_backend * backend : backends)
    if (ggml_backend_is_cpu(backend)) ggml_backend_cpu_set_threadpool(backend, count > 1 ? pool_ : nullptr);
  ggml_threadpool_free(before);
}

}  // namespace heed
