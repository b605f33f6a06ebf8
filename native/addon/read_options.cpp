#include "read_options.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "../audio_units.h"
#include "coded_error.h"

namespace heed {
namespace {

constexpr size_t kMaxKeptGraphs = 32;  // as many as `keptGrammars` in src/platform/recent.ts, for the same reason
constexpr size_t kMaxBoostWords = 20000;

template <typename Array>
std::vector<typename std::remove_pointer<decltype(std::declval<Array>().Data())>::type> copyArray(
    Napi::Env env, const Napi::Object & object, const char * name, napi_typedarray_type type) {
  const Napi::Value value = object.Get(name);
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type)
    throw coded(env, "bad-message", std::string("graph.") + name + " must be a typed array of the right type.");
  const Array array = value.As<Array>();
  return {array.Data(), array.Data() + array.ElementLength()};
}

std::vector<std::string> stringsOf(Napi::Env env, const Napi::Value & value, const char * name) {
  if (!value.IsArray()) throw coded(env, "bad-message", std::string(name) + " must be an array of strings.");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<std::string> strings;  // reserves no memory, because the length of a JavaScript array may be anything
  const uint32_t count = array.Length();
  for (uint32_t i = 0; i < count; i++) {
    const Napi::Value entry = array.Get(i);
    if (!entry.IsString()) throw coded(env, "bad-message", std::string(name) + " must be an array of strings.");
    strings.push_back(entry.As<Napi::String>().Utf8Value());
  }
  return strings;
}

/** A graph that accepts any one of these words. */
std::shared_ptr<const WordGraph> anyOf(std::vector<std::string> words) {
  words.erase(std::remove(words.begin(), words.end(), ""), words.end());
  auto graph = std::make_shared<WordGraph>();
  const uint32_t count = static_cast<uint32_t>(words.size());
  graph->arcStart = {0, count, count};
  graph->arcKind.assign(count, kWordArc);
  graph->arcTarget.assign(count, 1);
  for (uint32_t i = 0; i < count; i++) graph->arcLabel.push_back(i);
  graph->final = {0, 1};
  graph->words = std::move(words);
  return graph;
}

void takeGraph(const Napi::Object & object, GraphKeeper & graphs, ReadRequest & request) {
  const Napi::Env env = object.Env();
  if (!object.Get("id").IsString()) throw coded(env, "bad-message", "graph.id must be a string.");
  request.graphId = "g" + object.Get("id").As<Napi::String>().Utf8Value();
  request.graph = graphs.find(request.graphId);
  if (request.graph) return;
  auto graph = std::make_shared<WordGraph>();
  if (object.Get("prompt").IsString()) graph->prompt = object.Get("prompt").As<Napi::String>().Utf8Value();
  const Napi::Value start = object.Get("start");
  const double startNode = start.IsNumber() ? start.As<Napi::Number>().DoubleValue() : -1;
  if (!(startNode >= 0 && startNode < 4294967295.0)) throw coded(env, "bad-message", "graph.start must be a node.");
  graph->start = static_cast<uint32_t>(startNode);
  graph->words = stringsOf(env, object.Get("words"), "graph.words");
  graph->arcStart = copyArray<Napi::Uint32Array>(env, object, "arcStart", napi_uint32_array);
  graph->arcKind = copyArray<Napi::Uint8Array>(env, object, "arcKind", napi_uint8_array);
  graph->arcLabel = copyArray<Napi::Uint32Array>(env, object, "arcLabel", napi_uint32_array);
  graph->arcTarget = copyArray<Napi::Uint32Array>(env, object, "arcTarget", napi_uint32_array);
  graph->final = copyArray<Napi::Uint8Array>(env, object, "final", napi_uint8_array);
  const std::string problem = graph->check();
  if (!problem.empty()) throw coded(env, "bad-message", "The grammar's graph is not valid: " + problem + ".");
  graphs.keep(request.graphId, graph);
  request.graph = graph;
}

void takeBoost(const Napi::Value & value, GraphKeeper & graphs, ReadRequest & request) {
  const Napi::Env env = value.Env();
  const std::vector<std::string> words = stringsOf(env, value, "boost");
  if (words.empty()) return;
  if (words.size() > kMaxBoostWords) throw coded(env, "bad-message", "boost takes at most 20,000 words.");
  size_t hash = words.size();
  for (const std::string & word : words) hash = hash * 1099511628211ull + std::hash<std::string>()(word);
  request.boostId = "b" + std::to_string(hash);
  request.boost = graphs.find(request.boostId);
  if (request.boost) return;
  request.boost = anyOf(words);
  graphs.keep(request.boostId, request.boost);
}

}  // namespace

