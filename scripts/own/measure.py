"""Trains models on folders of other people's samples, and measures what they make. See docs/training.md."""

import argparse
import collections
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy

import folders
import sheet
import sounds
from recogniser import Recogniser, mean_by_category

HITS = {"kick", "snare", "hi-hat", "clap", "tom", "rimshot"}


def parsed():
    parser = argparse.ArgumentParser(
        prog="scripts/own-samples",
        description="Trains models on folders of other people's samples, from Debian packages, and measures what they make.",
        epilog="example: scripts/own-samples lmms forty --minutes 20 --seeds 2; options behind -- go to `hiss train`",
    )
    parser.add_argument("folders", nargs="+", help="lmms, effects, games, forty, or a path")
    parser.add_argument("--minutes", type=float, default=20, help="of each training (default 20)")
    parser.add_argument("--seeds", type=int, default=2, help="trainings of each folder (default 2)")
    parser.add_argument("--clips", type=int, default=10, help="clips of each category (default 10)")
    parser.add_argument("--least", type=int, default=6, help="files that make a category (default 6)")
    parser.add_argument("--model", type=Path, help="measure this model, and train none")
    parser.add_argument("--sheets", type=Path, metavar="FOLDER", help="write a sheet of pictures for each folder")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures")
    arguments = sys.argv[1:]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    options = parser.parse_args(arguments[:cut])
    options.training = arguments[cut + 1:]
    return options


def program():
    """The program, built first; HISS_BINARY names one that is built already."""
    if "HISS_BINARY" in os.environ:
        return os.environ["HISS_BINARY"]
    subprocess.run([folders.ROOT / "scripts" / "build"], check=True)
    return str(folders.ROOT / ".build" / "release" / "hiss")


def call(*arguments):
    done = subprocess.run([str(a) for a in arguments], stdout=subprocess.PIPE, text=True, cwd=folders.ROOT)
    if done.returncode:
        sys.exit(f"own-samples: {' '.join(map(str, arguments[:3]))}: exit {done.returncode}")
    return done.stdout


class Folder:
    """A folder of samples, what its names say, and a recogniser of its categories."""

    def __init__(self, hiss, name, least):
        self.path = Path(name) if "/" in name else folders.folder(name)
        self.name = self.path.name
        clips = json.loads(call(hiss, "dataset", self.path, "--json"))["files"]
        # A folder of one category is told apart by its captions: strums by their chords.
        if len({clip["category"] for clip in clips if clip.get("category")}) < 2:
            clips, least = [clip | {"category": clip["captions"][0]} for clip in clips], 4
        counts = collections.Counter(clip["category"] for clip in clips if clip.get("category"))
        self.files, self.categories, rows = [], [], []
        for clip in clips:
            if counts.get(clip.get("category"), 0) < least:
                continue
            try:
                samples = sounds.read(self.path / clip["file"])
            except RuntimeError:
                continue
            if len(samples) and abs(samples).max() > 1e-4:
                self.files.append(samples)
                self.categories.append(clip["category"])
                rows.append(sounds.features(samples))
        self.captions = [clip["captions"][0] for clip in clips]
        self.recogniser = Recogniser(numpy.array(rows), self.categories)

    def of(self, category):
        return [file for file, name in zip(self.files, self.categories) if name == category]


def generated(hiss, model, place, jobs):
    """The samples of jobs as they come, and their novelty: the limit is so low that next to none is made again."""
    # What another program made of the same jobs is no result of this one.
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    manifest = place.with_suffix(".jsonl")
    manifest.write_text("".join(json.dumps(job) + "\n" for job in jobs))
    call(hiss, "batch", manifest, "--model", model, "--output", place, "--novelty", "0.01", "--force")
    told = {}
    for line in (place / "ledger.jsonl").read_text().splitlines():
        entry = json.loads(line)
        told[entry.get("id")] = entry.get("novelty")
    return [sounds.read(place / f"{job['id']}.wav") for job in jobs], [told.get(job["id"]) for job in jobs]


def near(ratio):
    return (ratio >= 0.8) & (ratio <= 1.25)


def within_by_chance(lengths, count):
    """How often the median of so many real files, drawn by chance, lies within 25 % of the median of all: the most that can
    be asked of clips whose lengths are spread as the real ones are."""
    draws = numpy.random.default_rng(0).choice(lengths, (2000, count))
    return float(near(numpy.median(draws, axis=1) / numpy.median(lengths)).mean())


