#!/usr/bin/env python3
"""Measures the vocoder against librosa; scripts/bench-vocoder runs this in the environment it needs.

The clips are phrases rendered by FluidSynth, and a sentence spoken by espeak-ng, which is no soundfont. Convergences are
librosa.stft's, on the grid of 3072/768, in decibels; times are processor seconds of one thread per second of audio, the
least of three runs (of the least squares, one).
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from clips import CLIPS, make
from measures import measure
from tables import summary, table


def main():
    parser = argparse.ArgumentParser(prog="bench-vocoder", description=__doc__)
    parser.add_argument("--clips", nargs="+", choices=[*CLIPS, "speech"], default=[*CLIPS, "speech"])
    parser.add_argument("--output", type=Path, help="keep the clips and results.json here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.output or Path(scratch)
        paths = make(folder)
        results = []
        for name in arguments.clips:
            results.append((name, measure(paths[name], Path(scratch))))
            print(name, json.dumps(results[-1][1]), file=sys.stderr, flush=True)
        if arguments.output:
            (folder / "results.json").write_text(json.dumps(dict(results), indent=1) + "\n")
    summary(results)
    table("Spectral convergence, dB:", [
        ("librosa32", "librosa, true, 32"), ("random32", "random, true, 32"), ("true0", "true, 0"),
        ("true8", "true, 8"), ("true32", "true, 32"), ("librosaMel32", "librosa, mel, 32"), ("mel0", "mel, 0"),
        ("mel8", "mel, 8"), ("mel32", "mel, 32")], results)
    table("Processor seconds per second of audio, one thread:", [
        ("libraryTransforms", "FFTW's real"), ("transforms", "transforms"), ("loop", "loop, 32"), ("librosaLoop", "librosa's loop"),
        ("integration", "integration"), ("start", "mel → WAV, 0"), ("draft", "mel → WAV, 8"),
        ("chain", "mel → WAV, 32"), ("librosaChain", "librosa's chain")], results)


if __name__ == "__main__":
    main()
