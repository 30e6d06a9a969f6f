"""Holds tastes to what simulated listeners like. See docs/taste.md."""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy

import listeners
import pool

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "taste"
SHOWN = 8
PICKS = (20, 60, 200)
# Of the mean over the listeners that can be learned, after so many picks.
BARS = {20: 0.68, 60: 0.76, 200: 0.82}
LEARNED_FROM = 0.7


def parsed():
    parser = argparse.ArgumentParser(
        prog="scripts/check-taste",
        description="Simulated listeners, whose taste is known by measures that are not Hiss's, pick among eight clips; how "
        "well are picks told that were not learned from? The first run makes the clips (some minutes).",
        epilog="example: scripts/check-taste --seeds 2; HISS_BINARY names a program that is built already")
    parser.add_argument("--clips", type=int, default=1000, help="clips to choose among (default 1000)")
    parser.add_argument("--seeds", type=int, default=3, help="repetitions of each listener (default 3)")
    parser.add_argument("--random", type=int, default=40, help="listeners who pick by chance (default 40)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures")
    return parser.parse_args()


def program():
    if "HISS_BINARY" in os.environ:
        return os.environ["HISS_BINARY"]
    subprocess.run([ROOT / "scripts" / "build"], check=True)
    return str(ROOT / ".build" / "release" / "hiss")


def measured(job):
    return listeners.measures(job[0], job[1])


class Pool:
    """Clips, what librosa measures of them, and what Hiss hears in them."""

    def __init__(self, hiss, count):
        prompts = pool.prompts(count, 1)
        folder = CACHE / f"clips-{count}"
        CACHE.mkdir(parents=True, exist_ok=True)
        jobs = CACHE / f"clips-{count}.jsonl"
        jobs.write_text("".join(
            json.dumps({"id": f"c{n:04d}", "prompt": prompt, "seed": n, "duration": 4}) + "\n" for n, prompt in enumerate(prompts)))
        subprocess.run([hiss, "batch", jobs, "--output", folder, "--novelty", "0"], check=True, stderr=subprocess.DEVNULL)
        names = [f"c{n:04d}.wav" for n in range(count)]
        table = CACHE / f"measures-{count}.json"
        if not table.exists():
            with ProcessPoolExecutor(2) as workers:
                rows = list(workers.map(measured, [(folder / name, prompt) for name, prompt in zip(names, prompts)], chunksize=20))
            table.write_text(json.dumps(rows))
        rows = json.loads(table.read_text())
        self.utilities, self.later = listeners.utilities(rows)
        self.heard = self.lines(hiss, folder, names)
        self.learned = numpy.arange(int(LEARNED_FROM * count))
        self.held_out = numpy.arange(int(LEARNED_FROM * count), count)
        self.hiss = hiss

    def lines(self, hiss, folder, names):
        """What Hiss hears in each clip, as lines of a taste's file."""
        table, taste = folder / "all.csv", CACHE / "all.jsonl"
        table.write_text("winner,loser\n" + "".join(
            f"{names[n]},{other}\n" for n in range(0, len(names), 50) for other in names[n + 1:n + 50]))
        taste.unlink(missing_ok=True)
        subprocess.run([hiss, "rate", "--csv", table, "--taste", taste], check=True, stderr=subprocess.DEVNULL)
        clips = [json.loads(line)["clip"] for line in taste.read_text().splitlines() if line.startswith('{"clip"')]
        by_name = {clip["name"]: clip for clip in clips}
        return [by_name[name] for name in names]

    def fit(self, picks):
        """What Hiss says of picks, and the score that it gives each clip."""
        taste = CACHE / f"fit-{os.getpid()}.jsonl"
        lines = [{"clip": clip} for clip in self.heard] + [
            {"pick": {"picked": self.heard[shown[picked]]["id"], "at": "2026-01-01T00:00:00Z",
                      "over": [self.heard[n]["id"] for n in numpy.delete(shown, picked)]}} for shown, picked in picks]
        taste.write_text("".join(json.dumps(line) + "\n" for line in lines))
        told = json.loads(subprocess.run([self.hiss, "taste", taste, "--json"], check=True, stdout=subprocess.PIPE).stdout)
        taste.unlink()
        score = {clip["file"]: clip["score"] for clip in told["clips"]}
        return told, numpy.array([score[clip["name"]] for clip in self.heard])

    def shown(self, chance, among):
        return chance.choice(among, SHOWN, replace=False)

    def pick(self, chance, utility):
        shown = self.shown(chance, self.learned)
        return shown, listeners.choice(chance, utility, shown)

    def told(self, utility, score, count=400):
        """The share of held-out pairs of a picked clip and one beside it that scores put in order."""
        chance, shares = numpy.random.default_rng(99), []
        for _ in range(count):
            shown = self.shown(chance, self.held_out)
            picked = listeners.choice(chance, utility, shown)
            others = score[numpy.delete(shown, picked)]
            shares.append(((score[shown[picked]] > others) + 0.5 * (score[shown[picked]] == others)).mean())
        return float(numpy.mean(shares))

    def best(self, utility, score, count=300):
        """The mean utility of the best of eight by score; that of plain clips is 0, their deviation 1."""
        chance = numpy.random.default_rng(98)
        drawn = [self.shown(chance, self.held_out) for _ in range(count)]
        return float(numpy.mean([utility[shown[numpy.argmax(score[shown])]] for shown in drawn]))


