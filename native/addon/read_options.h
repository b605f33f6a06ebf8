#pragma once
// Takes the options of a reading from JavaScript, and checks every field.
#include <napi.h>

#include <list>
#include <memory>
#include <string>
#include <utility>

#include "../engine.h"
#include "../pool.h"

namespace heed {

/** The graphs used last, by their ids. Used only on the JavaScript thread. */
class GraphKeeper {
 public:
  std::shared_ptr<const WordGraph> find(const std::string & id);
  void keep(const std::string & id, std::shared_ptr<const WordGraph> graph);

 private:
  std::list<std::pair<std::string, std::shared_ptr<const WordGraph>>> graphs_;  // most recently used first
};

/** Takes a `NativeRead` (see src/transcribe/binding.ts) for audio of `length` samples. Throws `bad-message` or
 * `bad-audio`. */
void takeOptions(const Napi::Object & options, size_t length, const Model & model, GraphKeeper & graphs, Job & job);

}  // namespace heed
