"""Hiss's denoiser as one would write it in PyTorch: dense batches, scaled_dot_product_attention, nothing clever."""

import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional


def rms_norm(x):
    return functional.rms_norm(x, x.shape[-1:], eps=1e-6)


def rotated(x, cosines, sines):
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cosines - b * sines, a * sines + b * cosines], dim=-1)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.output = nn.Linear(width, width, bias=False)
        self.query_scale = nn.Parameter(torch.ones(width // heads))
        self.key_scale = nn.Parameter(torch.ones(width // heads))

    def forward(self, x, cosines, sines):
        batch, rows, width = x.shape
        q, k, v = self.qkv(x).view(batch, rows, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        q = rotated(rms_norm(q) * self.query_scale, cosines, sines).to(v.dtype)
        k = rotated(rms_norm(k) * self.key_scale, cosines, sines).to(v.dtype)
        mixed = functional.scaled_dot_product_attention(q, k, v)
        return self.output(mixed.transpose(1, 2).reshape(batch, rows, width))


class FeedForward(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.expand = nn.Linear(width, hidden, bias=False)
        self.contract = nn.Linear(hidden, width, bias=False)

    def forward(self, x):
        return self.contract(functional.gelu(self.expand(x), approximate="tanh"))


class Block(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        width = sizes["width"]
        self.attention = Attention(width, sizes["headCount"])
        self.feed_forward = FeedForward(width, sizes["expansion"] * width)
        self.modulation_offset = nn.Parameter(torch.zeros(6 * width))
        rank = sizes.get("modulationRank", 0)
        self.modulation = None if rank == 0 else nn.ModuleDict({
            "narrow": nn.Linear(width, rank, bias=False), "spread": nn.Linear(rank, 6 * width, bias=False)})

    def forward(self, x, shared, condition, cosines, sines):
        own = self.modulation["spread"](self.modulation["narrow"](condition)) if self.modulation else 0
        shift1, scale1, gate1, shift2, scale2, gate2 = (shared + self.modulation_offset + own)[:, None].chunk(6, dim=-1)
        x = x + gate1 * self.attention(rms_norm(x) * (1 + scale1) + shift1, cosines, sines)
        return x + gate2 * self.feed_forward(rms_norm(x) * (1 + scale2) + shift2)


class Refinement(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        bands, hidden = sizes["bandCount"], sizes["refinementWidth"]
        self.bands = bands
        self.noisy = nn.Linear(3 * bands, hidden, bias=False)
        self.coarse = nn.Linear(bands, hidden, bias=False)
        self.gates = nn.Linear(sizes["width"], 2 * hidden)
        self.straight = nn.Linear(hidden, bands, bias=False)
        self.bent = nn.Linear(hidden, bands)

    def forward(self, coarse, patches, condition):
        batch = patches.shape[0]
        frames, rough = patches.reshape(batch, -1, self.bands), coarse.reshape(batch, -1, self.bands)
        padded = functional.pad(frames, (0, 0, 1, 1))
        around = torch.cat([padded[:, :-2], frames, padded[:, 2:]], dim=-1)
        first, second = self.gates(condition)[:, None].chunk(2, dim=-1)
        seen = self.noisy(around) * (1 + first) + self.coarse(rough) * (1 + second)
        detail = self.straight(seen) + self.bent(functional.gelu(seen, approximate="tanh"))
        return (rough + detail).reshape(coarse.shape)


class Alignment(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        aligned = sizes["alignmentWidth"]
        self.hidden = nn.Linear(sizes["textWidth"], 4 * aligned)
        self.output = nn.Linear(4 * aligned, aligned)
        self.scale, self.shift = nn.Parameter(torch.ones(aligned)), nn.Parameter(torch.zeros(aligned))
        self.condition = nn.Linear(aligned, sizes["width"], bias=False)

    def forward(self, sentences):
        x = self.output(functional.gelu(self.hidden(sentences), approximate="tanh"))
        return self.condition(functional.layer_norm(x, x.shape[-1:], self.scale, self.shift, 1e-5))


class Denoiser(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes
        width, bands, text = sizes["width"], sizes["bandCount"], sizes["textWidth"]
        self.reach = sizes["patchOverlap"] * bands
        token = sizes["patchLength"] * bands + 2 * self.reach

        def branch(**layers):
            return nn.ModuleDict(layers)

        self.input = branch(
            squeeze=nn.Linear(token, sizes["bottleneckWidth"], bias=False),
            widen=nn.Linear(sizes["bottleneckWidth"], width))
        self.text = branch(tokens=nn.Linear(text, width), sentence=nn.Linear(text, width))
        self.alignment = Alignment(sizes) if sizes.get("alignmentWidth") else None
        self.time = branch(expand=nn.Linear(width, width), contract=nn.Linear(width, width))
        self.modulation = nn.Linear(width, 6 * width)
        self.blocks = nn.ModuleList(Block(sizes) for _ in range(sizes["depth"]))
        self.refinement = Refinement(sizes) if sizes["refinementWidth"] else None
        self.final = branch(modulation=nn.Linear(width, 2 * width), output=nn.Linear(width, token))

    def forward(self, patches, times, tokens, sentences):
        """`[batch, audio tokens, patch]`, `[batch]`, `[batch, text tokens, text]`, `[batch, text]` to clean patches."""
        sizes, reach = self.sizes, self.reach
        count = tokens.shape[1]
        seen = torch.cat([
            functional.pad(patches[:, :-1, patches.shape[2] - reach:], (0, 0, 1, 0)), patches,
            functional.pad(patches[:, 1:, :reach], (0, 0, 0, 1))], dim=-1)
        audio = self.input["widen"](self.input["squeeze"](seen))
        x = torch.cat([self.text["tokens"](tokens), audio], dim=1)
        loud = sentences * sizes["textWidth"] ** 0.5
        said = self.text["sentence"](loud) + (self.alignment(loud) if self.alignment else 0)
        condition = functional.silu(self.time_embedding(times).to(x.dtype) + said)
        shared = self.modulation(condition)
        cosines, sines = self.rotary(count, patches.shape[1], x)
        for block in self.blocks:
            x = block(x, shared, condition, cosines, sines)
        shift, scale = self.final["modulation"](condition)[:, None].chunk(2, dim=-1)
        wide = self.final["output"](rms_norm(x[:, count:]) * (1 + scale) + shift)
        middle = wide[..., reach: wide.shape[-1] - reach]
        width = middle.shape[-1]
        before = functional.pad(wide[:, :-1, width + reach:], (0, width - reach, 1, 0))
        behind = functional.pad(wide[:, 1:, :reach], (width - reach, 0, 0, 1))
        coarse = middle + before + behind
        return self.refinement(coarse, patches, condition) if self.refinement else coarse

    def time_embedding(self, times):
        half = self.sizes["width"] // 2
        frequencies = torch.exp(-math.log(10_000) * torch.arange(half) / half)
        angles = 1000 * times[:, None] * frequencies
        x = torch.cat([angles.cos(), angles.sin()], dim=1).to(self.time["expand"].weight.dtype)
        return self.time["contract"](functional.silu(self.time["expand"](x)))

    def rotary(self, text, audio, like):
        half = self.sizes["width"] // self.sizes["headCount"] // 2
        frequencies = 10_000.0 ** (-torch.arange(half) / half)
        positions = torch.cat([torch.zeros(text), torch.arange(1, audio + 1)])
        angles = positions[:, None] * frequencies
        return angles.cos().to(like.dtype), angles.sin().to(like.dtype)


def load(folder):
    """The denoiser of a model's folder, with its own weights, in float32."""
    configuration = json.loads((Path(folder) / "config.json").read_text())
    network = Denoiser(configuration["denoiser"])
    weights = load_file(Path(folder) / "model.safetensors")
    # Nothing is compared with controls, and without them their layers do nothing.
    for layer in ("input", "refinement"):
        weights.pop(f"{layer}.controls.weight", None)
    network.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
    return network.eval(), configuration
