"""The tables of docs/vocoder.md, in Markdown."""

import numpy as np


def table(title, rows, results):
    """Prints columns of one kind of measurement as Markdown, with their means."""
    print(f"\n{title}\n\n| clip | " + " | ".join(label for _, label in rows) + " |\n|---|" + "---:|" * len(rows))
    kind, places = ("convergence", 2) if rows[0][0] in results[0][1]["convergence"] else ("seconds", 4)
    columns = np.array([[result[kind][key] for key, _ in rows] for _, result in results])
    for (name, _), values in [*zip(results, columns), (("**mean**", None), columns.mean(axis=0))]:
        print(f"| {name} | " + " | ".join(f"{value:.{places}f}" for value in values) + " |")


def summary(results):
    """Prints what was to be reached beside what was."""
    def column(key, kind="convergence"):
        return np.array([result[kind][key] for _, result in results])

    def seconds(key):
        return column(key, "seconds").mean()

    gain, mel = column("librosa32") - column("true32"), column("librosaMel32") - column("mel32")
    rows = [
        ("random phase, 32 iterations, less librosa's", "mean within 0.5 dB",
         f"{(column('random32') - column('librosa32')).mean():+.2f} dB"),
        ("true magnitude, 32 iterations, better than librosa's by", "≥ 9 dB on average, ≥ 5 on every clip",
         f"{gain.mean():.2f} dB, least {gain.min():.2f} ({results[gain.argmin()][0]})"),
        ("mel magnitude, 32 iterations, better than librosa's by", "≥ 1.3 dB on average, never worse",
         f"{mel.mean():.2f} dB, least {mel.min():.2f} ({results[mel.argmin()][0]})"),
        ("mel magnitude, 8 iterations, less librosa's 32", "≤ 1 dB",
         f"{(column('mel8') - column('librosaMel32')).mean():+.2f} dB"),
        ("loop, share of librosa's time", "≤ 0.20", f"{seconds('loop') / seconds('librosaLoop'):.3f}"),
        ("loop, times FFTW's real transforms", "aim: 1.5", f"{seconds('loop') / seconds('libraryTransforms'):.2f}"),
        ("loop, times its own transforms", "", f"{seconds('loop') / seconds('transforms'):.2f}"),
        ("mel to WAV, share of librosa's time", "≤ 0.15", f"{seconds('chain') / seconds('librosaChain'):.4f}"),
    ]
    print("\n| measure | to reach | measured |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
