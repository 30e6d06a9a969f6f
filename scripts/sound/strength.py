"""Measures how far variations lie from their sources by strength; scripts/check-strength runs it and says how."""

import argparse
import os
import tempfile

import numpy

from clips import batch, read

CASES = [
    ("warm electric piano chords in A minor, 90 bpm", "church organ chords in A minor, 90 bpm"),
    ("rock drum beat, 120 bpm", "jazz drum groove played with brushes, 120 bpm"),
    ("solo violin melody", "flute melody"),
    ("dark synth pad", "choir"),
    ("nylon guitar arpeggio in E minor", "harp arpeggio in E minor"),
]
STRENGTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]


def bands(path, length=3072, hop=768, count=96, floor=-80):
    """Decibels in bands on a warped axis, [frame, band], down to 80 dB below the loudest."""
    samples, rate = read(path)
    frames = 1 + (len(samples) - length) // hop
    index = numpy.arange(frames)[:, None] * hop + numpy.arange(length)
    power = numpy.abs(numpy.fft.rfft(samples[index] * numpy.hanning(length), axis=1)) ** 2
    axis = numpy.log1p(numpy.arange(power.shape[1]) * rate / length / 200)
    edges = numpy.searchsorted(axis, numpy.linspace(axis[1], axis[-1], count + 1))
    edges = numpy.unique(edges)
    sums = numpy.add.reduceat(power, edges[:-1], axis=1) / numpy.diff(edges)
    levels = 10 * numpy.log10(sums + 1e-12)
    return numpy.maximum(levels, levels.max() + floor)


def distance(first, second):
    count = min(len(first), len(second))
    return 1 - numpy.corrcoef(first[:count].ravel(), second[:count].ravel())[0, 1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--strengths", type=float, nargs="+", default=STRENGTHS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sources, clips = os.path.join(folder, "sources"), os.path.join(folder, "clips")
        os.makedirs(sources)
        os.makedirs(clips)
        batch(sources, [
            {"id": str(i), "prompt": source, "seed": 11 + i, "duration": 3} for i, (source, _) in enumerate(CASES)])
        batch(clips, [
            {"id": f"{i}-{strength}-{seed}", "prompt": prompt, "init-audio": os.path.join(sources, f"{i}.wav"),
             "strength": strength, "seed": 100 + seed, "steps": options.steps}
            for i, (_, prompt) in enumerate(CASES) for strength in options.strengths for seed in range(options.seeds)])
        table = []
        for i in range(len(CASES)):
            source = bands(f"{sources}/{i}.wav")
            table.append([
                numpy.mean([distance(source, bands(f"{clips}/{i}-{s}-{k}.wav")) for k in range(options.seeds)])
                for s in options.strengths])
    table = numpy.array(table)
    print("strength   " + " ".join(f"{s:6.3g}" for s in options.strengths))
    for (source, _), row in zip(CASES, table):
        print("distance   " + " ".join(f"{d:6.3f}" for d in row) + "  " + source)
    shares = (table / table[:, -1:]).mean(axis=0)
    print("of that of strength 1, on average")
    print("           " + " ".join(f"{d:6.3f}" for d in shares))


if __name__ == "__main__":
    main()
