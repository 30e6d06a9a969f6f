#!/usr/bin/env python3
"""Makes the reference files of LayersTests and DenoisingTests: the same layers and network in PyTorch, in double.

Needs torch and safetensors. Run from the root of the repository: python3 scripts/reference/layers.py

Weights and inputs are drawn in half precision, so that the files are small and hold exactly what was computed with.
Each part has its parameters under `NAME/network/`, its inputs, its output, and, for the loss sum(output * projection),
the gradients of its inputs and parameters under `NAME/gradient/`.
"""

import math
import sys

# safetensors.py beside this script must not hide the package.
sys.path.pop(0)

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import functional

torch.manual_seed(1)
torch.set_num_threads(1)


def draw(*shape, deviation=1.0, mean=0.0):
    """Normal numbers that half precision holds, in double."""
    return (torch.randn(*shape, dtype=torch.float64) * deviation + mean).half().double()


def rms_normalized(x):
    return x / (x.square().mean(-1, keepdim=True) + 1e-6).sqrt()


def spread(vectors, lengths):
    """One row for each row of a sequence: `[sequence, width]` to `[rows, width]`."""
    return torch.repeat_interleave(vectors, torch.tensor(lengths), dim=0)


def rotate(x, positions):
    """Rotary positions on `[rows, heads, head width]`: pairs (i, i + half), base 10,000."""
    half = x.shape[-1] // 2
    frequencies = 10_000.0 ** (-torch.arange(half, dtype=torch.float64) / half)
    angles = (torch.tensor(positions, dtype=torch.float64)[:, None] * frequencies)[:, None, :]
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * angles.cos() - b * angles.sin(), a * angles.sin() + b * angles.cos()], dim=-1)


