#pragma once
// The part of an engine that JavaScript does not see.
#include <napi.h>

#include <memory>
#include <string>

#include "../engine.h"
#include "../pool.h"

namespace heed {

struct Core;

/** A reading on its way back to JavaScript. */
struct Completion {
  Napi::Promise::Deferred deferred;
  std::shared_ptr<Core> core;
  bool hasGrammar = false;
  ReadStatus status = ReadStatus::failed;
  ReadResult result;
  std::string error;
  double waitedMs = 0;
};

/** Settles the promise and deletes the completion. Runs on the JavaScript thread. The environment is null if it is
 * being shut down. */
void settle(Napi::Env env, Napi::Function, std::nullptr_t *, Completion * completion);

using Settler = Napi::TypedThreadSafeFunction<std::nullptr_t, Completion, settle>;

/** The part of an engine that may outlive its JavaScript object. It is closed by that object, at the end of the
 * environment or at the end of the process, whichever comes first. */
struct Core {
  std::shared_ptr<Model> model;
  std::unique_ptr<Pool> pool;
  Settler settler;
  bool closed = false;
  size_t inFlight = 0;  // used only on the JavaScript thread

  /** Makes the end of the process close it too. */
  void live();
  void close();
};

/** Closes all cores. This is needed at the end of the process because process.exit() skips the environment's hooks, and
 * no thread may compute while static objects are destroyed. */
void closeAll();

}  // namespace heed
