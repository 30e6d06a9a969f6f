"""How well a mid and some parameters bring back a stereo clip, against other ways.

    stereo_study.py HISS SCORES RECORDINGS... [--count 40]

HISS is the program, SCORES a folder of MIDI files, RECORDINGS folders of stereo sounds. Prints tables of medians.
"""

import argparse
import time
from pathlib import Path

import numpy
import soundfile

import material
from stereo import Judge, analyse, coefficients, decorrelated, synthesise
from transform import HOP, Bands, convergence, forward, inverse

TRIANGLE, FIVE = (1, 2, 1), (1, 2, 3, 2, 1)


def shared_phase(left, right, mid, rounds=0):
    """Left and right magnitudes, known exactly, on the phase of the mid; then some iterations in which the mean of both stays."""
    truths = [numpy.abs(forward(channel)) for channel in (left, right)]
    phase = numpy.exp(1j * numpy.angle(forward(mid)))
    made = [inverse(truth * phase, len(mid)) for truth in truths]
    for _ in range(rounds):
        side = (made[0] - made[1]) / 2
        spectra = [forward(mid + side), forward(mid - side)]
        made = [inverse(t * numpy.exp(1j * numpy.angle(s)), len(mid)) for t, s in zip(truths, spectra)]
    side = (made[0] - made[1]) / 2
    return mid + side, mid - side


def refined(made, left, right, mid, rounds):
    """Iterations of Griffin-Lim on left and right from what is there, the mid kept."""
    truths = [numpy.abs(forward(channel)) for channel in (left, right)]
    for _ in range(rounds):
        spectra = [forward(channel) for channel in made]
        made = [inverse(t * numpy.exp(1j * numpy.angle(s)), len(mid)) for t, s in zip(truths, spectra)]
        side = (made[0] - made[1]) / 2
        made = [mid + side, mid - side]
    return made


def ways(left, right, mid, made_mid, voc):
    """Name to a function that makes left and right. `made_mid` is the vocoded mid."""

    def parametric(count=12, analysis={}, **synthesis):
        bands = Bands(count)
        def make():
            return synthesise(made_mid, *analyse(left, right, bands, **analysis), bands, **synthesis)
        return make

    table = {f"{count} bands": parametric(count) for count in (8, 12, 16, 20, 24, 32)}
    table |= {f"12, {passes} corrections": parametric(passes=passes) for passes in (0, 2)}
    table |= {"12, lines between centres": parametric(smooth=True),
              "12, decorrelated magnitudes": parametric(shaped=0), "12, mid's over 5 bins": parametric(shaped=5),
              "12, not fitted": parametric(fitted=False, passes=0), "12, nothing of these": parametric(
                  fitted=False, passes=0, smooth=True, shaped=0)}
    table |= {f"12, {kind}": parametric(kind=kind)
              for kind in ("velvet15", "velvet60", "velvet60 slow", "phase", "phase60", "allpass", "delay")}
    table |= {f"20, {kind}": parametric(20, kind=kind) for kind in ("velvet60", "phase60", "allpass")}
    table |= {"12, triangles": parametric(analysis={"hats": True}, hats=True, smooth=True),
              "12, over 3 frames": parametric(analysis={"kernel": TRIANGLE}),
              "12, over 5 frames": parametric(analysis={"kernel": FIVE})}
    table["panned only (β = 0)"] = lambda: (lambda b: (lambda l, a: synthesise(made_mid, l, a * 0, b))(*analyse(left, right, b)))(
        Bands(12))
    table["mono"] = lambda: (made_mid, made_mid)
    table["shared phase"] = lambda: shared_phase(left, right, made_mid)
    table["shared phase, 4 rounds"] = lambda: shared_phase(left, right, made_mid, 4)
    table["12 bands, then 4 rounds"] = lambda: refined(table["12 bands"](), left, right, made_mid, 4)
    table["left, right each"] = lambda: (voc(left, "left"), voc(right, "right"))
    def mid_side():
        side = voc((left - right) / 2, "side")
        return made_mid + side, made_mid - side
    table["mid, side each"] = mid_side
    return table


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("hiss")
    parser.add_argument("scores")
    parser.add_argument("recordings", nargs="*")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--folder", default=".cache/frame")
    parser.add_argument("--only", nargs="*", help="words that a way's name must have one of")
    options = parser.parse_args()
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    clips = [*material.renders(options.scores, folder, options.count),
             *material.recordings(options.recordings, folder, options.count // 2)]
    rows, values = {}, []
    for path in clips:
        samples, _ = soundfile.read(path)
        left, right = samples.T
        mid = samples.mean(1)
        voc = lambda channel, name: material.vocoded(path, options.hiss, folder, channel, name)
        made_mid = voc(mid, "mid")
        fine, coarse = Judge(left, right), Judge(left, right, Bands(12))
        kind = path.stem.split("-")[0]
        numpy.savez(folder / f"{path.stem}.npz", **dict(zip(("level", "angle"), analyse(left, right, Bands(12)))))
        for name, make in ways(left, right, mid, made_mid, voc).items():
            if options.only and not any(word in name for word in options.only):
                continue
            start = time.process_time()
            made = make()
            seconds = (time.process_time() - start) / (len(mid) / material.RATE)
            figures = fine.figures(*made)
            own = coarse.figures(*made)
            figures |= {"level12": own["level"], "coherence12": own["coherence"]}
            figures["convergence"] = [convergence(made[0], left), convergence(made[1], right)]
            figures["mid"] = [convergence((made[0] + made[1]) / 2, mid)]
            figures["seconds"] = [seconds]
            for key, value in figures.items():
                rows.setdefault((kind, name), {}).setdefault(key, []).append(value)
    keys = ["level12", "coherence12", "level", "level8", "coherence", "coherence1", "magnitude", "convergence", "mid", "seconds"]
    for kind in ("render", "recording"):
        print(f"\n{kind}s: {len([c for c in clips if c.stem.startswith(kind)])}\n| way | " + " | ".join(keys) + " | worst clip: level, coherence |")
        print("|---|" + "---:|" * (len(keys) + 1))
        for (which, name), figures in rows.items():
            if which != kind:
                continue
            cells = []
            for key in keys:
                everything = numpy.concatenate([numpy.ravel(value) for value in figures[key]])
                mean = key in ("convergence", "mid", "seconds")
                cells.append(f"{everything.mean() if mean else numpy.median(everything):.3f}")
            worst = [max(numpy.median(value) if len(value) else 0 for value in figures[key]) for key in ("level", "coherence")]
            print(f"| {name} | " + " | ".join(cells) + f" | {worst[0]:.2f}, {worst[1]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
