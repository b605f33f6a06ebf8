#include "grammar.h"

#include <algorithm>
#include <tuple>

namespace heed {
namespace {

constexpr int kMaxCallDepth = 8;
constexpr size_t kMaxKeptPlaces = 4'000'000;  // 64 MB
constexpr size_t kMaxKeptSteps = 8'000'000;   // 64 MB

}  // namespace

std::string WordGraph::check() const {
  const size_t nodes = final.size();
  const size_t arcs = arcKind.size();
  if (nodes == 0 || arcStart.size() != nodes + 1 || arcStart.front() != 0 || arcStart.back() != arcs)
    return "arcStart does not fit the nodes and arcs";
  if (arcLabel.size() != arcs || arcTarget.size() != arcs)
    return "arcLabel and arcTarget must have one entry for each arc";
  if (start >= nodes) return "start is not a node";
  for (size_t node = 0; node < nodes; node++)
    if (arcStart[node] > arcStart[node + 1]) return "arcStart must not decrease";
  for (size_t arc = 0; arc < arcs; arc++) {
    if (arcTarget[arc] >= nodes) return "an arc leads to a node that does not exist";
    if (arcKind[arc] > kEpsilonArc) return "an arc has an unknown kind";
    if (arcKind[arc] == kWordArc && (arcLabel[arc] >= words.size() || words[arcLabel[arc]].empty()))
      return "an arc has a word that does not exist";
    if (arcKind[arc] == kCallArc && arcLabel[arc] >= nodes) return "an arc calls a node that does not exist";
  }
  return "";
}

bool Grammar::Place::operator<(const Place & o) const {
  return std::tie(word, offset, node, stack) < std::tie(o.word, o.offset, o.node, o.stack);
}

size_t Grammar::PlacesHash::operator()(const Places & places) const {
  uint64_t hash = 1469598103934665603ull;
  for (const Place & place : places) {
    for (const int32_t part : {place.word, place.offset, place.node, place.stack})
      hash = (hash ^ static_cast<uint32_t>(part)) * 1099511628211ull;
  }
  return hash;
}

Grammar::Grammar(WordGraph graph, const VocabularyTrie & vocabulary)
    : graph_(std::move(graph)), vocabulary_(vocabulary) {
  for (std::string & word : graph_.words) word = lowerCase(word);
  reset();
}

void Grammar::reset() {
  stacks_.assign(1, {-1, -1});
  stackIds_.clear();
  closures_.clear();
  states_.clear();
  stateIds_.clear();
  steps_.clear();
  stepsKnown_.clear();
  keptPlaces_ = keptSteps_ = 0;
  start_ = intern({Place{kBegin, 0, static_cast<int32_t>(graph_.start), 0}});
}

void Grammar::trim() {
  if (keptPlaces_ > kMaxKeptPlaces || keptSteps_ > kMaxKeptSteps) reset();
}

int Grammar::push(int32_t returnNode, int32_t below) {
  const uint64_t key = (static_cast<uint64_t>(static_cast<uint32_t>(returnNode)) << 32) | static_cast<uint32_t>(below);
  const auto [entry, isNew] = stackIds_.emplace(key, static_cast<int32_t>(stacks_.size()));
  if (isNew) stacks_.emplace_back(returnNode, below);
  return entry->second;
}

const Grammar::Closure & Grammar::closure(int32_t node, int32_t stack) {
  const uint64_t key = (static_cast<uint64_t>(static_cast<uint32_t>(node)) << 32) | static_cast<uint32_t>(stack);
  const auto known = closures_.find(key);
  if (known != closures_.end()) return known->second;
  Closure result;
  std::vector<std::pair<int32_t, int32_t>> open{{node, stack}};
  std::unordered_map<uint64_t, bool> seen{{key, true}};
  const auto visit = [&](int32_t nextNode, int32_t nextStack) {
    const uint64_t id =
        (static_cast<uint64_t>(static_cast<uint32_t>(nextNode)) << 32) | static_cast<uint32_t>(nextStack);
    if (seen.emplace(id, true).second) open.emplace_back(nextNode, nextStack);
  };
  while (!open.empty()) {
    const auto [at, returns] = open.back();
    open.pop_back();
    if (graph_.final[at]) {
      if (returns == 0)
        result.accepts = true;
      else
        visit(stacks_[returns].first, stacks_[returns].second);
    }
    for (uint32_t arc = graph_.arcStart[at]; arc < graph_.arcStart[at + 1]; arc++) {
      const int32_t target = graph_.arcTarget[arc];
      const int32_t label = graph_.arcLabel[arc];
      switch (graph_.arcKind[arc]) {
        case kWordArc:
          result.words.push_back({label, target, returns});
          break;
        case kFreeArc:
          result.free.emplace_back(target, returns);
          break;
        case kEpsilonArc:
          visit(target, returns);
          break;
        default: {
          int depth = 0;
          for (int32_t below = returns; below != 0; below = stacks_[below].second) depth++;
          if (depth < kMaxCallDepth) visit(label, push(target, returns));
        }
      }
    }
  }
  std::sort(result.words.begin(), result.words.end(),
            [&](const WordChoice & a, const WordChoice & b) { return graph_.words[a.word] < graph_.words[b.word]; });
  return closures_.emplace(key, std::move(result)).first->second;
}

bool Grammar::isFinal(const Place & place) {
  switch (place.word) {
    case kEnd:
      return true;
    case kAfter:
    case kFree:
      return closure(place.node, place.stack).accepts;
    default:
      return false;
  }
}

void Grammar::advance(const Places & from, uint8_t byte, Places & to) {
  to.clear();
  const auto enterWord = [&](int32_t node, int32_t stack) {
    const Closure & next = closure(node, stack);
    const auto first =
        std::lower_bound(next.words.begin(), next.words.end(), byte, [&](const WordChoice & choice, uint8_t wanted) {
          return static_cast<uint8_t>(graph_.words[choice.word][0]) < wanted;
        });
    for (auto choice = first; choice != next.words.end() && static_cast<uint8_t>(graph_.words[choice->word][0]) == byte;
         ++choice) {
      const bool isWhole = graph_.words[choice->word].size() == 1;
      to.push_back(isWhole ? Place{kAfter, 0, choice->node, choice->stack}
                           : Place{choice->word, 1, choice->node, choice->stack});
    }
    if (byte != ' ' && byte != ',' && byte != '.' && byte != '!' && byte != '?') {
      for (const auto & [target, returns] : next.free) to.push_back({kFree, 0, target, returns});
    }
  };
  for (const Place & place : from) {
    switch (place.word) {
      case kBegin:
        if (byte == ' ') to.push_back({kBefore, 0, place.node, place.stack});
        break;
      case kBefore:
        enterWord(place.node, place.stack);
        break;
      case kComma:
        if (byte == ' ') to.push_back({kBefore, 0, place.node, place.stack});
        break;
      case kEnd:
        break;
      case kFree:
      case kAfter:
        if (byte == ' ' || byte == '-')
          to.push_back({kBefore, 0, place.node, place.stack});
        else if (byte == ',')
          to.push_back({kComma, 0, place.node, place.stack});
        else if (byte == '.' || byte == '!' || byte == '?') {
          if (isFinal(place)) to.push_back({kEnd, 0, 0, 0});
        }
        if (place.word == kFree && byte != ' ' && byte != ',' && byte != '.' && byte != '!' && byte != '?')
          to.push_back(place);
        break;
      default: {
        const std::string & word = graph_.words[place.word];
        if (static_cast<uint8_t>(word[place.offset]) != byte) break;
        const bool isWhole = place.offset + 1 == static_cast<int32_t>(word.size());
        to.push_back(isWhole ? Place{kAfter, 0, place.node, place.stack}
                             : Place{place.word, place.offset + 1, place.node, place.stack});
        // An elided word is joined to the next one, as in "l'entrée".
        if (isWhole && byte == '\'') to.push_back({kBefore, 0, place.node, place.stack});
      }
    }
  }
  std::sort(to.begin(), to.end());
  to.erase(std::unique(to.begin(), to.end()), to.end());
}

int Grammar::intern(Places places) {
  const auto known = stateIds_.find(places);
  if (known != stateIds_.end()) return known->second;
  const int id = static_cast<int>(states_.size());
  keptPlaces_ += places.size();
  states_.push_back(places);
  steps_.emplace_back();
  stepsKnown_.push_back(0);
  stateIds_.emplace(std::move(places), id);
  return id;
}

void Grammar::collect(int trieNode, const Places & places, std::vector<Step> & steps) {
  Places next;
  for (int child = vocabulary_.node(trieNode).firstChild; child >= 0; child = vocabulary_.node(child).nextSibling) {
    advance(places, vocabulary_.node(child).byte, next);
    if (next.empty()) continue;
    if (!vocabulary_.node(child).tokens.empty()) {
      const int state = intern(next);
      for (const int token : vocabulary_.node(child).tokens) steps.push_back({token, state});
    }
    collect(child, Places(next), steps);
  }
}

const std::vector<Step> & Grammar::steps(int state) {
  if (!stepsKnown_[state]) {
    std::vector<Step> steps;
    collect(0, Places(states_[state]), steps);
    keptSteps_ += steps.size();
    steps_[state] = std::move(steps);
    stepsKnown_[state] = 1;
  }
  return steps_[state];
}

bool Grammar::accepts(int state) {
  for (const Place & place : states_[state])
    if (isFinal(place)) return true;
  return false;
}

}  // namespace heed
