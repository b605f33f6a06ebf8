"""The two networks that the reference diarization runs, written in plain torch, and the reading of their weights.

Segmentation: PyanNet (SincNet, LSTM, linear layers) of pyannote/segmentation, 2022, three speakers in 5 seconds.
Embedding: CAM++ of 3D-Speaker (2023), 192 numbers.
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


def read_weights(path, key=None):
    """The tensors by name that a PyTorch file holds, under `key` if one is given."""
    checkpoint = torch.load(path, map_location="cpu", pickle_module=WeightsPickle, weights_only=False)
    return checkpoint if key is None else checkpoint[key]


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


def kaldi_filters():
    """80 triangles from 20 Hz to 8 kHz, even on Kaldi's mel scale: (80, 257)."""
    def to_mel(hz):
        return 1127 * np.log(1 + hz / 700)

    least = to_mel(20)
    places = (to_mel(np.arange(257) * SAMPLE_RATE / 512) - least) / (to_mel(8_000) - least) * 81
    places = places[None] - np.arange(80)[:, None]
    filters = np.maximum(0, np.minimum(places, 2 - places))
    filters[:, 256] = 0
    return torch.from_numpy(filters).float()


def fbank(wave, window, filters):
    """Kaldi's log mel bands every 10 ms, less the mean of each: (batch, samples) to (batch, 80, frames)."""
    frames = wave.unfold(-1, 400, 160)
    frames = frames - frames.mean(-1, keepdim=True)
    frames = frames - 0.97 * F.pad(frames, (1, 0), mode="replicate")[..., :-1]
    power = torch.fft.rfft(frames * window, 512).abs().square()
    bands = torch.log((power @ filters.T).clamp(min=torch.finfo(torch.float32).eps))
    return (bands - bands.mean(1, keepdim=True)).transpose(1, 2)


class Residual(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(32, 32, 3, (stride, 1), 1, bias=False)
        self.bn1 = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 32, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(32)
        if stride > 1:
            self.shortcut = nn.Sequential(nn.Conv2d(32, 32, 1, (stride, 1), bias=False), nn.BatchNorm2d(32))
        else:
            self.shortcut = nn.Identity()

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + self.shortcut(x))


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(32)
        self.layer1 = nn.Sequential(Residual(2), Residual(1))
        self.layer2 = nn.Sequential(Residual(2), Residual(1))
        self.conv2 = nn.Conv2d(32, 32, 3, (2, 1), 1, bias=False)
        self.bn2 = nn.BatchNorm2d(32)

    def forward(self, bands):
        x = self.layer2(self.layer1(F.relu(self.bn1(self.conv1(bands[:, None])))))
        return F.relu(self.bn2(self.conv2(x))).flatten(1, 2)


def nonlinear(channels, affine=True):
    return nn.ModuleDict({"batchnorm": nn.BatchNorm1d(channels, affine=affine)})


class Masked(nn.Module):
    """A convolution whose outputs are masked by the mean of all frames and that of each hundred of them."""

    def __init__(self, dilation):
        super().__init__()
        self.linear_local = nn.Conv1d(128, 32, 3, padding=dilation, dilation=dilation, bias=False)
        self.linear1 = nn.Conv1d(128, 64, 1)
        self.linear2 = nn.Conv1d(64, 32, 1)

    def forward(self, x):
        segments = F.avg_pool1d(x, 100, 100, ceil_mode=True).repeat_interleave(100, -1)[..., : x.shape[-1]]
        context = x.mean(-1, keepdim=True) + segments
        return self.linear_local(x) * torch.sigmoid(self.linear2(F.relu(self.linear1(context))))


class Dense(nn.Module):
    def __init__(self, channels, dilation):
        super().__init__()
        self.nonlinear1 = nonlinear(channels)
        self.linear1 = nn.Conv1d(channels, 128, 1, bias=False)
        self.nonlinear2 = nonlinear(128)
        self.cam_layer = Masked(dilation)

    def forward(self, x):
        narrow = self.linear1(F.relu(self.nonlinear1["batchnorm"](x)))
        return torch.cat([x, self.cam_layer(F.relu(self.nonlinear2["batchnorm"](narrow)))], 1)


class Embedding(nn.Module):
    """
    Waveforms (batch, 1, samples) and a weight for each segmentation frame (batch, frames) in, one voice embedding
    each (batch, 192) out; NaN where the frames weigh less than 0.1 s.
    """

    LEAST_FRAMES = 5
    LEAST_WEIGHT = 0.2

    def __init__(self, weights):
        super().__init__()
        self.head = Head()
        layers = {"tdnn": nn.ModuleDict({"linear": nn.Conv1d(320, 128, 5, 2, 2, bias=False),
                                         "nonlinear": nonlinear(128)})}
        channels = 128
        for block, (count, dilation) in enumerate([(12, 1), (24, 2), (16, 2)], 1):
            dense = {f"tdnnd{i + 1}": Dense(channels + 32 * i, dilation) for i in range(count)}
            layers[f"block{block}"] = nn.Sequential(OrderedDict(dense))
            channels += 32 * count
            layers[f"transit{block}"] = nn.ModuleDict({"nonlinear": nonlinear(channels),
                                                       "linear": nn.Conv1d(channels, channels // 2, 1, bias=False)})
            channels //= 2
        layers["out_nonlinear"] = nonlinear(channels)
        layers["dense"] = nn.ModuleDict({"linear": nn.Conv1d(2 * channels, 192, 1, bias=False),
                                         "nonlinear": nonlinear(192, affine=False)})
        self.xvector = nn.ModuleDict(layers)
        window = torch.from_numpy((0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 399)) ** 0.85).float()
        self.register_buffer("window", window, persistent=False)
        self.register_buffer("filters", kaldi_filters(), persistent=False)
        self.load_state_dict(weights)

    def features(self, wave):
        layers = self.xvector
        x = layers["tdnn"]["linear"](self.head(fbank(wave, self.window, self.filters)))
        x = F.relu(layers["tdnn"]["nonlinear"]["batchnorm"](x))
        for block in (1, 2, 3):
            x = layers[f"block{block}"](x)
            transit = layers[f"transit{block}"]
            x = transit["linear"](F.relu(transit["nonlinear"]["batchnorm"](x)))
        return F.relu(layers["out_nonlinear"]["batchnorm"](x))

    def forward(self, wave, weights):
        x = self.features(wave[:, 0])
        weights = F.interpolate(weights[:, None], size=x.shape[-1])
        weights = torch.where(weights < self.LEAST_WEIGHT, 0, weights)
        total = weights.sum(-1)
        mean = (x * weights).sum(-1) / total
        freedom = total - weights.square().sum(-1) / total
        deviation = (((x - mean[..., None]).square() * weights).sum(-1) / freedom).sqrt()
        dense = self.xvector["dense"]
        y = dense["nonlinear"]["batchnorm"](dense["linear"](torch.cat([mean, deviation], 1)[..., None]))[..., 0]
        return torch.where(total < self.LEAST_FRAMES, torch.nan, F.normalize(y, dim=1))
