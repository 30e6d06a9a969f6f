"""What two ears hear: where a clip lies, how wide it is, and how fast its strokes rise."""

from pathlib import Path

import numpy
import soundfile

# A stroke's power is looked at in windows of so many seconds, each beginning a quarter of one after the last.
RISE_SECONDS = 0.002
FLOOR = 1e-10


def place(path: Path) -> tuple[float, float]:
    """Pan, the level of the right ear over the left in decibels, and width, that of the side over the mid."""
    samples, _ = soundfile.read(path, dtype="float64", always_2d=True)
    if samples.shape[1] == 1:
        return 0.0, -60.0
    left, right = samples[:, 0], samples[:, 1]
    power = [float(numpy.mean(part**2)) + FLOOR for part in (left, right, left + right, left - right)]
    pan, width = 10 * numpy.log10(power[1] / power[0]), 10 * numpy.log10(power[3] / power[2])
    return float(numpy.clip(pan, -30, 30)), float(numpy.clip(width, -60, 20))


def rise(path: Path) -> float:
    """Milliseconds from the last moment 20 dB below the first stroke's peak to the first one 3 dB below it."""
    samples, rate = soundfile.read(path, dtype="float64", always_2d=True)
    power = (samples**2).mean(axis=1)
    length = int(RISE_SECONDS * rate)
    sums = numpy.cumsum(numpy.concatenate([[0.0], power]))
    level = 10 * numpy.log10((sums[length:] - sums[:-length])[:: length // 4] / length + FLOOR)
    first = level[: int(0.5 * rate / (length // 4))]
    peak = int(first.argmax())
    near = int(numpy.argmax(first >= first[peak] - 3))
    low = numpy.flatnonzero(first[: near + 1] < first[peak] - 20)
    return 1000 * (near - (low[-1] if len(low) else 0)) * (length // 4) / rate


def spreads(paths: list[Path]) -> dict[str, float]:
    """Deviations of pan and width over clips, in decibels."""
    places = numpy.array([place(path) for path in paths])
    return {"pan": float(places[:, 0].std()), "width": float(places[:, 1].std())}
