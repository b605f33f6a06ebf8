"""
Gives each word its speaker as whisperX does: its own assign_word_speakers (whisperx 3.8.6, pip download --no-deps, then
unzip), with pandas. Reads one JSON object from standard input, {"recordings": [{"turns": [{"start", "end", "speaker"}],
"segments": [{"start", "end", "words": [{"start", "end"}]}]}]}, and prints the speakers of the words of each recording.

    python whisperx_words.py FOLDER_OF_THE_PACKAGE
"""

import json
import sys
from unittest.mock import MagicMock

import pandas as pd

# whisperX loads these for its models and its audio, which the assignment does not need.
for absent in ("torch", "pyannote.audio", "whisperx.audio", "whisperx.log_utils"):
    sys.modules[absent] = MagicMock()
sys.path.insert(0, sys.argv[1])

from whisperx.diarize import assign_word_speakers  # noqa: E402


def speakers(recording):
    turns = pd.DataFrame(recording["turns"], columns=["start", "end", "speaker"])
    segments = assign_word_speakers(turns, {"segments": recording["segments"]})["segments"]
    return [word.get("speaker") for segment in segments for word in segment["words"]]


print(json.dumps([speakers(recording) for recording in json.load(sys.stdin)["recordings"]]))
