#include "word_graphs.h"

#include <sstream>

namespace test {

heed::WordGraph graphOf(const std::vector<std::string> & phrases, const std::string & prompt) {
  struct Arc {
    uint32_t word, target;
  };
  heed::WordGraph graph;
  graph.prompt = prompt;
  std::vector<std::vector<Arc>> arcs(1);
  graph.final = {0};
  for (const std::string & phrase : phrases) {
    std::istringstream words(phrase);
    uint32_t node = 0;
    for (std::string word; words >> word;) {
      const uint32_t next = static_cast<uint32_t>(arcs.size());
      arcs.emplace_back();
      graph.final.push_back(0);
      arcs[node].push_back({static_cast<uint32_t>(graph.words.size()), next});
      graph.words.push_back(word);
      node = next;
    }
    graph.final[node] = 1;
  }
  graph.arcStart = {0};
  for (const auto & ofNode : arcs) {
    for (const Arc & arc : ofNode) {
      graph.arcKind.push_back(heed::kWordArc);
      graph.arcLabel.push_back(arc.word);
      graph.arcTarget.push_back(arc.target);
    }
    graph.arcStart.push_back(static_cast<uint32_t>(graph.arcKind.size()));
  }
  return graph;
}

}  // namespace test
