# Reads a file with faster-whisper and writes one JSON object per segment.
# Arguments: model folder, file, threads, beam size, "batched" or "sequential".
import json
import sys

from faster_whisper import BatchedInferencePipeline, WhisperModel

folder, file, threads, beam, way = sys.argv[1:]
model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=int(threads), local_files_only=True)
if way == "batched":
    segments, _ = BatchedInferencePipeline(model).transcribe(file, language="en", beam_size=int(beam), batch_size=8)
else:
    segments, _ = model.transcribe(file, language="en", beam_size=int(beam), vad_filter=True)
for segment in segments:
    print(json.dumps({"start": segment.start, "text": segment.text}), flush=True)
