#pragma once
// What an engine is behind its JavaScript object.
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

/** Settles the promise and deletes the completion. Runs on the JavaScript thread; the environment is null when it is
 * going down. */
void settle(Napi::Env env, Napi::Function, std::nullptr_t *, Completion * completion);

using Settler = Napi::TypedThreadSafeFunction<std::nullptr_t, Completion, settle>;

/** What outlives the JavaScript object: closed by it, by the environment's end and by the process's end, whichever is
 * first. */
struct Core {
  std::shared_ptr<Model> model;
  std::unique_ptr<Pool> pool;
  Settler settler;
  bool closed = false;
  size_t inFlight = 0;  // JavaScript thread only

  /** From now on the end of the process closes it, too. */
  void live();
  void close();
};

/** Closes all cores: process.exit() skips the environment's hooks, and threads must not compute while static objects
 * are destroyed. */
void closeAll();

}  // namespace heed
