"""Linear probes of the sound: whether a clip is as bright, plucky or wobbling as a word of its caption says."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass

import numpy

import hiss as program

CATALOGUE = program.ROOT / "Sources/Corpus/Orchestras/synths.json"
# Of a parameter's range, what is called low and high; so few clips of each teach nothing.
LOW, HIGH, LEAST = 0.35, 0.65, 12
RIDGE = 30.0


@dataclass(frozen=True)
class Word:
    """A word of a caption, and the side of the parameter that it is for."""

    parameter: str
    word: str
    is_high: bool


def words() -> dict[str, list[Word]]:
    """The words of each instrument's parameters that have some for both sides."""
    found = defaultdict(list)
    for instrument in json.loads(CATALOGUE.read_text()):
        for parameter in instrument["parameters"]:
            for side in ("low", "high"):
                found[instrument["name"]] += [Word(parameter["name"], word, side == "high") for word in parameter.get(side, [])]
    return found


def said(clip: program.Clip, known: dict[str, list[Word]]) -> list[Word]:
    """The words of its parameters that the clip's caption has."""
    caption = clip.caption.lower()
    return [word for word in known.get(clip.instrument, []) if re.search(rf"\b{re.escape(word.word)}\b", caption)]


def pooled(picture: numpy.ndarray) -> numpy.ndarray:
    """Mean, deviation and change of each band, and the course of the level, of a log-mel picture."""
    frames = picture.astype(numpy.float32)
    level = frames.mean(axis=1)
    course = numpy.interp(numpy.linspace(0, len(level) - 1, 24), numpy.arange(len(level)), level)
    turns = numpy.abs(numpy.fft.rfft(level - level.mean(), 256))[1:33]
    change = numpy.abs(numpy.diff(frames, axis=0)).mean(axis=0) if len(frames) > 1 else numpy.zeros(frames.shape[1])
    return numpy.concatenate([frames.mean(axis=0), frames.std(axis=0), change, course, numpy.log1p(turns) * 5])


class Probe:
    """Of one instrument's parameter: ridge regression of low and high on what is heard."""

    def __init__(self, features: numpy.ndarray, is_high: numpy.ndarray):
        self.mean, self.deviation = features.mean(axis=0), features.std(axis=0) + 1e-3
        x = (features - self.mean) / self.deviation
        y = numpy.where(is_high, 1.0, -1.0)
        weight = numpy.where(is_high, 0.5 / is_high.mean(), 0.5 / (1 - is_high.mean()))
        kernel = (x @ x.T) / x.shape[1] + RIDGE / x.shape[1] * numpy.diag(1 / weight)
        self.dual, self.x = numpy.linalg.solve(kernel, y), x

    def tells_high(self, features: numpy.ndarray) -> bool:
        x = (features - self.mean) / self.deviation
        return float(x @ self.x.T @ self.dual) > 0


def learned(clips: list[program.Clip], pictures: list[numpy.ndarray]) -> dict[tuple[str, str], Probe]:
    """A probe for each parameter of each instrument that enough clips have."""
    rows = defaultdict(list)
    for clip, picture in zip(clips, pictures):
        for name, value in clip.labels.get("values", {}).items():
            if value <= LOW or value >= HIGH:
                rows[clip.instrument, name].append((pooled(picture), value >= HIGH))
    probes = {}
    for key, pairs in rows.items():
        sides = numpy.array([is_high for _, is_high in pairs])
        if min(sides.sum(), (~sides).sum()) >= LEAST:
            probes[key] = Probe(numpy.stack([row for row, _ in pairs]), sides)
    return probes


def told(clips: list[program.Clip], pictures: list[numpy.ndarray], probes) -> dict[str, list[bool]]:
    """Whether each word of the captions is told rightly, by parameter."""
    known, found = words(), defaultdict(list)
    for clip, picture in zip(clips, pictures):
        for word in said(clip, known):
            probe = probes.get((clip.instrument, word.parameter))
            if probe:
                found[word.parameter].append(probe.tells_high(pooled(picture)) == word.is_high)
    return found
