#!/usr/bin/env python3
"""Makes the reference files of SafetensorsTests with the reference implementation.

Needs numpy, torch and safetensors. Run from the root of the repository: python3 scripts/reference/safetensors.py
"""

import sys

# This script's own name must not hide the package.
sys.path.pop(0)

from pathlib import Path

import numpy
import torch
from safetensors.torch import save_file

directory = Path("Tests/TensorsTests/Reference")
directory.mkdir(parents=True, exist_ok=True)

# Every element type, an empty tensor, a scalar, and names and metadata that need escapes.
save_file(
    {
        "double": torch.tensor([0.1, -2.5e-3, 1e300, -0.0], dtype=torch.float64),
        "float": torch.arange(6, dtype=torch.float32).reshape(2, 3) / 7,
        "half": torch.tensor([[0.1, -65504.0, 6e-8]], dtype=torch.float16),
        "brain": torch.tensor([0.1, -3e38, 1e-40], dtype=torch.bfloat16),
        "long": torch.tensor([-1, 2**24 + 1, 2**40], dtype=torch.int64),
        "int": torch.tensor([-7, 2**31 - 1], dtype=torch.int32),
        "short": torch.tensor([-300, 300], dtype=torch.int16),
        "signed byte": torch.tensor([-128, 127], dtype=torch.int8),
        "byte": torch.tensor([0, 255, 3], dtype=torch.uint8),
        "bool": torch.tensor([True, False, True]),
        "empty": torch.zeros(0, 3),
        "scalar": torch.tensor(3.5),
        'quo"te\\ü\n😀': torch.tensor([1.0]),
    },
    directory / "safetensors-types.safetensors",
    metadata={"note": 'line\none "two" \\ ü 😀'},
)

# Values that try every kind of rounding: ties to both sides, subnormal numbers, overflow. The same, as raw float32,
# is what the test writes; its files have to equal these byte for byte.
generator = numpy.random.default_rng(1)
bits = generator.integers(0, 2**32, 400, dtype=numpy.uint64).astype(numpy.uint32)
bfloat_ties = (bits[:100] & numpy.uint32(0xFFFF0000)) | numpy.uint32(0x8000)
half_range = generator.normal(size=400).astype(numpy.float32) * numpy.exp2(
    generator.integers(-26, 17, 400)
).astype(numpy.float32)
half_ties = (half_range[:200].view(numpy.uint32) & numpy.uint32(0xFFFFE000)) | numpy.uint32(0x1000)
special = numpy.array(
    [0.0, -0.0, 1.0, 65504.0, 65519.996, 65520.0, -65520.0, 2**-24, 2**-25, 3 * 2**-25, 3.4e38, -3.4e38, 1e-45]
    + [numpy.inf, -numpy.inf],
    dtype=numpy.float32,
)
values = numpy.concatenate(
    [bits.view(numpy.float32), bfloat_ties.view(numpy.float32), half_range, half_ties.view(numpy.float32), special]
)
values = values[~numpy.isnan(values)]
values = values[: len(values) // 4 * 4]
values.astype("<f4").tofile(directory / "safetensors-values.f32")
tensor = torch.from_numpy(values.copy())
for name, converted in {
    "float32": tensor, "float16": tensor.to(torch.float16), "bfloat16": tensor.to(torch.bfloat16),
    "uint8": tensor.clamp(0, 255).round().to(torch.uint8),
}.items():
    save_file(
        {"a.grid": converted.reshape(4, -1), "b.first": converted[:5].clone()},
        directory / f"safetensors-{name}.safetensors",
        metadata={"format": "pt"},
    )
