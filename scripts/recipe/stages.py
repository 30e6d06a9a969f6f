"""The stages of the recipe: what each runs, and how far it is."""

import dataclasses
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from card import card
from sizes import MEGABYTES, RATES, Sizes

Tell = Callable[[float, str], None]
DATASET = "world"
# What a training makes, and a model consists of.
PARTS = ["model.safetensors", "config.json", "novelty.index", "words.tsv", "words.safetensors", "lengths.tsv",
         "training.jsonl", "loss.png", "glossary.tsv"]


class Failure(Exception):
    """Why the recipe cannot go on, in one line."""


@dataclasses.dataclass(frozen=True)
class Place:
    """Where everything is: the repository, the program, the model, and the work folder."""

    root: Path
    hiss: Path
    model: Path
    work: Path

    @property
    def data(self) -> Path:
        return self.work / DATASET

    @property
    def cache(self) -> Path:
        return self.work / "cache"

    @property
    def output(self) -> Path:
        """Where programs write what they say."""
        return self.work / "output.txt"

    def trained(self, piece: int) -> Path:
        """What the training of a piece makes."""
        return self.work / f"piece-{piece}"

    def short(self, path: Path) -> str:
        """A path without the folders of this machine."""
        for base, name in ((self.work, "WORK"), (self.model, "MODEL"), (self.root, ".")):
            if path.is_relative_to(base):
                return str(Path(name) / path.relative_to(base))
        return path.name


@dataclasses.dataclass(frozen=True)
class Stage:
    name: str
    piece: int
    kind: str
    amount: float
    command: list[str]
    run: Callable[[Tell], list[Path]]

    def said(self, place: Place) -> str:
        return " ".join(place.short(Path(word)) if word.startswith("/") else word for word in self.command)


def run(command: list[str], place: Place, line: Callable[[str], None] | None = None, watch: Callable[[], None] | None = None) \
        -> None:
    """Runs a program that ends when this one does; `line` gets its lines on stdout, `watch` is called every few seconds."""
    environment = {**os.environ, "HISS_PARENT": str(os.getpid())}
    with place.output.open("a") as errors:
        errors.write(f"$ {' '.join(command)}\n")
        errors.flush()
        process = subprocess.Popen(command, cwd=place.root, env=environment, text=True, stderr=errors,
                                   stdout=subprocess.PIPE if line else errors)
        ended = threading.Event()

        def look() -> None:
            while watch and not ended.wait(5):
                watch()

        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        try:
            for text in process.stdout or []:
                line(text)
            code = process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
        finally:
            ended.set()
            watcher.join()
    if code != 0:
        last = [text for text in place.output.read_text(errors="replace").splitlines() if text.strip()][-1:]
        raise Failure(f"{Path(command[0]).name} {command[1]} ended with {code}: {' '.join(last)} ({place.output})")


def sources(sizes: Sizes, piece: int) -> list[dict]:
    """The runs of `hiss corpus` that make a piece, as corpus.json has them."""
    seed = sizes.seed + 10 * piece
    return [
        {"folder": "music", "clips": sizes.music, "seed": seed, "captions": sizes.captions, "parts": ["music"]},
        {"folder": "one-shots", "clips": sizes.one_shots, "seed": seed + 1, "captions": sizes.captions, "parts": ["music"],
         "kinds": ["note", "chord", "drum hit"]},
        {"folder": "synths", "clips": sizes.synths, "seed": seed + 2, "captions": sizes.captions, "parts": ["synths"]},
        {"folder": "sounds", "clips": sizes.sounds, "seed": seed + 3, "captions": sizes.captions, "parts": ["sounds"]},
    ]


def corpus_stage(sizes: Sizes, place: Place, piece: int, source: dict) -> Stage:
    folder = place.data / source["folder"]
    command = [str(place.hiss), "corpus", "--output", str(folder), "--clips", str(source["clips"]),
               "--seed", str(source["seed"]), "--captions", str(source["captions"]), "--parts", *source["parts"]]
    if "kinds" in source:
        command += ["--kinds", *(kind.replace(" ", "-") for kind in source["kinds"])]

    def work(tell: Tell) -> list[Path]:
        free = shutil.disk_usage(place.work).free / 1e6
        if free < MEGABYTES * sizes.clips * 1.1 and not place.data.exists():
            raise Failure(f"a piece takes {MEGABYTES * sizes.clips / 1000:.0f} GB, and {free / 1000:.0f} GB are free")

        def look() -> None:
            made = sum(entry.name.endswith(".flac") for entry in os.scandir(folder)) if folder.exists() else 0
            tell(made / source["clips"], f"{made} of {source['clips']} clips")

        run(command, place, watch=look)
        return [folder / "metadata.jsonl", *(folder / f"clip-{index:06}.flac" for index in range(3))]

    return Stage(f"corpus-{piece}-{source['folder']}", piece, "corpus", source["clips"], command, work)


