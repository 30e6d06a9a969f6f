#!/usr/bin/env python3
"""Draws the results of scripts/bench-vocoder --output FOLDER for docs/vocoder.md (numpy, matplotlib).

    python3 scripts/bench-vocoder-pictures.py FOLDER/results.json docs
"""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

PANELS = [
    ("from the true magnitude", [
        ("librosa32", "librosa.griffinlim, 32", "o", "#999999"), ("true0", "Hiss, 0", "|", "#e08214"),
        ("true8", "Hiss, 8", "d", "#c2578a"), ("true32", "Hiss, 32", "D", "#4b2991")]),
    ("from 192 mel bands", [
        ("librosaMel32", "librosa NNLS + griffinlim, 32", "o", "#999999"), ("mel0", "Hiss, 0", "|", "#e08214"),
        ("mel8", "Hiss, 8", "d", "#c2578a"), ("mel32", "Hiss, 32", "D", "#4b2991")]),
]


def main():
    results = json.loads(Path(sys.argv[1]).read_text())
    names = sorted(results, key=lambda name: results[name]["convergence"]["true32"], reverse=True)
    figure, axes = plt.subplots(1, 2, figsize=(10, 4.2), sharey=True, constrained_layout=True)
    for axis, (title, marks) in zip(axes, PANELS):
        for key, label, marker, color in marks:
            values = [results[name]["convergence"][key] for name in names]
            axis.plot(values, range(len(names)), marker, color=color, label=label, markersize=6)
        axis.set(title=title, xlabel="spectral convergence, dB (further left is nearer)")
        axis.set_yticks(range(len(names)), names)
        axis.grid(axis="both", color="#eeeeee")
        axis.set_axisbelow(True)
        axis.legend(fontsize=8, loc="best")
    figure.savefig(Path(sys.argv[2]) / "vocoder-convergence.png", dpi=110)


if __name__ == "__main__":
    main()
