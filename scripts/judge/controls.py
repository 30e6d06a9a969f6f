"""Measures how closely a model's clips do what they were told besides the prompt. See docs/judge.md."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import bench
import chords
import follow
import hiss as program
import ideas
import tempo
from player import Player


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/judge/controls",
        description="Measures how closely a model's clips keep to chords, tempo, a line that is sung, and ideas' MIDI.")
    parser.add_argument("--model", default="first", help="a model's folder, or its name under Models")
    parser.add_argument("--clips", type=int, default=40, help="clips of each kind (default 40)")
    parser.add_argument("--control-scale", type=float, help="how strongly controls are followed (default: the program's)")
    parser.add_argument("--test-clips", type=int, default=2000, help="clips to take phrases from (default 2000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures")
    parser.add_argument("--threads", type=int, default=2, help="threads of the program (default 2)")
    return parser.parse_args()


def main():
    options = parsed()
    with tempfile.TemporaryDirectory() as folder:
        player = Player(options, Path(folder))
        clips = [c for c in program.corpus(player.hiss, bench.TEST_SEED, options.test_clips, options.threads) if c.is_solo]
        found = {}
        for name, measured in (
            ("chords", lambda: chords.measure(player, clips, options.clips)),
            ("tempo", lambda: tempo.measure(player, clips, options.clips)),
            ("follow", lambda: follow.measure(player, options.clips)), ("ideas", lambda: ideas.measure(player, options.clips)),
        ):
            found[name] = measured()
            report(name, found[name])
    if options.json:
        program.write(options.json, json.dumps(found, indent=1) + "\n")


def report(name: str, found: dict | None):
    if found is None:
        return
    if name == "tempo":
        print(f"tempo, {found['clips']} clips: onsets keep the asked beat to 1 % in {100 * found['made']:.0f} % (phrases "
              f"through the vocoder: {100 * found['real']:.0f} %, by chance {100 * found['chance']:.0f} %, of a tempo that is "
              f"2 % off {100 * found['off']:.0f} %)", flush=True)
        return
    words = {
        "chords": "energy on the chord's pitch classes", "follow": "notes whose loudest pitch class is the one sung",
        "ideas": "energy on the pitch classes of the MIDI file"}[name]
    against = {"chords": "phrases through the vocoder", "follow": "the line itself",
               "ideas": "FluidSynth's render through the vocoder"}[name]
    print(f"{name}, {found['clips']} clips: {words} {found['made']:.2f} ({against}: {found['real']:.2f}), "
          f"ratio {found['made'] / found['real']:.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
