"""Random parameters of the denoiser and its layers, by name."""

import torch


def draw(*shape, deviation=1.0, mean=0.0):
    """Normal numbers that half precision holds, in double."""
    return (torch.randn(*shape, dtype=torch.float64) * deviation + mean).half().double()


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
