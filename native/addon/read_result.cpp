#include "read_result.h"

#include <algorithm>

namespace heed {
namespace {

Napi::Array toArray(Napi::Env env, const std::vector<WordScore> & scores) {
  Napi::Array array = Napi::Array::New(env, scores.size());
  for (size_t i = 0; i < scores.size(); i++) {
    Napi::Object entry = Napi::Object::New(env);
    entry.Set("word", scores[i].text);
    entry.Set("logProbability", scores[i].logProbability);
    entry.Set("lead", scores[i].lead);
    array.Set(static_cast<uint32_t>(i), entry);
  }
  return array;
}

Napi::Object toObject(Napi::Env env, const Reading & reading) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("text", reading.text);
  object.Set("logProbability", reading.logProbability);
  object.Set("tokens", reading.tokens);
  object.Set("endMs", reading.endMs);
  object.Set("scores", toArray(env, reading.scores));
  if (!reading.plainScores.empty()) object.Set("plainScores", toArray(env, reading.plainScores));
  return object;
}

Napi::Array toArray(Napi::Env env, const std::vector<Reading> & readings) {
  Napi::Array array = Napi::Array::New(env, readings.size());
  for (size_t i = 0; i < readings.size(); i++) array.Set(static_cast<uint32_t>(i), toObject(env, readings[i]));
  return array;
}

}  // namespace

Napi::Object toObject(Napi::Env env, const ReadResult & result, bool hasGrammar, double waitedMs) {
  Napi::Object object = toObject(env, result.best);
  Napi::Array words = Napi::Array::New(env, result.words.size());
  for (size_t i = 0; i < result.words.size(); i++) {
    const Word & word = result.words[i];
    Napi::Object entry = Napi::Object::New(env);
    entry.Set("word", word.text);
    entry.Set("startMs", word.startMs);
    entry.Set("endMs", word.endMs);
    entry.Set("confidence", word.confidence);
    words.Set(static_cast<uint32_t>(i), entry);
  }
  object.Set("words", words);
  object.Set("language", result.language);
  object.Set("confidence", std::min(1.0f, result.confidence));
  object.Set("noSpeechProbability", std::min(1.0f, result.noSpeech));
  object.Set("alternatives", toArray(env, result.alternatives));
  if (hasGrammar) {
    if (!result.prompted.empty()) object.Set("prompted", toObject(env, result.prompted[0]));
    object.Set("constrained", toArray(env, result.constrained));
    object.Set("brokenOff", toArray(env, result.open));
  }
  object.Set("positions", result.positions);
  object.Set("inferenceMs", result.melMs + result.encodeMs + result.decodeMs + result.wordsMs);
  Napi::Object stages = Napi::Object::New(env);
  stages.Set("queue", waitedMs);
  stages.Set("mel", result.melMs);
  stages.Set("encode", result.encodeMs);
  stages.Set("decode", result.decodeMs);
  stages.Set("words", result.wordsMs);
  object.Set("stageMs", stages);
  return object;
}

}  // namespace heed
