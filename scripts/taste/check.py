"""Holds tastes to what simulated listeners like. See docs/taste.md."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy

import asked
import fits
import folder
import kin
import questions
import voiced
from heard import Pool

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "taste"
# Of the mean over the listeners that can be learned, after so many picks.
BARS = {20: 0.68, 60: 0.76, 200: 0.82}
PARTS = ("fits", "questions", "asked", "kin", "voices", "folder")
# Those whose liking is of the sound: what else listeners like is said by prompts, which no model changes.
OF_SOUND = ("dark and sparse", "minor, legato, low", "wide and roomy", "fast, bright, percussive")


def parsed():
    parser = argparse.ArgumentParser(
        prog="scripts/check-taste",
        description="Simulated listeners, whose taste is known by measures that are not Hiss's, pick among eight clips; how "
        "well are picks told that were not learned from, and what is made by a taste? The first run makes the clips (some "
        "minutes), and models learn a taste in it.",
        epilog="example: scripts/check-taste --only fits questions; HISS_BINARY names a program that is built already")
    parser.add_argument("--clips", type=int, default=1000, help="clips to choose among (default 1000)")
    parser.add_argument("--seeds", type=int, default=3, help="repetitions of each listener (default 3)")
    parser.add_argument("--random", type=int, default=40, help="listeners who pick by chance (default 40)")
    parser.add_argument("--short", action="store_true", help="fits alone: no clip is made by a taste, and no model learns one")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help="some of: " + ", ".join(PARTS))
    parser.add_argument("--prompts", type=int, default=12, help="prompts of eight clips each by --taste (default 12)")
    parser.add_argument("--voices", type=int, default=2, help="listeners whose picks a model learns (default 2 of 4, 0 for none)")
    parser.add_argument("--steps", type=int, default=120, help="of the trainings on a folder (default 120)")
    parser.add_argument("--judge", type=int, default=0, metavar="N", help="also ask the judge, of N prompts (docs/judge.md)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures")
    return parser.parse_args()


def program():
    if "HISS_BINARY" in os.environ:
        return os.environ["HISS_BINARY"]
    subprocess.run([ROOT / "scripts" / "build"], check=True)
    return str(ROOT / ".build" / "release" / "hiss")


def means(figures):
    return {key: float(numpy.mean([figure[key] for figure in figures])) for key in figures[0]}


def said(name, what, figures):
    print(f"{name:>26}: {what} " + ", ".join(f"{key} {value:+.2f}" for key, value in figures.items()), flush=True)
    return figures


def taste_of(clips, name, picks):
    """A taste's file of so many picks of a listener."""
    chance, taste = numpy.random.default_rng(0), CACHE / "asked.jsonl"
    clips.write(taste, [clips.pick(chance, clips.utilities[name]) for _ in range(picks)])
    return taste


def check_fits(clips, options):
    table = fits.learned(clips, options.seeds)
    mean = {count: numpy.mean([row[count]["told"] for row in table.values()]) for count in fits.PICKS}
    best = numpy.mean([row[60]["best"] for row in table.values()])
    loss, wrong = fits.changed(clips, options.seeds), fits.believed(clips, options.random)
    seconds = fits.fit_seconds(clips)
    return [(f"pairs told rightly after {count} picks", mean[count], ">=", BARS[count]) for count in fits.PICKS] + [
        ("utility of the best of eight after 60 picks", best, ">=", 0.8),
        ("lost 60 picks after a mind has changed", loss, "<=", 0.05),
        ("listeners by chance who are believed", wrong, "<=", 0.05),
        ("seconds to fit 500 picks", seconds, "<=", 0.05),
    ]


def check_questions(clips, options):
    ways = questions.compared(clips, OF_SOUND, options.seeds)
    return [(f"pairs told rightly after {count} pairs that it asked for, over those by chance", a - b, ">=", 0)
            for count, a, b in zip(questions.PAIRS, *ways)]


def check_asked(clips, options):
    """What is shown with a taste of 60 picks, the mean over listeners of sound."""
    mean = means([said(name, "with --taste", asked.compared(
        clips.hiss, CACHE, taste_of(clips, name, 60), name, clips.table, options.prompts)) for name in OF_SOUND[:3]])
    return [
        ("utility gained by --taste", mean["gain"], ">=", 0),
        ("variety of what it shows, of plain clips'", mean["variety"], ">=", 0.85),
        ("novelty of it (0.98 is chance)", mean["novelty"], ">=", 0.98),
        ("time that it takes", mean["time"], "<=", 2),
    ]


def check_kin(clips, options):
    """What relatives of liked clips gain by a taste of 60 picks."""
    mean = means([said(name, "relatives", kin.compared(clips, CACHE, taste_of(clips, name, 60), name, options.prompts))
                  for name in OF_SOUND[:3]])
    return [("utility gained by relatives with --taste", mean["gain"], ">=", 0), ("time that it takes", mean["time"], "<=", 2)]


def check_voices(clips, options):
    """What a model makes that has learned 300 picks, and the best of eight of it."""
    figures = []
    before = voiced.judged(clips.hiss, CACHE, options.judge) if options.judge else None
    for name in OF_SOUND[:options.voices]:
        voice, taste = voiced.learned(clips.hiss, CACHE, clips, name)
        figure = voiced.compared(clips.hiss, CACHE, clips.table, name, voice, taste, 48)
        if before:
            after = voiced.judged(clips.hiss, CACHE, options.judge, voice)
            figure |= {key: after[key] / before[key] for key in before}
        figures.append(said(name, "learned", figure))
    if not figures:
        return []
    mean = means(figures)
    return [
        ("utility gained by what is learned, without choosing", mean["gain"], ">=", 0.6),
        ("together: the best of eight of it by the taste", mean["together"], ">=", 1.2),
        ("variety of it", mean["variety"], ">=", 0.85),
        ("novelty of it (0.98 is chance)", mean["novelty"], ">=", 0.98),
        ("energy on the pitches of the key, of before", mean["key"], ">=", 0.98),
    ] + [(f"{key} that the judge hears as asked, of before", mean[key], ">=", 0.98)
         for key in ("instruments", "pitches") if key in mean]


def check_folder(clips, options):
    name = OF_SOUND[0]
    gains = said(name, "a folder", folder.compared(clips, CACHE, taste_of(clips, name, 200), name, options.steps))
    words = {"taste": "--taste", "scale": f"--taste and --taste-scale {folder.SCALE}", "keep": "--taste and --keep 0.5"}
    # Of one listener and one training each: what is worse by less than twice the error of the mean is chance.
    least = -2 * gains["error"]
    return [(f"utility gained by training with {words[way]}", gains[way], ">=", least) for way in words]


def main():
    options = parsed()
    clips = Pool(program(), CACHE, options.clips)
    checks = dict(zip(PARTS, (check_fits, check_questions, check_asked, check_kin, check_voices, check_folder)))
    bars = [bar for part in (("fits",) if options.short else options.only or PARTS) for bar in checks[part](clips, options)]
    holds = [value >= bar if sign == ">=" else value <= bar for _, value, sign, bar in bars]
    for (name, value, sign, bar), held in zip(bars, holds):
        print(f"{'ok  ' if held else 'MISS'} {name}: {value:.3f} ({sign} {bar:.4g})")
    if options.json:
        options.json.write_text(json.dumps({name: float(value) for name, value, _, _ in bars}, indent=1))
    if not all(holds):
        sys.exit("check-taste: a bar is missed")


if __name__ == "__main__":
    main()
