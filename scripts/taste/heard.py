"""Clips that simulated listeners choose among, and what Hiss says of their picks."""

import json
import os
import subprocess

import numpy

import listeners
import pool

SHOWN = 8
LEARNED_FROM = 0.7


class Pool:
    """Clips, what librosa measures of them, and what Hiss hears in them."""

    def __init__(self, hiss, cache, count):
        self.cache = cache
        self.prompts = prompts = pool.prompts(count, 1)
        folder = cache / f"clips-{count}"
        cache.mkdir(parents=True, exist_ok=True)
        jobs = cache / f"clips-{count}.jsonl"
        jobs.write_text("".join(
            json.dumps({"id": f"c{n:04d}", "prompt": prompt, "seed": n, "duration": 4}) + "\n" for n, prompt in enumerate(prompts)))
        subprocess.run([hiss, "batch", jobs, "--output", folder, "--novelty", "0"], check=True, stderr=subprocess.DEVNULL)
        names = [f"c{n:04d}.wav" for n in range(count)]
        table = cache / f"measures-{count}.json"
        if not table.exists():
            table.write_text(json.dumps(listeners.rows([(folder / name, prompt) for name, prompt in zip(names, prompts)])))
        rows = json.loads(table.read_text())
        self.utilities, self.later = listeners.utilities(rows)
        self.heard = self.lines(hiss, folder, names)
        self.learned = numpy.arange(int(LEARNED_FROM * count))
        self.held_out = numpy.arange(int(LEARNED_FROM * count), count)
        self.hiss = hiss
        self.folder = folder
        self.table = rows

    def lines(self, hiss, folder, names):
        """What Hiss hears in each clip, as lines of a taste's file."""
        table, taste = folder / f"all-{os.getpid()}.csv", self.cache / f"all-{os.getpid()}.jsonl"
        table.write_text("winner,loser\n" + "".join(
            f"{names[n]},{other}\n" for n in range(0, len(names), 50) for other in names[n + 1:n + 50]))
        subprocess.run([hiss, "rate", "--csv", table, "--taste", taste], check=True, stderr=subprocess.DEVNULL)
        clips = [json.loads(line)["clip"] for line in taste.read_text().splitlines() if line.startswith('{"clip"')]
        table.unlink()
        taste.unlink()
        by_name = {clip["name"]: clip for clip in clips}
        return [by_name[name] for name in names]

    def fit(self, picks):
        """What Hiss says of picks, and the score that it gives each clip."""
        taste = self.cache / f"fit-{os.getpid()}.jsonl"
        self.write(taste, picks)
        told = json.loads(subprocess.run([self.hiss, "taste", taste, "--json"], check=True, stdout=subprocess.PIPE).stdout)
        taste.unlink()
        score = {clip["file"]: clip["score"] for clip in told["clips"]}
        return told, numpy.array([score[clip["name"]] for clip in self.heard])

    def question(self, picks):
        """The names of the two clips to learn from whose comparison teaches a taste of some picks the most; None for no pair."""
        taste = self.cache / f"ask-{os.getpid()}.jsonl"
        self.write(taste, picks, self.learned)
        told = json.loads(subprocess.run(
            [self.hiss, "taste", taste, "--ask", "--json"], check=True, stdout=subprocess.PIPE).stdout)
        taste.unlink()
        question = told.get("question")
        return question and (question["first"], question["second"])

    def file(self, place):
        return self.folder / self.heard[place]["name"]

    def write(self, taste, picks, among=None):
        """A taste's file of picks and all clips, or some."""
        clips = self.heard if among is None else [self.heard[place] for place in among]
        lines = [{"clip": clip} for clip in clips] + [
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
