"""The two networks that the reference diarization runs, written in plain torch, and the reading of their weights.

Segmentation: PyanNet (SincNet, LSTM, linear layers) of pyannote/segmentation, 2022, three speakers in 5 seconds.
Embedding: the GE2E encoder of Resemblyzer, 256 numbers for 1.6 seconds of speech.
"""

import pickle
from collections import OrderedDict

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SAMPLE_RATE = 16_000


class Inert:
    """Stands for every class named in a weights file that holds no weights; it keeps nothing and runs nothing."""

    def __init__(self, *args, **kwargs):
        pass

    def __setstate__(self, state):
        pass

    def __setitem__(self, key, value):
        pass


class WeightsUnpickler(pickle.Unpickler):
    """Makes tensors and dictionaries, and nothing else that a weights file asks for."""

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2") or (module == "torch" and name.endswith("Storage")):
            return super().find_class(module, name)
        return Inert


class WeightsPickle:
    """What torch.load takes for the pickle module."""

    __name__ = "weights"
    Unpickler = WeightsUnpickler
    load = staticmethod(lambda file, **options: WeightsUnpickler(file, **options).load())


def read_weights(path, key):
    """The tensors by name that a PyTorch file holds under `key`."""
    return torch.load(path, map_location="cpu", pickle_module=WeightsPickle, weights_only=False)[key]


class SincFilters(nn.Module):
    """40 even and 40 odd band-pass filters of 251 taps, each given by its lowest frequency and its band width in Hz."""

    def __init__(self):
        super().__init__()
        self.low_hz_ = nn.Parameter(torch.zeros(40, 1))
        self.band_hz_ = nn.Parameter(torch.zeros(40, 1))
        self.register_buffer("window_", torch.zeros(125))
        self.register_buffer("n_", torch.zeros(1, 125))

    def filters(self):
        low = 50 + torch.abs(self.low_hz_)
        high = torch.clamp(low + 50 + torch.abs(self.band_hz_), 50, SAMPLE_RATE / 2)
        band = high - low
        at_low, at_high = low @ self.n_, high @ self.n_
        even = (torch.sin(at_high) - torch.sin(at_low)) / (self.n_ / 2) * self.window_
        odd = (torch.cos(at_low) - torch.cos(at_high)) / (self.n_ / 2) * self.window_
        cosines = torch.cat([even, 2 * band, torch.flip(even, [1])], dim=1)
        sines = torch.cat([odd, torch.zeros_like(band), -torch.flip(odd, [1])], dim=1)
        return torch.cat([cosines / (2 * band), sines / (2 * band)]).unsqueeze(1)

    def forward(self, wave):
        return torch.abs(F.conv1d(wave, self.filters(), stride=10))


class SincNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.wav_norm1d = nn.InstanceNorm1d(1, affine=True)
        sinc = nn.Module()
        sinc.filterbank = SincFilters()
        self.conv1d = nn.ModuleList([sinc, nn.Conv1d(80, 60, 5), nn.Conv1d(60, 60, 5)])
        self.norm1d = nn.ModuleList([nn.InstanceNorm1d(channels, affine=True) for channels in (80, 60, 60)])

    def forward(self, wave):
        features = self.wav_norm1d(wave)
        for convolution, norm in zip([self.conv1d[0].filterbank, *self.conv1d[1:]], self.norm1d):
            features = F.leaky_relu(norm(F.max_pool1d(convolution(features), 3)))
        return features


class Segmentation(nn.Module):
    """Waveforms (batch, 1, samples) in, the probability that each local speaker talks (batch, frames, 3) out."""

    def __init__(self, weights):
        super().__init__()
        self.sincnet = SincNet()
        self.lstm = nn.LSTM(60, 128, num_layers=4, bidirectional=True, batch_first=True)
        self.linear = nn.ModuleList([nn.Linear(256, 128), nn.Linear(128, 128)])
        self.classifier = nn.Linear(128, 3)
        self.load_state_dict(weights)

    def forward(self, wave):
        features, _ = self.lstm(self.sincnet(wave).transpose(1, 2))
        for linear in self.linear:
            features = F.leaky_relu(linear(features))
        return torch.sigmoid(self.classifier(features))


