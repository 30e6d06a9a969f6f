"""What is done: marks in the work folder, and the log beside the model."""

import contextlib
import dataclasses
import fcntl
import hashlib
import json
import os
import subprocess
import time
from pathlib import Path

from stages import Failure, Place, publishing

PACKAGES = ["libfluidsynth3", "fluid-soundfont-gm", "musescore-general-soundfont-lossless", "libcsound64-6.0", "libsndfile1",
            "libfftw3-single3", "wordnet-base"]


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 22):
            digest.update(chunk)
    return digest.hexdigest()


def said(command: list[str], root: Path) -> str | None:
    try:
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


class Record:
    """The stages that are done, with their seconds."""

    def __init__(self, place: Place, sizes, stages: list) -> None:
        self.place, self.stages = place, stages
        self.sizes = json.loads(json.dumps(dataclasses.asdict(sizes)))
        self.marks = place.work / "marks.json"
        self.log = place.model / "recipe.jsonl"
        self.seconds: dict[str, float] = {}
        if self.marks.exists():
            known = json.loads(self.marks.read_text())
            # Sizes that the recipe did not have yet decide stages that it had not either.
            differing = [name for name, value in known["sizes"].items() if self.sizes.get(name) != value]
            if differing:
                raise SystemExit(f"make-model: {place.work} was begun with other sizes ({', '.join(differing)}); "
                                 "give the same, or another --work")
            self.seconds = known["seconds"]
        elif published := self.published():
            self.seconds = {stage.name: 0.0 for stage in stages if stage.piece <= published}
            print(f"{place.model.name} has piece {published} of {sizes.pieces}")

    def published(self) -> int:
        """The last piece that the model's folder has, by its log."""
        if not self.log.exists():
            return 0
        entries = [json.loads(line) for line in self.log.read_text().splitlines()]
        weights = self.place.model / "model.safetensors"
        for piece in range(max(stage.piece for stage in self.stages), 0, -1):
            hashes = [entry["sha256"] for entry in entries if entry.get("stage") == publishing(piece)]
            if hashes and weights.exists() and hashes[-1][self.place.short(weights)] == sha256(weights):
                return piece
        return 0

    @contextlib.contextmanager
    def lock(self):
        """Nobody else works in the folder."""
        self.place.work.mkdir(parents=True, exist_ok=True)
        self.place.model.mkdir(parents=True, exist_ok=True)
        with (self.place.work / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Failure(f"{self.place.work}: another make-model is at work here") from None
            yield

    def has(self, stage) -> bool:
        return stage.name in self.seconds

    def begin(self) -> None:
        """Says with what the recipe goes on."""
        versions = {name: said(["dpkg-query", "--show", "--showformat", "${Version}", name], self.place.root)
                    for name in PACKAGES}
        self.append({"begun": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "sizes": self.sizes,
                     "commit": said(["git", "rev-parse", "HEAD"], self.place.root),
                     "changed": bool(said(["git", "status", "--porcelain", "--untracked-files=no"], self.place.root)),
                     "program": sha256(self.place.hiss), "packages": versions})

    def finish(self, stage, seconds: float, made: list[Path]) -> None:
        hashes = {self.place.short(path): sha256(path) for path in made if path.exists()}
        self.append({"stage": stage.name, "command": stage.said(self.place), "seconds": round(seconds, 1), "sha256": hashes})
        self.seconds[stage.name] = seconds
        unfinished = self.marks.with_suffix(".partial")
        unfinished.write_text(json.dumps({"sizes": self.sizes, "seconds": self.seconds}, indent=1))
        os.replace(unfinished, self.marks)

    def append(self, entry: dict) -> None:
        with self.log.open("a") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
