"""Whether clips keep to the tempo that they are given."""

import numpy

import bench
import features
import hiss as program
from player import Player

RHYTHMIC = {"drum pattern", "arpeggio"}
HOP = 256


def repeats(samples: numpy.ndarray) -> numpy.ndarray:
    """The autocorrelation of the spectrum's rises, by lag.

    A rise may be anywhere in the 23 ms that a frame hears, so it is spread over them. As sharp as they come, the rises of
    two onsets fall a step of 6 ms before or behind a beat, and the grid that happens to catch most of them wins: phrases'
    own tempos are then found to 0.10 % instead of 0.05 % (a probe that is not in the repository).
    """
    levels = numpy.log1p(100 * numpy.sqrt(features.power_frames(samples, 1024, HOP)))
    rises = numpy.maximum(numpy.diff(levels, axis=0), 0).sum(axis=1)
    rises = rises - numpy.convolve(rises, numpy.ones(87) / 87, "same")
    bell = numpy.exp(-0.5 * (numpy.arange(-8, 9) / 2) ** 2)
    rises = numpy.convolve(rises, bell / bell.sum(), "same")
    lags = numpy.correlate(rises, rises, "full")[len(rises) - 1 :]
    return lags / numpy.maximum(len(rises) - numpy.arange(len(rises)), 1)


def tempo_error(lags: numpy.ndarray, asked: float) -> float:
    """How far the grid of beats and half beats that fits a clip best is from the one asked for, as a share of the tempo.

    Only grids within a tenth of it are looked at. Which of its multiples a clip's tempo is, is no fact of the clip: a free
    search takes two thirds or three quarters of the tempo for the beat of one real arpeggio in ten.
    """
    def fit(tempo: float) -> float:
        scores = []
        for beats in (1, 0.5):
            multiples = numpy.arange(1, int(8 / beats) + 1) * beats * 60 * features.SAMPLE_RATE / HOP / tempo
            multiples = multiples[multiples < 0.8 * len(lags)]
            if len(multiples):
                scores.append(numpy.interp(multiples, numpy.arange(len(lags)), lags).mean())
        return float(numpy.mean(scores)) if scores else 0.0

    candidates = asked * numpy.exp(numpy.arange(-0.1, 0.1 + 1e-9, 0.0025))
    return float(candidates[int(numpy.argmax([fit(tempo) for tempo in candidates]))] / asked - 1)


def measure(player: Player, clips: list[program.Clip], count: int) -> dict:
    """How many clips keep the asked beat to 1 %; the same of phrases, against their own tempo and others."""
    suited = [c for c in clips if c.labels["kind"] in RHYTHMIC and c.labels.get("tempo") and c.labels["seconds"] > 3.5]
    chosen = bench.spread(suited, count)
    tempos = [clip.labels["tempo"] for clip in chosen]
    made, real = [], []
    for seed, (clip, asked) in enumerate(zip(chosen, tempos)):
        samples = player.play(clip.caption, "--bpm", asked, "--duration", clip.labels["seconds"], "--seed", seed)
        made.append(repeats(samples))
        real.append(repeats(player.vocoded(clip.audio)))

    def kept(lags: list[numpy.ndarray], asked: list[float]) -> float:
        return float(numpy.mean([abs(tempo_error(part, tempo)) <= 0.01 for part, tempo in zip(lags, asked)]))

    # What clips score against the tempo of another: by chance.
    others = tempos[len(tempos) // 2 :] + tempos[: len(tempos) // 2]
    off = [kept(real, [tempo * factor for tempo in tempos]) for factor in (0.98, 1.02)]
    return {
        "clips": len(made), "made": kept(made, tempos), "real": kept(real, tempos), "chance": kept(real, others),
        "off": float(numpy.mean(off))}
