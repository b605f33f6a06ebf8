#include "grammar.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "unspaced.h"

namespace heed {
namespace {

constexpr int kMaxCallDepth = 8;
constexpr size_t kMaxKeptPlaces = 4'000'000;  // 64 MB
constexpr size_t kMaxKeptSteps = 8'000'000;   // 64 MB

bool isPunctuation(uint8_t byte) { return byte == ' ' || byte == ',' || byte == '.' || byte == '!' || byte == '?'; }

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
  for (std::string & word : graph_.words) {
    word = lowerCase(word);
    beginsUnspaced_.push_back(isUnspacedAt(word, 0));
    endsUnspaced_.push_back(endsUnspaced(word));
    hasUnspaced_ = hasUnspaced_ || beginsUnspaced_.back();
  }
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

Grammar::Place Grammar::afterWord(int32_t word, int32_t node, int32_t stack) const {
  return {kAfter, endsUnspaced_[word] ? 1 : 0, node, stack};
}

/** Begins the words that may come next at a place. With `onlyUnspaced`, those that need no space in front of them. */
void Grammar::enterWord(const Place & from, uint8_t byte, bool onlyUnspaced, Places & to) {
  const Closure & next = closure(from.node, from.stack);
  const auto first =
      std::lower_bound(next.words.begin(), next.words.end(), byte, [&](const WordChoice & choice, uint8_t wanted) {
        return static_cast<uint8_t>(graph_.words[choice.word][0]) < wanted;
      });
  for (auto choice = first; choice != next.words.end() && static_cast<uint8_t>(graph_.words[choice->word][0]) == byte;
       ++choice) {
    if (onlyUnspaced && !beginsUnspaced_[choice->word]) continue;
    const bool isWhole = graph_.words[choice->word].size() == 1;
    to.push_back(isWhole ? afterWord(choice->word, choice->node, choice->stack)
                         : Place{choice->word, 1, choice->node, choice->stack});
  }
  if (onlyUnspaced || isPunctuation(byte)) return;
  for (const auto & [target, returns] : next.free) to.push_back({kFree, 0, target, returns});
}

/** Writes one more byte of a wide mark, of which some bytes have been written. */
void Grammar::writeMark(const Place & from, int mark, int written, uint8_t byte, Places & to) {
  const WideMark & wide = kWideMarks[mark];
  if (static_cast<uint8_t>(wide.text[written]) != byte) return;
  if (wide.text[written + 1] != '\0')
    to.push_back({kWide - mark, written + 1, from.node, from.stack});
  else if (!wide.endsSentence)
    to.push_back({kBefore, 0, from.node, from.stack});
  else if (closure(from.node, from.stack).accepts)
    to.push_back({kEnd, 0, 0, 0});
}

void Grammar::advance(const Places & from, uint8_t byte, Places & to) {
  to.clear();
  for (const Place & place : from) {
    switch (place.word) {
      case kBegin:
        if (byte == ' ')
          to.push_back({kBefore, 0, place.node, place.stack});
        else if (hasUnspaced_)
          enterWord(place, byte, false, to);
        break;
      case kBefore:
        enterWord(place, byte, false, to);
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
        if (hasUnspaced_) {
          enterWord(place, byte, place.word == kFree || place.offset == 0, to);
          for (int mark = 0; mark < static_cast<int>(std::size(kWideMarks)); mark++)
            writeMark(place, mark, 0, byte, to);
        }
        if (place.word == kFree && !isPunctuation(byte)) to.push_back(place);
        break;
      default: {
        if (place.word <= kWide) {
          writeMark(place, kWide - place.word, place.offset, byte, to);
          break;
        }
        const std::string & word = graph_.words[place.word];
        if (static_cast<uint8_t>(word[place.offset]) != byte) break;
        const bool isWhole = place.offset + 1 == static_cast<int32_t>(word.size());
        to.push_back(isWhole ? afterWord(place.word, place.node, place.stack)
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
