#include "core.h"

#include <mutex>
#include <set>

#include "coded_error.h"
#include "read_result.h"

namespace heed {
namespace {

std::mutex liveMutex;
std::set<Core *> living;

}  // namespace

void Core::live() {
  const std::lock_guard<std::mutex> lock(liveMutex);
  living.insert(this);
}

void Core::close() {
  {
    const std::lock_guard<std::mutex> lock(liveMutex);
    if (closed) return;
    closed = true;
    living.erase(this);
  }
  pool->close();
  settler.Release();
}

void closeAll() {
  for (;;) {
    Core * core = nullptr;
    {
      const std::lock_guard<std::mutex> lock(liveMutex);
      if (living.empty()) return;
      core = *living.begin();
      living.erase(core);
    }
    core->pool->close();
  }
}

void settle(Napi::Env env, Napi::Function, std::nullptr_t *, Completion * completion) {
  const std::unique_ptr<Completion> owned(completion);
  if (env == nullptr) return;
  if (--owned->core->inFlight == 0 && !owned->core->closed) owned->core->settler.Unref(env);
  const Napi::Promise::Deferred & promise = owned->deferred;
  try {
    switch (owned->status) {
      case ReadStatus::ok:
        return promise.Resolve(
            guarded(env, [&] { return toObject(env, owned->result, owned->hasGrammar, owned->waitedMs); }));
      case ReadStatus::aborted:
        return promise.Reject(coded(env, "aborted", "The reading was cancelled.").Value());
      case ReadStatus::failed:
        return promise.Reject(coded(env, "native-failed", owned->error).Value());
    }
  } catch (const Napi::Error & error) {
    promise.Reject(error.Value());
  }
}

}  // namespace heed
