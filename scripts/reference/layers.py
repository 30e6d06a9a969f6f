#!/usr/bin/env python3
"""Makes the reference files of LayersTests and DenoisingTests: the same layers and network in PyTorch, in double.

Needs torch and safetensors. Run from the root of the repository: python3 scripts/reference/layers.py

Weights and inputs are drawn in half precision, so that the files are small and hold exactly what was computed with.
Each part has its parameters under `NAME/network/`, its inputs, its output, and, for the loss sum(output * projection),
the gradients of its inputs and parameters under `NAME/gradient/`.
"""

import sys

# safetensors.py beside this script must not hide the package.
sys.path.append(sys.path.pop(0))

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import functional

from transformer import feed_forward, self_attention, time_embedding, transformer
from weights import attention_weights, draw, feed_forward_weights, linear_weights, time_weights, transformer_weights

torch.manual_seed(1)
torch.set_num_threads(1)


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
