"""Holds tastes to what simulated listeners like. See docs/taste.md."""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy

import asked
import listeners
import pool
import voiced

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
    parser.add_argument("--short", action="store_true", help="fits alone: no clip is made by a taste, and no model learns one")
    parser.add_argument("--prompts", type=int, default=12, help="prompts of eight clips each by --taste (default 12)")
    parser.add_argument("--voices", type=int, default=2, help="listeners whose picks a model learns (default 2 of 5, 0 for none)")
    parser.add_argument("--judge", type=int, default=0, metavar="N", help="also ask the judge, of N prompts (docs/judge.md)")
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
        self.table = rows

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
        self.write(taste, picks)
        told = json.loads(subprocess.run([self.hiss, "taste", taste, "--json"], check=True, stdout=subprocess.PIPE).stdout)
        taste.unlink()
        score = {clip["file"]: clip["score"] for clip in told["clips"]}
        return told, numpy.array([score[clip["name"]] for clip in self.heard])

    def write(self, taste, picks):
        """A taste's file of picks and all clips."""
        lines = [{"clip": clip} for clip in self.heard] + [
            {"pick": {"picked": self.heard[shown[picked]]["id"], "at": "2026-01-01T00:00:00Z",
                      "over": [self.heard[n]["id"] for n in numpy.delete(shown, picked)]}} for shown, picked in picks]
        taste.write_text("".join(json.dumps(line) + "\n" for line in lines))

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
        # `changing` likes the same as another until her mind changes, and is measured by herself.
        if not utility.any() or name == "changing":
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


# Those whose liking is of the sound: what else listeners like is said by prompts, which no model changes.
OF_SOUND = ("dark and sparse", "minor, legato, low", "wide and roomy", "fast, bright, percussive")


def asked_with(clips, prompts):
    """What is shown with a taste of 60 picks, the mean over listeners of sound."""
    figures = []
    for name in OF_SOUND[:3]:
        chance, taste = numpy.random.default_rng(0), CACHE / "asked.jsonl"
        clips.write(taste, [clips.pick(chance, clips.utilities[name]) for _ in range(60)])
        figures.append(asked.compared(clips.hiss, CACHE, taste, name, clips.table, prompts))
        print(f"{name:>26}: with --taste " + ", ".join(f"{key} {value:+.2f}" for key, value in figures[-1].items()), flush=True)
    return {key: float(numpy.mean([figure[key] for figure in figures])) for key in figures[0]}


def voices(clips, count, judge):
    """What a model makes that has learned 300 picks."""
    figures = []
    before = voiced.judged(clips.hiss, CACHE, judge) if judge else None
    for name in OF_SOUND[:count]:
        voice, _ = voiced.learned(clips.hiss, CACHE, clips, name)
        figure = voiced.compared(clips.hiss, CACHE, clips.table, name, voice, 48)
        if before:
            after = voiced.judged(clips.hiss, CACHE, judge, voice)
            figure |= {key: after[key] / before[key] for key in before}
        figures.append(figure)
        print(f"{name:>26}: learned " + ", ".join(f"{key} {value:+.2f}" for key, value in figure.items()), flush=True)
    return {key: float(numpy.mean([figure[key] for figure in figures])) for key in figures[0]}


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
    if not options.short:
        with_taste = asked_with(clips, options.prompts)
        bars += [
            ("variety of what --taste shows, of plain clips'", with_taste["variety"], with_taste["variety"] >= 0.85, ">= 0.85"),
            ("novelty of it", with_taste["novelty"], with_taste["novelty"] >= 0.98, ">= 0.98, which is chance"),
            ("time that it takes", with_taste["time"], with_taste["time"] <= 2, "<= 2"),
        ]
    if not options.short and options.voices:
        voice = voices(clips, options.voices, options.judge)
        bars += [
            ("utility gained by what is learned, without choosing", voice["gain"], voice["gain"] >= 0.6, ">= 0.6"),
            ("variety of it", voice["variety"], voice["variety"] >= 0.85, ">= 0.85"),
            ("novelty of it", voice["novelty"], voice["novelty"] >= 0.98, ">= 0.98, which is chance"),
        ]
        bars += [(f"{key} that are heard as asked, of before", voice[key], voice[key] >= 0.98, ">= 0.98")
                 for key in ("instruments", "pitches") if key in voice]
    for name, value, holds, bar in bars:
        print(f"{'ok  ' if holds else 'MISS'} {name}: {value:.3f} ({bar})")
    if options.json:
        options.json.write_text(json.dumps({"listeners": table, "bars": {name: float(value) for name, value, _, _ in bars}}, indent=1))
    if not all(holds for _, _, holds, _ in bars):
        sys.exit("check-taste: a bar is missed")


if __name__ == "__main__":
    main()