def obedience(hiss, model, folder, place, count):
    names = sorted(set(folder.categories))
    jobs = [
        {"id": f"{n}-{seed}", "prompt": name, "seed": seed} for n, name in enumerate(names) for seed in range(count)]
    clips, novelty = generated(hiss, model, place / "clips", jobs)
    told = folder.recogniser(numpy.array([sounds.features(clip) for clip in clips]))
    asked = [job["prompt"] for job in jobs]
    table = {}
    for name in names:
        mine = [clip for clip, prompt in zip(clips, asked) if prompt == name]
        real = folder.of(name)
        table[name] = {
            "files": len(real),
            "recognised": float(numpy.mean([t == name for t, a in zip(told, asked) if a == name])),
            "real": folder.recogniser.of_real[name],
            "mistaken": collections.Counter(str(t) for t, a in zip(told, asked) if a == name and t != name).most_common(2),
            "sounds": float(numpy.median([sounds.sounding(clip) for clip in mine])),
            "sounds_real": float(numpy.median([sounds.sounding(clip) for clip in real])),
            "length_luck": within_by_chance([sounds.sounding(clip) for clip in real], count),
            "floor": float(numpy.median([sounds.noise_floor(clip) for clip in mine])),
            "floor_real": float(numpy.median([sounds.noise_floor(clip) for clip in real])),
            "clips": mine[:5],
        }
    share = mean_by_category(asked, told)
    return {"recognised": share, "real": folder.recogniser.real, "share": share / folder.recogniser.real,
            "novelty": float(numpy.median(novelty)), "categories": table}


def combinations(hiss, model, folder, place, count):
    """The median novelty of prompts that no caption is: the words of two clips of different categories together."""
    names = sorted(set(folder.categories))
    jobs = [{"id": str(n), "prompt": f"{names[n % len(names)]} {names[(n * 7 + 3) % len(names)]}", "seed": n}
            for n in range(4 * count) if names[n % len(names)] != names[(n * 7 + 3) % len(names)]]
    return float(numpy.median(generated(hiss, model, place / "combinations", jobs)[1]))


def endings(hiss, model, folder, place, count):
    """Of hits asked for at several lengths, the share that is silent a second after the attack."""
    hits = [name for name in sorted(set(folder.categories)) if name in HITS]
    if not hits:
        return None
    jobs = [
        {"id": f"{name}-{seconds}-{seed}", "prompt": name, "seed": 100 + seed, "duration": seconds}
        for name in hits for seconds in (1.5, 4) for seed in range(count)]
    clips, _ = generated(hiss, model, place / "lengths", jobs)
    real = [file for name in hits for file in folder.of(name)]
    return [float(numpy.mean([sounds.level_after(clip, 1.0) <= -60 for clip in some])) for some in (clips, real)]


def report(folder, seed, figures):
    print(f"\n{folder.name}, seed {seed}: recognised {figures['recognised']:.1%} of clips, {figures['real']:.1%} of real "
          f"files; share {figures['share']:.2f}; silent a second after a hit, made and real: {figures['endings']}; "
          f"trained for {figures.get('minutes', 0):.1f} min; median novelty {figures['novelty']:.2f}, of new combinations "
          f"{figures['new']:.2f}")
    hits = [row for name, row in figures["categories"].items() if name in HITS]
    rows = figures["categories"].values()
    print(f"lengths within 25 %: {sum(bool(near(row['sounds'] / row['sounds_real'])) for row in rows)} of {len(rows)} categories; "
          f"by chance, of as many real files: {sum(row['length_luck'] for row in rows):.1f}")
    if hits:
        print(f"floor of noise in hits: {numpy.mean([row['floor'] - row['floor_real'] for row in hits]):+.1f} dB against real ones")
    print(f"{'category':>14} {'files':>5} {'asked':>6} {'real':>5} {'sounds s':>9} {'real':>6} {'floor':>6} {'real':>6}  mistaken for")
    for name, row in figures["categories"].items():
        print(f"{name:>14} {row['files']:>5} {row['recognised']:>6.0%} {row['real']:>5.0%} {row['sounds']:>9.2f} "
              f"{row['sounds_real']:>6.2f} {row['floor']:>6.1f} {row['floor_real']:>6.1f}  "
              + ", ".join(f"{other} {count}" for other, count in row["mistaken"]))
    sys.stdout.flush()


def main():
    options, results = parsed(), []
    hiss = program()
    for name in options.folders:
        folder = Folder(hiss, name, options.least)
        for seed in range(options.seeds):
            place = folders.CACHE / "runs" / f"{folder.name}-{seed}"
            model, minutes = options.model or place / "model", 0
            if not options.model:
                start = time.time()
                call(hiss, "train", folder.path, "--output", model, "--minutes", options.minutes, "--seed", seed,
                     *options.training)
                minutes = (time.time() - start) / 60
            figures = obedience(hiss, model, folder, place, options.clips)
            figures["endings"] = endings(hiss, model, folder, place, options.clips)
            figures["new"] = combinations(hiss, model, folder, place, options.clips)
            figures["minutes"] = minutes
            figures |= {"folder": folder.name, "seed": seed}
            report(folder, seed, figures)
            rows = [[folder.of(name)[0]] + row.pop("clips") for name, row in figures["categories"].items()]
            if options.sheets and not seed:
                options.sheets.mkdir(parents=True, exist_ok=True)
                sheet.write(options.sheets / f"{folder.name}.png", rows)
            results.append(figures)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


main()