def train_stage(sizes: Sizes, place: Place, piece: int) -> Stage:
    steps, output = sizes.steps(piece), place.trained(piece)
    before = place.root / "Models/first" if piece == 1 else place.model
    command = [str(place.hiss), "train", str(place.data), "--output", str(output), "--from", str(before),
               "--rehearsal", "0", "--frame", "stereo", "--noise-augmentation", "--steps", str(steps),
               "--batch-size", str(sizes.batch_size), "--learning-rate", str(sizes.learning_rates[piece - 1]),
               "--measure-every", str(sizes.measure_every), "--patience", "0", "--seed", str(sizes.seed + 10 * piece),
               "--cache", str(place.cache), "--json"]

    if piece == 1:
        # `first` knows no captions of synthesizers and sounds.
        command.append("--align")

    def work(tell: Tell) -> list[Path]:
        def line(text: str) -> None:
            said = json.loads(text)
            tell(max(said["step"] / steps, 0.001), f"step {said['step']} of {steps}, loss {said['loss']:.4f}, "
                                                   f"{said['clipsPerSecond']:.0f} clips/s")

        run(command, place, line=line)
        reached = json.loads((output / "training.jsonl").read_text().splitlines()[-1])["step"]
        if reached < steps:
            raise Failure(f"the training stopped at step {reached} of {steps}")
        return [output / "model.safetensors", output / "config.json"]

    amount = sizes.clips_seen[piece - 1] + sizes.clips * RATES["train"] / RATES["analysis"]
    return Stage(f"train-{piece}", piece, "train", amount, command, work)


def glossary_stage(sizes: Sizes, place: Place, piece: int) -> Stage:
    captions, output = place.work / "captions", place.trained(piece) / "glossary.tsv"
    command = [str(place.root / "scripts/glossary"), str(captions), "--output", str(output)]

    def work(tell: Tell) -> list[Path]:
        captions.mkdir(exist_ok=True)
        with (captions / "metadata.jsonl").open("w", encoding="utf-8") as file:
            for source in sources(sizes, piece):
                file.write((place.data / source["folder"] / "metadata.jsonl").read_text(encoding="utf-8"))
        run(command, place)
        return [output]

    return Stage(f"glossary-{piece}", piece, "other", 60, command, work)


def publish_stage(sizes: Sizes, place: Place, piece: int) -> Stage:
    trained = place.trained(piece)

    def work(tell: Tell) -> list[Path]:
        lacking = [name for name in PARTS if not (trained / name).exists()]
        if lacking:
            raise Failure(f"the training left no {', '.join(lacking)}")
        for name in PARTS:
            partial = place.model / (name + ".partial")
            shutil.copyfile(trained / name, partial)
            os.replace(partial, place.model / name)
        origin = {"dataset": DATASET, "parts": sources(sizes, piece)}
        (place.model / "corpus.json").write_text(json.dumps(origin, indent=1) + "\n")
        (place.model / "MODEL.md").write_text(card(sizes, place, piece), encoding="utf-8")
        return [place.model / name for name in [*PARTS, "corpus.json", "MODEL.md"]]

    return Stage(publishing(piece), piece, "other", 5, ["publish", str(trained)], work)


def publishing(piece: int) -> str:
    """The name of the stage behind which the model's folder has all of a piece."""
    return f"publish-{piece}"


def clear_stage(place: Place, piece: int) -> Stage:
    gone = [place.data, place.cache, place.trained(piece)]

    def work(tell: Tell) -> list[Path]:
        for folder in gone:
            shutil.rmtree(folder, ignore_errors=True)
        return []

    return Stage(f"clear-{piece}", piece, "other", 1, ["rm", "-r", *map(str, gone)], work)


def leaps_stage(sizes: Sizes, place: Place) -> Stage:
    """What makes clips in two steps, learned of the last piece's own eight."""
    piece = sizes.pieces + 1
    command = [str(place.hiss), "distill", str(place.model), "--steps", str(sizes.leap_steps), "--clips", str(sizes.leap_clips),
               "--seed", str(sizes.seed + 10 * piece), "--force"]

    def work(tell: Tell) -> list[Path]:
        run(command, place)
        return [place.model / "leaps.safetensors"]

    return Stage("leaps", piece, "leaps", sizes.leap_steps, command, work)


def stages(sizes: Sizes, place: Place) -> list[Stage]:
    """All of the recipe, in order."""
    whole: list[Stage] = []
    for piece in range(1, sizes.pieces + 1):
        whole += [corpus_stage(sizes, place, piece, source) for source in sources(sizes, piece) if source["clips"]]
        whole += [train_stage(sizes, place, piece), glossary_stage(sizes, place, piece), publish_stage(sizes, place, piece),
                  clear_stage(place, piece)]
    return whole + ([leaps_stage(sizes, place)] if sizes.leap_steps else [])
