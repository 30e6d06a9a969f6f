#!/usr/bin/env python3
"""Writes the stereo reference of SpectraTests: what scripts/frame/stereo.py makes of two short channels.

    python3 scripts/reference/stereo.py        (numpy 2, scipy)
"""

import sys
from pathlib import Path

import numpy

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "frame"))
import stereo  # noqa: E402
from transform import RATE, Bands  # noqa: E402

HERE = ROOT / "Tests" / "SpectraTests" / "Reference"


def channels():
    """Three tones in three places, a noise that is wider than both, and a stroke on the right, as integers of 16 bits."""
    count = 22050
    time = numpy.arange(count) / RATE
    random = numpy.random.default_rng(30)
    left, right = (0.02 * random.standard_normal(count) for _ in range(2))
    for hertz, places in [(110, (0.1, 0.1)), (659.3, (0.15, 0.03)), (2960, (0.02, 0.09))]:
        tone = numpy.sin(2 * numpy.pi * hertz * time) * numpy.exp(-2 * time)
        left, right = left + places[0] * tone, right + places[1] * tone
    stroke = numpy.where(time > 0.2, numpy.exp(-40 * (time - 0.2)), 0) * random.standard_normal(count)
    right = right + 0.1 * stroke
    return [numpy.clip(numpy.round(c * 32768), -32768, 32767).astype("<i2") for c in (left, right)]


def main():
    integers = channels()
    for name, values in zip(("left", "right"), integers):
        values.tofile(HERE / f"stereo-{name}.s16")
    left, right = (values / 32768 for values in integers)
    bands = Bands(12)
    level, angle = stereo.analyse(left, right, bands)
    image = numpy.stack([level * 20 / numpy.log(10), angle / numpy.pi], axis=2)
    image.astype("<f4").tofile(HERE / "stereo-image.f32")
    made = stereo.synthesise((left + right) / 2, level, angle, bands)
    ((made[0] - made[1]) / 2)[8192:12288].astype("<f4").tofile(HERE / "stereo-side.f32")


if __name__ == "__main__":
    main()
