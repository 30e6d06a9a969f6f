"""The denoiser and its layers in PyTorch, as functions of their parameters `p` by name."""

import math

import torch
from torch.nn import functional


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