def self_attention(p, name, x, heads, lengths, positions):
    rows, width = x.shape
    q, k, v = functional.linear(x, p[f"{name}.qkv.weight"]).view(rows, 3, heads, width // heads).unbind(1)
    q = rotate(rms_normalized(q) * p[f"{name}.query_scale"], positions)
    k = rotate(rms_normalized(k) * p[f"{name}.key_scale"], positions)
    parts = []
    for q, k, v in zip(q.split(lengths), k.split(lengths), v.split(lengths)):
        mixed = functional.scaled_dot_product_attention(q.transpose(0, 1), k.transpose(0, 1), v.transpose(0, 1))
        parts.append(mixed.transpose(0, 1).reshape(-1, width))
    return functional.linear(torch.cat(parts), p[f"{name}.output.weight"])


def feed_forward(p, name, x):
    hidden = functional.gelu(functional.linear(x, p[f"{name}.expand.weight"]), approximate="tanh")
    return functional.linear(hidden, p[f"{name}.contract.weight"])


def time_embedding(p, name, times):
    half = p[f"{name}.expand.weight"].shape[1] // 2
    frequencies = torch.exp(-math.log(10_000) * torch.arange(half, dtype=torch.float64) / half)
    angles = 1000 * times[:, None] * frequencies
    x = torch.cat([angles.cos(), angles.sin()], dim=1)
    x = functional.silu(functional.linear(x, p[f"{name}.expand.weight"], p[f"{name}.expand.bias"]))
    return functional.linear(x, p[f"{name}.contract.weight"], p[f"{name}.contract.bias"])


def contrastive_tower(p, name, x):
    x = functional.linear(x, p[f"{name}.hidden.weight"], p[f"{name}.hidden.bias"])
    x = functional.gelu(x, approximate="tanh")
    x = functional.linear(x, p[f"{name}.output.weight"], p[f"{name}.output.bias"])
    return functional.layer_norm(x, [x.shape[1]], p[f"{name}.scale"], p[f"{name}.shift"], 1e-5)


def unfold(rows, reach):
    """Each row of one sequence with `reach` values of its neighbours on either side, zeros beyond the ends."""
    flat = functional.pad(rows.flatten(), (reach, reach))
    return flat.unfold(0, rows.shape[1] + 2 * reach, rows.shape[1])


def fold(rows, reach):
    """The adjoint of `unfold`: an overlap-add."""
    wide = rows.shape[1]
    width = wide - 2 * reach
    flat = rows.new_zeros(len(rows) * width + 2 * reach)
    index = torch.arange(len(rows))[:, None] * width + torch.arange(wide)
    return flat.index_add(0, index.flatten(), rows.flatten())[reach : reach + len(rows) * width].view(-1, width)


def transformer(p, sizes, patches, times, tokens, text_lengths, sentences, lengths, controls=None):
    reach = sizes["patchOverlap"] * sizes["bandCount"]
    seen = torch.cat([unfold(part, reach) for part in patches.split(lengths)])
    audio = functional.linear(seen, p["input.squeeze.weight"])
    audio = functional.linear(audio, p["input.widen.weight"], p["input.widen.bias"])
    if controls is not None:
        controls = controls * controls.shape[1] ** 0.5
        audio = audio + functional.linear(controls, p["input.controls.weight"])
    text = functional.linear(tokens, p["text.tokens.weight"], p["text.tokens.bias"])
    loud = sentences * sizes["textWidth"] ** 0.5
    sentence = functional.linear(loud, p["text.sentence.weight"], p["text.sentence.bias"])
    sentence = sentence + functional.linear(contrastive_tower(p, "alignment", loud), p["alignment.condition.weight"])
    condition = functional.silu(time_embedding(p, "time", times) + sentence)
    shared = functional.linear(condition, p["modulation.weight"], p["modulation.bias"])
    pairs = list(zip(text.split(text_lengths), audio.split(lengths)))
    x = torch.cat([part for pair in pairs for part in pair])
    joined = [a + b for a, b in zip(text_lengths, lengths)]
    positions = [p for a, b in zip(text_lengths, lengths) for p in [0] * a + list(range(1, b + 1))]
    for block in range(sizes["depth"]):
        name = f"blocks.{block}"
        own = functional.linear(condition, p[f"{name}.modulation.narrow.weight"])
        own = functional.linear(own, p[f"{name}.modulation.spread.weight"])
        parts = (shared + p[f"{name}.modulation_offset"] + own).chunk(6, dim=1)
        shift1, scale1, gate1, shift2, scale2, gate2 = (spread(part, joined) for part in parts)
        seen = rms_normalized(x) * (1 + scale1) + shift1
        x = x + gate1 * self_attention(p, f"{name}.attention", seen, sizes["headCount"], joined, positions)
        seen = rms_normalized(x) * (1 + scale2) + shift2
        x = x + gate2 * feed_forward(p, f"{name}.feed_forward", seen)
    x = torch.cat([part[count:] for part, count in zip(x.split(joined), text_lengths)])
    final = functional.linear(condition, p["final.modulation.weight"], p["final.modulation.bias"])
    shift, scale = (spread(part, lengths) for part in final.chunk(2, dim=1))
    x = functional.linear(rms_normalized(x) * (1 + scale) + shift, p["final.output.weight"], p["final.output.bias"])
    coarse = torch.cat([fold(part, reach) for part in x.split(lengths)])
    return refined(p, sizes, coarse, patches, condition, lengths, controls)


def around(frames):
    """Each frame between its neighbours, which beyond the ends are zeros."""
    padded = functional.pad(frames, (0, 0, 1, 1))
    return torch.cat([padded[:-2], frames, padded[2:]], dim=1)


def refined(p, sizes, coarse, patches, condition, lengths, controls):
    """The frames of the coarse prediction, corrected from the noisy frames around them, and what is asked of these."""
    bands = sizes["bandCount"]
    asked = [None] * len(lengths) if controls is None else controls.split(lengths)
    gates = functional.linear(condition, p["refinement.gates.weight"], p["refinement.gates.bias"])
    clips = []
    for clip, noisy, gate, track in zip(coarse.split(lengths), patches.split(lengths), gates, asked):
        frames, rough = noisy.reshape(-1, bands), clip.reshape(-1, bands)
        first, second = gate.chunk(2)
        seen = functional.linear(around(frames), p["refinement.noisy.weight"]) * (1 + first)
        seen = seen + functional.linear(rough, p["refinement.coarse.weight"]) * (1 + second)
        if track is not None:
            track = track.reshape(len(frames), -1)
            seen = seen + functional.linear(around(track), p["refinement.controls.weight"])
        bent = functional.gelu(seen, approximate="tanh")
        detail = functional.linear(bent, p["refinement.bent.weight"], p["refinement.bent.bias"])
        rough = rough + functional.linear(seen, p["refinement.straight.weight"]) + detail
        clips.append(rough.reshape(clip.shape))
    return torch.cat(clips)


def linear_weights(name, inputs, outputs, bias=False):
    weights = {f"{name}.weight": draw(outputs, inputs, deviation=inputs**-0.5)}
    return weights | ({f"{name}.bias": draw(outputs, deviation=0.2)} if bias else {})


def attention_weights(name, width, heads):
    scales = {f"{name}.{part}_scale": draw(width // heads, deviation=0.3, mean=1) for part in ["query", "key"]}
    return linear_weights(f"{name}.qkv", width, 3 * width) | linear_weights(f"{name}.output", width, width) | scales


def feed_forward_weights(name, width, hidden):
    return linear_weights(f"{name}.expand", width, hidden) | linear_weights(f"{name}.contract", hidden, width)


def time_weights(name, width):
    return linear_weights(f"{name}.expand", width, width, True) | linear_weights(f"{name}.contract", width, width, True)


def transformer_weights(sizes):
    width, text = sizes["width"], sizes["textWidth"]
    patch = (sizes["patchLength"] + 2 * sizes["patchOverlap"]) * sizes["bandCount"]
    weights = linear_weights("input.squeeze", patch, sizes["bottleneckWidth"])
    weights |= linear_weights("input.widen", sizes["bottleneckWidth"], width, True)
    weights |= linear_weights("text.tokens", text, width, True) | linear_weights("text.sentence", text, width, True)
    aligned = sizes["alignmentWidth"]
    weights |= linear_weights("alignment.hidden", text, 4 * aligned, True)
    weights |= linear_weights("alignment.output", 4 * aligned, aligned, True)
    weights |= {"alignment.scale": draw(aligned, mean=1, deviation=0.5), "alignment.shift": draw(aligned)}
    weights |= linear_weights("alignment.condition", aligned, width)
    weights |= time_weights("time", width) | linear_weights("modulation", width, 6 * width, True)
    weights |= linear_weights("final.modulation", width, 2 * width, True)
    weights |= linear_weights("final.output", width, patch, True)
    bands, hidden = sizes["bandCount"], sizes["refinementWidth"]
    weights |= linear_weights("refinement.noisy", 3 * bands, hidden)
    weights |= linear_weights("refinement.coarse", bands, hidden)
    weights |= linear_weights("refinement.gates", width, 2 * hidden, True)
    weights |= linear_weights("refinement.straight", hidden, bands)
    weights |= linear_weights("refinement.bent", hidden, bands, True)
    for block in range(sizes["depth"]):
        name = f"blocks.{block}"
        weights |= attention_weights(f"{name}.attention", width, sizes["headCount"])
        weights |= feed_forward_weights(f"{name}.feed_forward", width, sizes["expansion"] * width)
        weights[f"{name}.modulation_offset"] = draw(6 * width, deviation=0.3)
        weights |= linear_weights(f"{name}.modulation.narrow", width, sizes["modulationRank"])
        weights |= linear_weights(f"{name}.modulation.spread", sizes["modulationRank"], 6 * width)
    return weights


def record(name, weights, inputs, compute, gradients_of, constants=None):
    """The tensors of one part: what went in, what came out, and the gradients asked for."""
    for tensor in list(weights.values()) + list(inputs.values()):
        tensor.requires_grad_(True)
    output = compute(weights, **inputs, **(constants or {}))
    projection = draw(*output.shape)
    (output * projection).sum().backward()
    known = weights | inputs
    tensors = {f"{name}/network/{key}": value.detach().half() for key, value in weights.items()}
    tensors |= {f"{name}/{key}": value.detach().half() for key, value in inputs.items()}
    tensors |= {f"{name}/projection": projection.half(), f"{name}/output": output.detach().float()}
    return tensors | {f"{name}/gradient/{key}": known[key].grad.float() for key in gradients_of}


def write(path, tensors):
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({key: value.contiguous() for key, value in tensors.items()}, path)
    print(f"{path}: {path.stat().st_size} bytes")


def layers():
    tensors = record(
        "norm", {"scale": draw(37, mean=1, deviation=0.5), "shift": draw(37)}, {"x": draw(5, 37, mean=2)},
        lambda p, x: functional.layer_norm(x, [37], p["scale"], p["shift"], 1e-5), ["x", "scale", "shift"])
    lengths, positions = [1, 6, 3], [0, 0, 0, 1, 2, 3, 900, 0, 7, 1]
    weights = attention_weights("attention", 64, 2)
    tensors |= record(
        "attention", weights, {"x": draw(10, 64)},
        lambda p, x: self_attention(p, "attention", x, 2, lengths, positions),
        ["x", "attention.query_scale", "attention.key_scale", "attention.output.weight"])
    weights = feed_forward_weights("feed", 23, 50)
    tensors |= record(
        "feed", weights, {"x": draw(7, 23)}, lambda p, x: feed_forward(p, "feed", x), ["x", *weights])
    times = torch.tensor([0, 0.125, 0.6, 1], dtype=torch.float32).double()
    weights = time_weights("time", 24)
    tensors |= record("time", weights, {}, lambda p: time_embedding(p, "time", times), list(weights))
    write(Path("Tests/LayersTests/Reference/layers.safetensors"), tensors)


def controlled(sizes, weights, inputs, times, text_lengths, lengths):
    """The same network and inputs, asked for controls too."""
    count = 4
    width = count * sizes["patchLength"]
    layers = linear_weights("input.controls", width, sizes["width"])
    layers |= linear_weights("refinement.controls", 3 * count, sizes["refinementWidth"])
    others = {key: value.detach() for key, value in weights.items()}
    given = {key: value.detach() for key, value in inputs.items()}
    return record(
        "controlled", layers, {"controls": draw(sum(lengths), width, deviation=0.25)},
        lambda p, controls: transformer(
            others | p, sizes, given["patches"], times, given["tokens"], text_lengths, given["sentences"], lengths, controls),
        list(layers))


def denoiser():
    sizes = {
        "bandCount": 12, "patchLength": 3, "patchOverlap": 1, "bottleneckWidth": 16, "width": 64, "depth": 2, "headCount": 2,
        "expansion": 2, "textWidth": 24, "refinementWidth": 10, "alignmentWidth": 6, "modulationRank": 5,
    }  # fmt: skip
    text_lengths, lengths = [4, 2, 7], [5, 1, 11]
    times = torch.tensor([0.25, 0.9375, 0], dtype=torch.float32).double()
    inputs = {
        "patches": draw(sum(lengths), sizes["patchLength"] * sizes["bandCount"]),
        "tokens": draw(sum(text_lengths), sizes["textWidth"]),
        "sentences": draw(len(lengths), sizes["textWidth"]),
    }
    gradients = ["patches", "input.squeeze.weight", "text.tokens.bias", "text.sentence.bias", "time.expand.bias"]
    gradients += ["refinement.noisy.weight", "refinement.coarse.weight", "refinement.gates.bias", "refinement.bent.bias"]
    gradients += ["alignment.condition.weight"]
    gradients += ["modulation.bias", "final.modulation.bias", "final.output.bias"]
    gradients += ["blocks.0.attention.query_scale", "blocks.1.attention.key_scale", "blocks.0.modulation_offset"]
    gradients += ["blocks.0.modulation.narrow.weight", "blocks.1.modulation.spread.weight"]
    weights = transformer_weights(sizes)
    tensors = record(
        "denoiser", weights, inputs,
        lambda p, patches, tokens, sentences: transformer(
            p, sizes, patches, times, tokens, text_lengths, sentences, lengths),
        gradients)
    tensors["denoiser/times"] = times.float()
    tensors |= controlled(sizes, weights, inputs, times, text_lengths, lengths)
    write(Path("Tests/DenoisingTests/Reference/denoiser.safetensors"), tensors)


layers()
denoiser()
