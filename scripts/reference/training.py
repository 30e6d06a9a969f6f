#!/usr/bin/env python3
"""Makes the reference file of AdamWTests: ten steps of a small network under torch.optim.AdamW, in double.

Needs torch and safetensors. Run from the root of the repository: python3 scripts/reference/training.py
"""

import sys

# safetensors.py beside this script must not hide the package.
sys.path.pop(0)

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import functional

torch.manual_seed(2)
torch.set_num_threads(1)

STEPS, ROWS, INPUTS, HIDDEN, OUTPUTS = 10, 12, 9, 19, 5
CLIP = 0.5


def draw(*shape, deviation=1.0, mean=0.0):
    """Normal numbers that single precision holds, in double."""
    return (torch.randn(*shape, dtype=torch.float64) * deviation + mean).float().double()


weights = {
    "first.weight": draw(HIDDEN, INPUTS, deviation=0.4),
    "first.bias": draw(HIDDEN, deviation=0.1),
    "norm.scale": draw(HIDDEN, mean=1, deviation=0.2),
    "norm.shift": draw(HIDDEN, deviation=0.2),
    "second.weight": draw(OUTPUTS, HIDDEN, deviation=0.3),
    "second.bias": draw(OUTPUTS, deviation=0.1),
}
# Matrices are decayed; scales, shifts and biases are not.
parameters = {name: torch.nn.Parameter(value.clone()) for name, value in weights.items()}
matrices = [value for value in parameters.values() if value.ndim > 1]
others = [value for value in parameters.values() if value.ndim <= 1]
optimizer = torch.optim.AdamW(
    [{"params": matrices, "weight_decay": 0.1}, {"params": others, "weight_decay": 0}], lr=1, betas=(0.9, 0.95), eps=1e-8
)

tensors = {f"start/{name}": value for name, value in weights.items()}
averages = {name: value.clone() for name, value in weights.items()}
inputs, targets = draw(STEPS, ROWS, INPUTS), draw(STEPS, ROWS, OUTPUTS)
losses, norms = [], []
for step in range(STEPS):
    hidden = functional.linear(inputs[step], parameters["first.weight"], parameters["first.bias"])
    hidden = functional.gelu(hidden, approximate="tanh")
    hidden = functional.layer_norm(hidden, [HIDDEN], parameters["norm.scale"], parameters["norm.shift"], 1e-5)
    output = functional.linear(hidden, parameters["second.weight"], parameters["second.bias"])
    # The scale makes clipping set in for some of the steps only.
    loss = (output - targets[step]).square().mean() * (0.1 if step % 2 else 1)
    optimizer.zero_grad()
    loss.backward()
    norm = torch.sqrt(sum(value.grad.square().sum() for value in parameters.values()))
    if norm > CLIP:
        for value in parameters.values():
            value.grad *= CLIP / norm
    for group in optimizer.param_groups:
        group["lr"] = 0.02 * (1 - step / 20)
    optimizer.step()
    decay = min(0.8, (step + 1) / (step + 3))
    for name, value in parameters.items():
        averages[name] = decay * averages[name] + (1 - decay) * value.detach()
    losses.append(loss.item())
    norms.append(norm.item())
    if step in (0, STEPS - 1):
        tensors |= {f"step{step + 1}/{name}": value.detach().clone() for name, value in parameters.items()}
assert min(norms) < CLIP < max(norms), norms
tensors |= {f"average/{name}": value for name, value in averages.items()}
for name, value in parameters.items():
    tensors[f"first/{name}"] = optimizer.state[value]["exp_avg"]
    tensors[f"second/{name}"] = optimizer.state[value]["exp_avg_sq"]
tensors |= {"inputs": inputs, "targets": targets, "losses": torch.tensor(losses), "norms": torch.tensor(norms)}
path = Path("Tests/TrainingTests/Reference/adamw.safetensors")
path.parent.mkdir(parents=True, exist_ok=True)
save_file({name: value.float().contiguous() for name, value in tensors.items()}, path)
print(f"{path}: {path.stat().st_size} bytes; norms {min(norms):.3f} to {max(norms):.3f}")
