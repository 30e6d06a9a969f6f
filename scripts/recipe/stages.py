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

    def short(self, path: Path) -> str:
        """A path without the folders of this machine."""
        for base, name in ((self.work, "WORK"), (self.model, "MODEL"), (self.root, ".")):
            if path.is_relative_to(base):
                return str(Path(name) / path.relative_to(base))
        return path.name


@dataclasses.dataclass(frozen=True)
class Stage:
    name: str
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

    return Stage(f"corpus-{piece}-{source['folder']}", "corpus", source["clips"], command, work)


def train_stage(sizes: Sizes, place: Place, piece: int) -> Stage:
    until = sizes.steps_of_piece * piece
    command = [str(place.hiss), "train", str(place.data), "--output", str(place.model), "--from", "none",
               "--frame", "stereo", "--steps", str(sizes.steps), "--pause-at", str(until),
               "--batch-size", str(sizes.batch_size), "--learning-rate", str(sizes.learning_rate),
               "--width", str(sizes.width), "--depth", str(sizes.depth), "--heads", str(sizes.heads),
               "--patch", str(sizes.patch), "--measure-every", str(sizes.measure_every), "--patience", "0",
               "--seed", str(sizes.seed), "--cache", str(place.cache), "--json"]

    def work(tell: Tell) -> list[Path]:
        begun = place.work / f"train-{piece}"
        if piece == sizes.pieces and not begun.exists():
            # The index of novelty is that of the last piece: all pieces' would be larger than the model.
            (place.model / "novelty.index").unlink(missing_ok=True)
        begun.touch()
        last = [0]

        def line(text: str) -> None:
            said = json.loads(text)
            last[0] = said["step"]
            share = (said["step"] - until + sizes.steps_of_piece) / sizes.steps_of_piece
            tell(max(share, 0.001), f"step {said['step']} of {sizes.steps}, loss {said['loss']:.4f}, "
                                    f"{said['clipsPerSecond']:.0f} clips/s")

        run(command, place, line=line)
        reached = last[0] or json.loads((place.model / "training.jsonl").read_text().splitlines()[-1])["step"]
        if reached < until:
            raise Failure(f"the training stopped at step {reached} of {until}")
        return [place.model / "model.safetensors", place.model / "config.json", place.model / "checkpoint.safetensors"]

    amount = sizes.steps_of_piece * sizes.batch_size + sizes.clips * RATES["train"] / RATES["analysis"]
    return Stage(f"train-{piece}", "train", amount, command, work)


def clear_stage(place: Place, piece: int) -> Stage:
    def work(tell: Tell) -> list[Path]:
        shutil.rmtree(place.data, ignore_errors=True)
        shutil.rmtree(place.cache, ignore_errors=True)
        return []

    return Stage(f"clear-{piece}", "other", 1, ["rm", "-r", str(place.data), str(place.cache)], work)


def glossary_stage(sizes: Sizes, place: Place) -> Stage:
    captions, output = place.work / "captions", place.model / "glossary.tsv"
    command = [str(place.root / "scripts/glossary"), str(captions), "--output", str(output)]

    def work(tell: Tell) -> list[Path]:
        captions.mkdir(exist_ok=True)
        with (captions / "metadata.jsonl").open("w", encoding="utf-8") as file:
            for source in sources(sizes, sizes.pieces):
                file.write((place.data / source["folder"] / "metadata.jsonl").read_text(encoding="utf-8"))
        run(command, place)
        return [output]

    return Stage("glossary", "other", 60, command, work)


def companions_stage(sizes: Sizes, place: Place) -> Stage:
    def work(tell: Tell) -> list[Path]:
        wanted = [place.model / name for name in ("model.safetensors", "config.json", "novelty.index", "words.tsv",
                                                  "words.safetensors", "lengths.tsv", "training.jsonl")]
        lacking = [path.name for path in wanted if not path.exists()]
        if lacking:
            raise Failure(f"the training left no {', '.join(lacking)}")
        origin = {"dataset": DATASET, "parts": sources(sizes, sizes.pieces)}
        (place.model / "corpus.json").write_text(json.dumps(origin, indent=1) + "\n")
        (place.model / "MODEL.md").write_text(card(sizes, place), encoding="utf-8")
        return [*wanted, place.model / "corpus.json", place.model / "MODEL.md"]

    return Stage("companions", "other", 5, ["write", "corpus.json", "MODEL.md"], work)


def stages(sizes: Sizes, place: Place) -> list[Stage]:
    """All of the recipe, in order."""
    whole: list[Stage] = []
    for piece in range(1, sizes.pieces + 1):
        whole += [corpus_stage(sizes, place, piece, source) for source in sources(sizes, piece) if source["clips"]]
        whole.append(train_stage(sizes, place, piece))
        if piece < sizes.pieces:
            whole.append(clear_stage(place, piece))
    return [*whole, glossary_stage(sizes, place), companions_stage(sizes, place)]
