"""What two ears hear: where a clip lies, how wide it is, and how fast its strokes rise."""

import sys
from pathlib import Path

import numpy
import soundfile

sys.path.append(str(Path(__file__).resolve().parents[1] / "frame"))
from rise import rise  # noqa: E402

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


def rise_of(path: Path) -> float:
    """Milliseconds in which the loudest stroke of the first half second rises; not a number where it begins above the floor."""
    samples, rate = soundfile.read(path, dtype="float64", always_2d=True)
    found = rise(samples[: rate // 2].mean(axis=1))
    return float("nan") if found is None else found


def spreads(paths: list[Path]) -> dict[str, float]:
    """Deviations of pan and width over clips, in decibels."""
    places = numpy.array([place(path) for path in paths])
    return {"pan": float(places[:, 0].std()), "width": float(places[:, 1].std())}