def mel_filters():
    """40 triangles over 0 to 8 kHz on Slaney's mel scale, each of unit area, as librosa's defaults: (40, 201)."""
    def to_hz(mel):
        return np.where(mel < 15, mel * 200 / 3, 1000 * 6.4 ** ((mel - 15) / 27))

    edges = to_hz(np.linspace(0, 15 + 27 * np.log(8) / np.log(6.4), 42))
    hz = np.arange(201) * SAMPLE_RATE / 400
    rising = (hz - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - hz) / np.diff(edges)[1:, None]
    areas = 2 / (edges[2:] - edges[:-2])
    return torch.from_numpy(np.maximum(0, np.minimum(rising, falling)) * areas[:, None]).float()


class Embedding(nn.Module):
    """
    Waveforms (batch, 1, samples) and a weight for each segmentation frame (batch, frames) in, one voice embedding
    each (batch, 256) out. It cannot weigh frames, so it hears those of 10 ms that weigh more than `threshold`, one
    after the other, as pyannote lets such models; NaN where these are fewer than `min_frames`.
    """

    PARTIAL_FRAMES = 160
    PARTIAL_STEP = 77  # 1.3 partials a second
    MIN_COVERAGE = 0.75

    def __init__(self, weights, threshold=0.2, min_frames=4):
        super().__init__()
        self.threshold, self.min_frames = threshold, min_frames
        self.lstm = nn.LSTM(40, 256, num_layers=3, batch_first=True)
        self.linear = nn.Linear(256, 256)
        self.register_buffer("window", torch.hann_window(400), persistent=False)
        self.register_buffer("filters", mel_filters(), persistent=False)
        self.load_state_dict({name: value for name, value in weights.items() if not name.startswith("similarity")})

    def mels(self, wave):
        """Power in 40 mel bands every 10 ms, without a logarithm: (batch, samples) to (batch, frames, 40)."""
        spectrum = torch.stft(wave, 400, 160, window=self.window, pad_mode="constant", return_complex=True)
        return spectrum.abs().square().transpose(1, 2) @ self.filters.T

    def embed_partials(self, partials):
        """One embedding of norm 1 for each stretch of mel frames: (batch, 160, 40) to (batch, 256)."""
        _, (hidden, _) = self.lstm(partials)
        return F.normalize(F.relu(self.linear(hidden[-1])), dim=1)

    def cut(self, mels):
        """
        The partials of one voice's frames, the last one filled up with silence or left out when that is much, as
        Resemblyzer cuts them. What is shorter than a partial stays as it is: silence after it would hide the voice.
        """
        if len(mels) < self.PARTIAL_FRAMES:
            return mels[None]
        starts = list(range(0, len(mels) - self.PARTIAL_FRAMES + self.PARTIAL_STEP + 1, self.PARTIAL_STEP))
        if len(starts) > 1 and len(mels) - starts[-1] < self.MIN_COVERAGE * self.PARTIAL_FRAMES:
            starts.pop()
        partials = [mels[start : start + self.PARTIAL_FRAMES] for start in starts]
        return torch.stack([F.pad(partial, (0, 0, 0, self.PARTIAL_FRAMES - len(partial))) for partial in partials])

    def forward(self, wave, weights):
        mels = self.mels(wave[:, 0])
        weights = F.interpolate(weights[:, None], size=mels.shape[1])[:, 0]
        embeddings = torch.full((len(mels), 256), torch.nan)
        for row, (frames, keep) in enumerate(zip(mels, weights > self.threshold)):
            if keep.sum() >= self.min_frames:
                embeddings[row] = F.normalize(self.embed_partials(self.cut(frames[keep])).mean(dim=0), dim=0)
        return embeddings
