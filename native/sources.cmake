# heed's own sources. Those that need neither whisper.cpp, ggml nor Node are listed apart, so that they can be tested
# without these.
set(heed_plain_sources
  alignment.cpp
  byte_pairs.cpp
  byte_products.cpp
  grammar.cpp
  key_products.cpp
  logits.cpp
  mel.cpp
  panels.cpp
  pool.cpp
  position_groups.cpp
  silence.cpp
  unspaced.cpp
  vocabulary_trie.cpp
  search/attention.cpp
  search/constrained_reading.cpp
  search/free_reading.cpp
  search/letters.cpp
  search/paths.cpp
  search/prompt.cpp
  search/search.cpp
  search/words.cpp)
set(heed_engine_sources
  audio.cpp
  compute_threads.cpp
  cross_memory.cpp
  encoder.cpp
  encoder_silence.cpp
  engine.cpp
  ggml_access.cpp
  gpu.cpp
  host_bytes.cpp
  library_log.cpp
  model_header.cpp
  number_types.cpp
  whisper_access.cpp)
set(heed_addon_sources
  addon/addon.cpp
  addon/audio_object.cpp
  addon/core.cpp
  addon/engine_object.cpp
  addon/read_options.cpp
  addon/read_result.cpp)
set(heed_voice_sources
  batch_norm.cpp
  bounded_layer.cpp
  dense_block.cpp
  encoder_head.cpp
  fbank.cpp
  lstm.cpp
  matrix.cpp
  parent_watch.cpp
  segmentation_model.cpp
  voice_encoder.cpp
  voice_model.cpp)
set(heed_voice_addon_sources addon/speaker_objects.cpp addon/voice_addon.cpp)
foreach(kind plain engine addon voice voice_addon)
  list(TRANSFORM heed_${kind}_sources PREPEND "${CMAKE_CURRENT_LIST_DIR}/")
endforeach()

set(heed_sanitizers -fsanitize=address,undefined -fno-omit-frame-pointer)
