"""Draws the spectrograms of generated clips beside those of the phrases that were rendered from the same captions.

The prompts are the first captions of a corpus seed that nothing learned from, and the noise seeds are 0, 1, 2 …:
nothing is picked by hand.
"""

import argparse
import dataclasses
import io
import sys
import textwrap
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402  (the backend is chosen first)
import numpy  # noqa: E402
from PIL import Image  # noqa: E402  (matplotlib brings it)

import features  # noqa: E402
import hiss as program  # noqa: E402

SHEET_SEED = 781
FFT_LENGTH, HOP_LENGTH = 3072, 768
BANDS = 200
WARP_HERTZ = 200.0
MAXIMUM_HERTZ = 20_000.0
RANGE_DECIBELS = 80.0
TICKS = (100, 200, 500, 1000, 2000, 5000, 10_000)
WIDTH_PIXELS, DOTS_PER_INCH = 1600, 100
PAIRS_IN_A_ROW = 2
ROW_INCHES = 2.44


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/judge/sheet", description="Draws spectrograms of generated clips beside real ones.")
    parser.add_argument("--model", default="first", help="a model's folder, or its name under Models")
    parser.add_argument("--output", type=Path, default=Path("docs/pictures/generated-and-real.png"), help="the PNG")
    parser.add_argument("--count", type=int, default=12, help="how many prompts (default 12)")
    parser.add_argument("--seed", type=int, default=SHEET_SEED, help="the corpus seed that the prompts come from")
    parser.add_argument("--steps", type=int, help="steps of generation (default: the program's)")
    parser.add_argument("--cfg-scale", type=float, help="guidance (default: the program's)")
    parser.add_argument("--time-shift", type=float, help="smaller steps near the noise (default: the program's)")
    parser.add_argument("--sampler", help="how the steps are taken (default: the program's)")
    parser.add_argument("--threads", type=int, default=2, help="threads of the program (default 2)")
    return parser.parse_args()


_BANK = features.bank(BANDS, 30, MAXIMUM_HERTZ, WARP_HERTZ, FFT_LENGTH)
# What a sine of full scale gives, so that decibels are dBFS.
_FULL_SCALE = (FFT_LENGTH / 4) ** 2


def picture(path: Path) -> numpy.ndarray:
    """`[band, frame]` in dBFS."""
    power = features.power_frames(features.read(path), FFT_LENGTH, HOP_LENGTH) / _FULL_SCALE
    weights = _BANK / _BANK.sum(axis=1, keepdims=True)
    return 10 * numpy.log10(numpy.maximum(power @ weights.T, 1e-12)).T


def row_of(hertz: float) -> float:
    """The place of a frequency on the band axis."""
    edges = numpy.log1p(numpy.array([30, MAXIMUM_HERTZ]) / WARP_HERTZ)
    return float((numpy.log1p(hertz / WARP_HERTZ) - edges[0]) / (edges[1] - edges[0]) * (BANDS + 1) - 1)


def draw(axes, values: numpy.ndarray, seconds: float, loudest: float, title: str, labelled: bool):
    axes.imshow(
        values, origin="lower", aspect="auto", cmap="magma", vmin=loudest - RANGE_DECIBELS, vmax=loudest,
        extent=(0, seconds, -0.5, BANDS - 0.5), interpolation="antialiased")
    axes.set_yticks([row_of(f) for f in TICKS], [f"{f // 1000}k" if f >= 1000 else str(f) for f in TICKS])
    if not labelled:
        axes.set_yticklabels([])
    step = 0.5 if seconds < 4 else 1 if seconds < 8 else 2
    # None at the right edge, where the next picture's 0 is.
    axes.set_xticks(numpy.arange(0, 0.96 * seconds, step))
    axes.tick_params(labelsize=8.5, length=2, pad=2)
    axes.text(
        0.985, 0.96, title, transform=axes.transAxes, ha="right", va="top", fontsize=9.5, color="white",
        bbox={"facecolor": "black", "alpha": 0.55, "edgecolor": "none", "pad": 2})


def sheet(clips: list[program.Clip], generated: list[Path], output: Path, heading: str):
    rows = -(-len(clips) // PAIRS_IN_A_ROW)
    height = 0.62 + ROW_INCHES * rows
    figure = pyplot.figure(figsize=(WIDTH_PIXELS / DOTS_PER_INCH, height), dpi=DOTS_PER_INCH)
    figure.text(0.035, 1 - 0.16 / height, heading, va="top", fontsize=12, fontweight="bold")
    figure.text(
        0.985, 1 - 0.17 / height, "frequency in Hz, time in s; brightness spans 80 dB below each pair's loudest",
        va="top", ha="right", fontsize=9.5, color="0.35")
    pair_width, left, gap = 0.464, 0.033, 0.008
    for index, (clip, path) in enumerate(zip(clips, generated)):
        row, column = divmod(index, PAIRS_IN_A_ROW)
        x = left + column * (pair_width + 0.031)
        top = 1 - (0.62 + ROW_INCHES * row) / height
        caption = textwrap.shorten(f"{index}  “{clip.caption}”", 108, placeholder=" …”")
        figure.text(x, top, caption, fontsize=10.5, va="bottom")
        pictures = [picture(path), picture(clip.audio)]
        loudest = max(p.max() for p in pictures)
        width = (pair_width - gap) / 2
        for side, (values, title) in enumerate(zip(pictures, ("generated", "real"))):
            bottom = top - 1.98 / height
            axes = figure.add_axes((x + side * (width + gap), bottom, width, 1.93 / height))
            draw(axes, values, values.shape[1] * HOP_LENGTH / features.SAMPLE_RATE, loudest, title, side == 0)
    output.parent.mkdir(parents=True, exist_ok=True)
    temporary = output.with_name(output.name + ".part")
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png")
    # 128 colours are a fifth of the bytes, and look the same. Without the software's name and date, so that the same model
    # gives the same bytes.
    with Image.open(drawn) as image:
        image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(temporary, format="png", optimize=True)
    temporary.replace(output)


def main():
    options = parsed()
    model = program.weights_of(options.model)
    hiss = program.program()
    clips = program.corpus(hiss, options.seed, options.count, options.threads)
    clips = [dataclasses.replace(clip, seed=seed) for seed, clip in enumerate(clips)]
    settings = program.Settings(options.steps, options.cfg_scale, options.sampler, options.time_shift)
    paths = program.generated(hiss, model, [program.Request.like(clip) for clip in clips], settings, options.threads)
    name = Path(options.model).resolve().name
    sheet(clips, paths, options.output, f"Generated by the model “{name}” from a prompt, and rendered from the score")
    print(options.output)


if __name__ == "__main__":
    sys.exit(main())
