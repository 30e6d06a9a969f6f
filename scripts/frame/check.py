"""`hiss vocode` on stereo clips and drum strokes, held to the bars of the frame.

    check.py HISS SCORES FOLDER RECORDINGS... [--strokes FILES...]
"""

import argparse
import json
import subprocess
from pathlib import Path

import numpy
import soundfile

import material
from stereo import Judge
from rise import rise
from strokes import loops, onsets, strokes
from transform import RATE, Bands, convergence


def vocode(hiss, source, target, *options):
    """What the program makes, and how long it took by its own account."""
    run = subprocess.run([hiss, "vocode", source, target, "--threads", "1", "--json", "--force", *options], check=True,
                         capture_output=True)
    return soundfile.read(target)[0], json.loads(run.stdout)["seconds"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("hiss")
    parser.add_argument("scores")
    parser.add_argument("folder")
    parser.add_argument("recordings", nargs="*")
    parser.add_argument("--strokes", nargs="*", default=[])
    parser.add_argument("--count", type=int, default=40)
    options = parser.parse_args()
    folder = Path(options.folder)
    has_attacks = "--attacks" in subprocess.run([options.hiss, "vocode", "--help"], capture_output=True, text=True).stdout
    more = ["--attacks"] if has_attacks else []
    clips = [*material.renders(options.scores, folder, options.count),
             *material.recordings(options.recordings, folder, options.count // 2)]
    level, coherence, fine, monos = [], [], [], []
    # Of stereo alone, and with attacks: what the mid loses against mono, and the time over mono's.
    ways = [[], more] if more else [[]]
    losses, ratios = [[] for _ in ways], [[] for _ in ways]
    made_file = folder / "made.wav"
    for path in clips:
        samples, _ = soundfile.read(path)
        left, right = samples.T
        mono, _ = vocode(options.hiss, path, made_file, "--mono")
        monos.append(convergence(mono, samples.mean(1)))
        # In turns, the best of three.
        times = [[vocode(options.hiss, path, made_file, *way)[1] for way in [["--mono"], *ways]] for _ in range(3)]
        best = numpy.min(times, axis=0)
        for way, loss, ratio, seconds in zip(ways, losses, ratios, best[1:]):
            made, _ = vocode(options.hiss, path, made_file, *way)
            loss.append(convergence(made.mean(1), samples.mean(1)) - monos[-1])
            ratio.append(seconds / best[0])
        figures = Judge(left, right, Bands(12)).figures(*made.T)
        fine.append(Judge(left, right).figures(*made.T))
        level.append(figures["level"])
        coherence.append(figures["coherence"])
    rises = {(option, window): [] for option in ["", "--attacks"] for window in (441, 220)}
    for name, samples in [*strokes(folder, [Path(path) for path in options.strokes]), *loops(folder)]:
        soundfile.write(folder / "stroke.wav", samples, RATE, subtype="FLOAT")
        for option in ["", *more]:
            made, _ = vocode(options.hiss, folder / "stroke.wav", made_file, *([option] if option else []))
            for place in onsets(samples) if name.startswith("loop") else [None]:
                for window in (441, 220):
                    truth, now = (rise(sound, place, window) for sound in (samples, made))
                    if truth and now and truth < 30:
                        rises[option, window].append(now / truth)
    medians = lambda values, kind: numpy.median(numpy.concatenate(
        [v for v, c in zip(values, clips) if kind in c.stem]))
    names = ["stereo alone", "with attacks"]
    rows = [
        ("level difference, dB: all, renders, recordings", [medians(level, k) for k in ("-", "render", "recording")], 1.5),
        ("coherence: all, renders, recordings", [medians(coherence, k) for k in ("-", "render", "recording")], 0.1),
        ("in 28 bands: level difference, coherence", [medians([f[k] for f in fine], "-") for k in ("level", "coherence")], 9),
        *[(f"mid, convergence less that of mono, dB: mean, median, worst, {name}",
           [numpy.mean(loss), numpy.median(loss), numpy.max(loss)], 0.05) for name, loss in zip(names, losses)],
        *[(f"time, over mono, {name}", [numpy.mean(ratio)], 1.25) for name, ratio in zip(names, ratios)],
    ] + [(f"rise of strokes over the recording's, power over {window // 44} ms {option}", [numpy.median(values)],
          1.3 if option and window == 441 else 9) for (option, window), values in rises.items() if values]
    print("| measure | must reach | measured |\n|---|---:|---|")
    failed = False
    for name, values, bar in rows:
        bad = values[0] > bar
        failed |= bad
        print(f"| {name} | {bar if bar < 9 else ''} | {', '.join(f'{value:.3f}' for value in values)}{' **' if bad else ''} |")
    print(f"{len(clips)} clips, {len(rises['', 441])} strokes; mono converges to {numpy.mean(monos):.2f} dB off the grid")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