def learned(clips, seeds):
    table = {}
    for name, utility in clips.utilities.items():
        if not utility.any():
            continue
        rows = []
        for seed in range(seeds):
            chance, picks, row = numpy.random.default_rng(seed), [], {}
            for count in PICKS:
                picks += [clips.pick(chance, utility) for _ in range(count - len(picks))]
                told, score = clips.fit(picks)
                row[count] = {"told": clips.told(utility, score), "best": clips.best(utility, score), "learned": told["isLearned"]}
            rows.append(row)
        table[name] = {count: {key: float(numpy.mean([row[count][key] for row in rows])) for key in ("told", "best", "learned")}
                       for count in PICKS}
        print(f"{name:>26}: " + "; ".join(
            f"{count} picks {value['told']:.3f}, best of eight {value['best']:+.2f}" for count, value in table[name].items()), flush=True)
    return table


def changed(clips, seeds):
    """Held-out pairs before a mind changes, and after so many further picks: the most that it has lost after 60."""
    losses = []
    for seed in range(seeds):
        chance = numpy.random.default_rng(50 + seed)
        first, later = clips.utilities["changing"], clips.later["changing"]
        picks = [clips.pick(chance, first) for _ in range(60)]
        before = clips.told(first, clips.fit(picks)[1])
        picks += [clips.pick(chance, later) for _ in range(60)]
        losses.append(before - clips.told(later, clips.fit(picks)[1]))
    return float(numpy.mean(losses))


def believed(clips, count):
    """The share of listeners who pick by chance that are believed all the same, over all numbers of picks."""
    wrong = []
    for seed in range(count):
        chance, picks = numpy.random.default_rng(1000 + seed), []
        for wanted in PICKS:
            picks += [clips.pick(chance, clips.utilities["random"]) for _ in range(wanted - len(picks))]
            wrong.append(clips.fit(picks)[0]["isLearned"])
    return float(numpy.mean(wrong))


def fit_seconds(clips):
    chance = numpy.random.default_rng(7)
    picks = [clips.pick(chance, clips.utilities["guitars, no pads"]) for _ in range(500)]
    return min(clips.fit(picks)[0]["fitSeconds"] for _ in range(5))


def main():
    options = parsed()
    clips = Pool(program(), options.clips)
    table = learned(clips, options.seeds)
    mean = {count: numpy.mean([row[count]["told"] for row in table.values()]) for count in PICKS}
    best = numpy.mean([row[60]["best"] for row in table.values()])
    loss, wrong, seconds = changed(clips, options.seeds), believed(clips, options.random), fit_seconds(clips)
    bars = [(f"pairs told rightly after {count} picks", mean[count], mean[count] >= BARS[count], f">= {BARS[count]}") for count in PICKS]
    bars += [
        ("utility of the best of eight after 60 picks", best, best >= 0.8, ">= 0.8"),
        ("lost 60 picks after a mind has changed", loss, loss <= 0.05, "<= 0.05"),
        ("listeners by chance who are believed", wrong, wrong <= 0.05, "<= 0.05"),
        ("seconds to fit 500 picks", seconds, seconds <= 0.05, "<= 0.05"),
    ]
    for name, value, holds, bar in bars:
        print(f"{'ok  ' if holds else 'MISS'} {name}: {value:.3f} ({bar})")
    if options.json:
        options.json.write_text(json.dumps({"listeners": table, "bars": {name: float(value) for name, value, _, _ in bars}}, indent=1))
    if not all(holds for _, _, holds, _ in bars):
        sys.exit("check-taste: a bar is missed")


if __name__ == "__main__":
    main()