std::shared_ptr<const WordGraph> GraphKeeper::find(const std::string & id) {
  for (auto entry = graphs_.begin(); entry != graphs_.end(); ++entry) {
    if (entry->first != id) continue;
    graphs_.splice(graphs_.begin(), graphs_, entry);
    return graphs_.front().second;
  }
  return nullptr;
}

void GraphKeeper::keep(const std::string & id, std::shared_ptr<const WordGraph> graph) {
  graphs_.emplace_front(id, std::move(graph));
  if (graphs_.size() > kMaxKeptGraphs) graphs_.pop_back();
}

void takeOptions(const Napi::Object & options, size_t length, const Model & model, GraphKeeper & graphs, Job & job) {
  const Napi::Env env = options.Env();
  const auto integer = [&](const char * name, int64_t least, int64_t most) {
    const Napi::Value value = options.Get(name);
    const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
    if (!(number >= static_cast<double>(least) && number <= static_cast<double>(most)) ||
        number != std::floor(number)) {
      throw coded(env, "bad-message",
                  std::string(name) + " must be a whole number from " + std::to_string(least) + " to " +
                      std::to_string(most) + ".");
    }
    return static_cast<int>(number);
  };
  const auto flag = [&](const char * name) {
    const Napi::Value value = options.Get(name);
    if (!value.IsBoolean()) throw coded(env, "bad-message", std::string(name) + " must be true or false.");
    return value.As<Napi::Boolean>().Value();
  };
  if (length < kShortestSamples) throw coded(env, "bad-audio", "At least 100 ms of audio are needed.");
  ReadRequest & request = job.request;
  job.priority = integer("priority", 0, 2);
  request.samples = integer("endSample", kShortestSamples, static_cast<int64_t>(length));
  request.translate = flag("translate");
  request.words = flag("words");
  request.nBest = integer("nBest", 1, 8);
  request.beam = integer("beam", 1, 16);
  request.threads = integer("threads", 1, 16);
  request.positions = integer("positions", 0, model.maxPositions());
  if (request.positions > 0 &&
      request.positions < std::min(request.samples / kSamplesPerPosition, model.maxPositions())) {
    throw coded(env, "bad-message", "positions must cover the audio: one for each 20 ms.");
  }
  if (!options.Get("language").IsString())
    throw coded(env, "bad-message", "language must be a code such as \"en\", or \"auto\".");
  request.language = options.Get("language").As<Napi::String>().Utf8Value();
  const Vocabulary & vocabulary = model.vocabulary();
  if (vocabulary.isMultilingual() && request.language != "auto" && vocabulary.languageToken(request.language) < 0)
    throw coded(
        env, "bad-message",
        "The model does not know the language \"" + request.language + "\"; give an ISO 639-1 code such as \"en\".");
  if (!vocabulary.isMultilingual() && (request.translate || (request.language != "en" && request.language != "auto"))) {
    throw coded(env, "bad-message", "This model reads English only. Choose a multilingual one, such as base.");
  }
  if (options.Has("graph") && options.Get("graph").IsObject())
    takeGraph(options.Get("graph").As<Napi::Object>(), graphs, request);
  if (options.Has("boost") && !options.Get("boost").IsUndefined()) takeBoost(options.Get("boost"), graphs, request);
}

}  // namespace heed
