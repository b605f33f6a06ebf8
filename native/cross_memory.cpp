#include "cross_memory.h"

#include "ggml.h"

namespace heed {
namespace {

void expect(bool isAsExpected, const char * what) {
  if (!isAsExpected) throw LibraryMismatch(what);
}

bool isShaped(const ggml_tensor * tensor, size_t columns, size_t rows, size_t planes = 1) {
  return tensor->ne[0] == static_cast<int64_t>(columns) && tensor->ne[1] == static_cast<int64_t>(rows) &&
         tensor->ne[2] == static_cast<int64_t>(planes);
}

size_t numberBytes(const CrossLayout & layout) { return ggml_type_size(layout.keys->type); }
size_t layerBytes(const CrossLayout & layout) {
  return static_cast<size_t>(layout.positions) * layout.features * numberBytes(layout);
}

bool isWrittenInPlace(const CrossLayout & layout, const ggml_tensor * copy, bool isKeys, size_t layer) {
  const ggml_tensor *from = copy->src[0], *to = copy->src[1];
  const size_t positions = layout.positions, features = layout.features;
  if (to->view_src != (isKeys ? layout.keys : layout.values) || to->view_offs != layer * layerBytes(layout))
    return false;
  if (!ggml_is_contiguous(to)) return false;
  return isKeys ? isShaped(from, features, positions) && ggml_nelements(to) == ggml_nelements(from)
                : isShaped(from, positions, features) && isShaped(to, positions, features);
}

bool isReadInPlace(const CrossLayout & layout, const ggml_tensor * view, size_t layer) {
  const bool isKeys = view->view_src == layout.keys;
  const size_t bytes = numberBytes(layout), inHead = layout.features / layout.heads;
  const size_t row = (isKeys ? layout.features : layout.positions) * bytes;
  const size_t plane = inHead * (isKeys ? bytes : row);
  const size_t columns = isKeys ? inHead : layout.positions, rows = isKeys ? layout.positions : inHead;
  return isShaped(view, columns, rows, layout.heads) && view->nb[0] == bytes && view->nb[1] == row &&
         view->nb[2] == plane && view->view_offs == layer * layerBytes(layout);
}

}  // namespace

LibraryMismatch::LibraryMismatch(const std::string & what)
    : std::runtime_error("This whisper.cpp handles " + what + " differently than heed expects. Build heed with an " +
                         "unmodified whisper.cpp " + WHISPER_VERSION + ".") {}

void checkWrittenTo(const CrossLayout & layout, ggml_cgraph * graph) {
  const size_t all = layout.layers * layerBytes(layout);
  expect(layout.keys->type == layout.values->type && ggml_blck_size(layout.keys->type) == 1 &&
             ggml_nbytes(layout.keys) >= all && ggml_nbytes(layout.values) >= all,
         "the memory of the audio");
  size_t writes = 0;
  for (int i = 0; i < ggml_graph_n_nodes(graph); i++) {
    const ggml_tensor * node = ggml_graph_node(graph, i);
    if (node->op != GGML_OP_CPY) continue;
    expect(isWrittenInPlace(layout, node, writes % 2 == 0, writes / 2), "the keys and values of the audio");
    writes++;
  }
  expect(writes == 2 * static_cast<size_t>(layout.layers), "the keys and values of the audio");
}

void checkReadFrom(const CrossLayout & layout, ggml_cgraph * graph) {
  size_t keys = 0, values = 0;
  for (int i = 0; i < ggml_graph_n_nodes(graph); i++) {
    const ggml_tensor * node = ggml_graph_node(graph, i);
    if (node->op != GGML_OP_VIEW || (node->view_src != layout.keys && node->view_src != layout.values)) continue;
    size_t & reads = node->view_src == layout.keys ? keys : values;
    expect(isReadInPlace(layout, node, reads), "what the decoder reads of the audio");
    reads++;
  }
  const size_t layers = layout.layers;
  expect(keys == layers && values == layers, "what the decoder reads of the audio");
}

}  // namespace heed
