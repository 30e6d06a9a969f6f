"""What the judge asks of the program it judges: corpora, vocoded copies and generated clips, each made once."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "judge"


@dataclass(frozen=True)
class Clip:
    """A rendered phrase of a corpus, with what is known of it."""

    audio: Path
    caption: str
    labels: dict
    # Of the noise, where a clip is made from the caption.
    seed: int = 0
    # Other captions of it.
    captions: tuple[str, ...] = ()

    @property
    def instrument(self) -> str:
        return self.labels["instrument"]

    @property
    def family(self) -> str:
        return self.labels["family"]

    @property
    def is_solo(self) -> bool:
        return self.family != "ensemble"


def program() -> str:
    """The program, built first; HISS_BINARY names one that is built already."""
    if "HISS_BINARY" in os.environ:
        return os.environ["HISS_BINARY"]
    subprocess.run([ROOT / "scripts" / "build"], check=True)
    return str(ROOT / ".build" / "release" / "hiss")


def call(*arguments, quiet: bool = True):
    """Runs the program; what went wrong is told in its own words."""
    done = subprocess.run([str(a) for a in arguments], capture_output=quiet, text=True)
    if done.returncode != 0:
        told = (done.stderr or "").strip()
        sys.exit(f"judge: {' '.join(map(str, arguments[1:3]))}: {told or f'exit {done.returncode}'}")


def corpus(
    hiss: str, seed: int, count: int, threads: int, parts: tuple[str, ...] = (), held_out: bool = False, captions: int = 1,
) -> list[Clip]:
    """The clips of a corpus, rendered where they are missing."""
    folder = CACHE / "-".join(["corpus", str(seed), str(count), *parts, *["held-out"] * held_out])
    # Written last, so where it is there the clips are too.
    metadata = folder / "metadata.jsonl"
    if not metadata.exists():
        print(f"Rendering {count} clips of seed {seed} {' '.join(parts)}", file=sys.stderr)
        call(hiss, "corpus", "--seed", seed, "--clips", count, "--out", folder, "--threads", threads, "--captions", captions,
             *(["--parts", *parts] if parts else []), *["--held-out"] * held_out, quiet=False)
    with metadata.open() as lines:
        records = [json.loads(line) for line in lines]
    return [Clip(folder / r["file_name"], r["text"], r["labels"], captions=tuple(r.get("captions", []))) for r in records]


def vocoded(hiss: str, clips: list[Clip], iterations: int) -> list[Path]:
    """The clips after analysis and synthesis by the vocoder alone."""
    paths = []
    for index, clip in enumerate(clips):
        folder = clip.audio.parent.with_name(f"{clip.audio.parent.name}-vocoded-{iterations}")
        folder.mkdir(exist_ok=True)
        path = folder / clip.audio.name
        if not path.exists():
            progress("Through the vocoder", index, len(clips))
            call(hiss, "vocode", clip.audio, path, "--iterations", iterations)
        paths.append(path)
    return paths


@dataclass(frozen=True)
class Settings:
    """How clips are generated; None leaves the program's own default."""

    steps: int | None = None
    guidance: float | None = None
    sampler: str | None = None
    shift: float | None = None
    control: float | None = None
    # Folders of voices, each with a weight behind a colon or without one.
    voices: tuple[str, ...] = ()

    @property
    def named(self) -> dict:
        """What is not left to the program, by the names that manifests have for it."""
        named = {
            "steps": self.steps, "cfg-scale": self.guidance, "sampler": self.sampler, "time-shift": self.shift,
            "control-scale": self.control,
        }
        return {name: value for name, value in named.items() if value is not None}

    @property
    def heard_in(self) -> list[str]:
        """What tells the clips of these settings from others, in a folder's name."""
        def told(voice: str) -> str:
            folder, _, weight = voice.partition(":")
            return f"{hashlib.sha256((Path(folder) / 'voice.safetensors').read_bytes()).hexdigest()[:12]}-{weight or 1}"

        return [f"{name}-{value}" for name, value in self.named.items()] + [told(voice) for voice in self.voices]


@dataclass(frozen=True)
class Request:
    """A clip to be made."""

    prompt: str
    seconds: float
    seed: int
    # The notes to play; None for what the prompt alone says.
    midi: Path | None = None

    @property
    def job(self) -> dict:
        """Its line of a manifest."""
        job = {"prompt": self.prompt, "duration": self.seconds, "seed": self.seed}
        if self.midi:
            job["midi"] = str(self.midi)
        return {"id": hashlib.sha256(json.dumps(job).encode()).hexdigest()[:16]} | job

    @staticmethod
    def like(clip: Clip, with_notes: bool = False) -> "Request":
        """A clip as long as another, with its caption and, if wanted, its notes."""
        return Request(
            clip.caption, clip.labels["seconds"], clip.seed, clip.audio.with_suffix(".mid") if with_notes else None)


def generated(hiss: str, model: Path, requests: list[Request], settings: Settings, threads: int) -> list[Path]:
    """The clips, made in one batch where they are missing."""
    weights = hashlib.sha256((model / "model.safetensors").read_bytes()).hexdigest()[:12]
    folder = CACHE / "generated" / "-".join([weights, *settings.heard_in])
    jobs = [request.job | settings.named for request in requests]
    manifest = CACHE / "jobs.jsonl"
    # Requests may be alike; jobs may not.
    write(manifest, "".join(f"{json.dumps(job)}\n" for job in {job["id"]: job for job in jobs}.values()))
    voices = [part for voice in settings.voices for part in ("--voice", voice)]
    call(hiss, "batch", manifest, "--output", folder, "--model", model, *voices, "--threads", threads, quiet=False)
    return [folder / f"{job['id']}.wav" for job in jobs]


def weights_of(model: str) -> Path:
    """The folder of a model, named by path or by its name under Models."""
    for folder in (Path(model), ROOT / "Models" / model):
        if (folder / "model.safetensors").exists():
            return folder
    sys.exit(f"judge: {model}: there is no model here (a folder with config.json and model.safetensors)")


def progress(what: str, index: int, count: int):
    if sys.stderr.isatty():
        print(f"\r{what}: {index} of {count} ", end="", file=sys.stderr)
    elif index % 100 == 0:
        print(f"{what}: {index} of {count}", file=sys.stderr, flush=True)


def write(path: Path, text: str):
    """Writes a file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(text)
    temporary.replace(path)
