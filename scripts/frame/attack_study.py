"""Attacks: the rise of drum strokes and the convergence of phrases, with and without attack values.

    attack_study.py HISS FOLDER SHARE RECORDED...

FOLDER holds what stereo_study.py left, RECORDED are strokes; of all of these one in SHARE is taken.
"""

import sys
import time
from pathlib import Path

import numpy
import soundfile

import attacks
from material import vocoded
from rise import rise
from strokes import loops, onsets, strokes
from transform import FULL_SCALE, RATE, convergence, forward, inverse

sys.path.append(str(Path(__file__).resolve().parent))


def bank():
    """The mel bands by closed form, as scripts/reference/spectra.py."""
    width, bands, corner, top = RATE / 3072, 192, 200.0, 20000.0
    for m in range(1, bands + 1):
        step = (numpy.log1p(top / corner) - numpy.log1p(m * width / corner)) / (bands + 1 - m)
        if corner * numpy.expm1(numpy.log1p(m * width / corner) + step) >= (m + 1) * width:
            break
    places = numpy.log1p(m * width / corner) + step * numpy.arange(bands + 2 - m)
    edges = numpy.concatenate([numpy.arange(m), corner * numpy.expm1(places) / width])
    edges[m] = m
    bins = numpy.arange(1537)
    rise = (bins - edges[:-2, None]) / numpy.diff(edges)[:-1, None]
    fall = (edges[2:, None] - bins) / numpy.diff(edges)[1:, None]
    return numpy.maximum(0, numpy.minimum(rise, fall))


UNIT = bank()


def magnitudes(samples):
    """What mel frames leave of the magnitudes: 30 Kullback-Leibler updates."""
    energy = numpy.abs(forward(samples)) ** 2 @ UNIT.T
    power = energy @ UNIT
    sums = numpy.maximum(UNIT.sum(0), 1e-30)
    for _ in range(30):
        power *= (energy / numpy.maximum(power @ UNIT.T, 1e-30)) @ UNIT / sums
    return numpy.sqrt(power)


def ways(samples, first, draft, wanted):
    """Name to a function that makes samples."""
    goal = magnitudes(samples)
    run = lambda **more: lambda: attacks.griffin_lim(goal, draft, **more)
    table = {"without": run()}
    for length in (32, 64, 96):
        table[f"within, blocks of {length}"] = run(wanted=wanted[length], length=length)
    table["within, above 0 Hz"] = run(wanted=wanted[0], length=1 << 20)
    for gate in (6.0, 12.0):
        table[f"within, 64, where some value is beyond {gate:.0f} dB"] = run(wanted=wanted[64], gate=gate)
    table["within, 64, every 2nd"] = run(wanted=wanted[64], when=lambda n: n % 2)
    table["within, 64, every 2nd, 12 dB"] = run(wanted=wanted[64], when=lambda n: n % 2, gate=12.0)
    table["within, 32, every 2nd, 12 dB"] = run(wanted=wanted[32], length=32, when=lambda n: n % 2, gate=12.0)
    table["within, 64, less 2 dB"] = run(wanted=wanted[64], dead=2.0)
    table["within, 64, every 4th"] = run(wanted=wanted[64], when=lambda n: n % 4 == 3)
    table["within, 64, every 4th, 6 dB"] = run(wanted=wanted[64], when=lambda n: n % 4 == 3, gate=6.0)
    table["within, 64, not after the last"] = run(wanted=wanted[64], last=False)
    table["on the output alone"] = run(wanted=wanted[64], when=lambda n: n == 31)
    table["on the output alone, 6 dB"] = run(wanted=wanted[64], when=lambda n: n == 31, gate=6.0)
    table["before the first alone"] = lambda: attacks.griffin_lim(goal, attacks.impose(draft, wanted[64], 64))
    table["windows of 1024, true magnitudes"] = lambda: attacks.griffin_lim(
        numpy.abs(forward(samples, fft=1024, hop=256)), draft, fft=1024, hop=256)
    table["no phase but the recording's, true magnitudes"] = lambda: attacks.griffin_lim(numpy.abs(forward(samples)), samples)
    table["mel magnitudes on the true phase"] = lambda: inverse(goal * numpy.exp(1j * numpy.angle(forward(samples))), len(samples))
    return table


def main():
    hiss, folder, share, recorded = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), [Path(p) for p in sys.argv[4:]]
    clips = [("stroke", name, samples) for name, samples in strokes(folder, recorded)][::share]
    clips += [("loop", name, samples) for name, samples in loops(folder)][:: max(1, share // 3)]
    for path in sorted(folder.glob("re*-mid-in.wav"))[::share]:
        clips.append(("phrase", path.stem, soundfile.read(path)[0]))
    ratios, costs, times = {}, {}, {}
    truths = {}
    for kind, name, samples in clips:
        path = Path(f"{kind}-{name}")
        draft = vocoded(path, hiss, folder, samples, "mono", 8)
        keep = vocoded(path, hiss, folder, samples, "mono", 32)
        wanted = {length: attacks.analyse(samples, length or 1 << 20) for length in (0, 32, 64, 96)}
        places = onsets(samples) if kind == "loop" else [None]
        table = {"hiss vocode": lambda: keep} | ways(samples, None, draft, wanted)
        for way, make in table.items():
            start = time.process_time()
            made = make()
            times.setdefault(way, []).append((time.process_time() - start) / len(samples) * RATE)
            costs.setdefault((way, kind), []).append(convergence(made, samples))
            if kind == "phrase":
                continue
            for place in places:
                for window in (441, 220):
                    truth, now = (rise(sound, place, window) for sound in (samples, made))
                    if truth and now and truth < 30:
                        ratios.setdefault((way, kind, window), []).append((truth, now))
    print("| way | strokes, power over 10 ms: recording, made, ratio | over 5 ms | loops, over 10 ms | over 5 ms "
          "| convergence of strokes | loops | phrases | time |")
    print("|---|---|---|---|---|---:|---:|---:|---:|")
    for way in times:
        cells = []
        for kind in ("stroke", "loop"):
            for window in (441, 220):
                pairs = numpy.array(ratios[way, kind, window])
                cells.append(f"{numpy.median(pairs[:, 0]):.1f}, {numpy.median(pairs[:, 1]):.1f} ms, "
                             f"{numpy.median(pairs[:, 1] / pairs[:, 0]):.2f}")
        cells += [f"{numpy.mean(costs[way, kind]):.2f}" for kind in ("stroke", "loop", "phrase")]
        print(f"| {way} | " + " | ".join(cells) + f" | {numpy.mean(times[way]):.3f} |")
    print({kind: len(ratios['without', kind, 441]) for kind in ("stroke", "loop")}, "strokes;",
          len(costs["without", "phrase"]), "phrases")


if __name__ == "__main__":
    main()
