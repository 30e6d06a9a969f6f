"""What the faults have in common: a folder to work in, the program, and disks without room or locks."""
import json
import math
import os
import shutil
import struct
import subprocess
import wave
from pathlib import Path

HISS = os.environ.get("HISS", str(Path(__file__).resolve().parents[2] / ".build/release/hiss"))
SMALL = ["--width", "64", "--depth", "1", "--heads", "2", "--batch-size", "4"]
QUICK = ["--steps", "1", "--vocoder-iterations", "1", "--duration", "0.2"]


class Unavailable(Exception):
    """This machine does not have what a check needs."""


def tone(path, hertz, seconds=0.6):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(44100)
        samples = (int(12000 * math.sin(2 * math.pi * hertz * i / 44100)) for i in range(int(seconds * 44100)))
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))


def hold(fact, words):
    if not fact:
        raise AssertionError(words)


class Workshop:
    """A folder with samples, and a small model, in which the faults are tried."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "samples").mkdir()
        for name, hertz in [("low tone", 110), ("middle tone", 220), ("high tone", 440)]:
            tone(folder / f"samples/{name}.wav", hertz)
        self.run("train", "samples", "-o", "Models/small", "--cache", "cache", "--steps", "2", *SMALL, code=0)

    def run(self, *arguments, code=None, environment=None):
        run = subprocess.run(
            [HISS, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace", env=self.environment(environment or {}), timeout=120)
        if code is not None:
            hold(run.returncode == code, f"exit code {run.returncode}, not {code}: {run.stderr.strip()[-300:]}")
        return run

    def environment(self, changes):
        return {**os.environ, **changes}

    def training(self, name, *more):
        return ["train", "samples", "-o", name, "--cache", "cache", "--steps", "1000000", *SMALL, *more]

    def jobs(self, count=3):
        lines = [json.dumps({"id": f"clip-{i}", "prompt": "tone", "duration": 0.2, "steps": 1, "seed": i})
                 for i in range(count)]
        (self.folder / "jobs.jsonl").write_text("\n".join(lines))
        return ["batch", "jobs.jsonl", "--model", "small", "--novelty", "0"]

    def shim(self):
        library = self.folder / "shim.so"
        if not shutil.which("cc"):
            raise Unavailable("no cc")
        if not library.exists():
            source = Path(__file__).with_name("shim.c")
            subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        return {"LD_PRELOAD": str(library)}

    def disk(self, name, options):
        place = self.folder / name
        place.mkdir()
        mount = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "hiss-faults", place], capture_output=True)
        if mount.returncode:
            raise Unavailable("only root can mount a file system")
        return place
