"""What a model shows a listener: clips of prompts and seeds that no pick showed, measured as the listener hears them."""

import json
import shutil
import subprocess

import numpy

import listeners
import obedience
import pool
import variety

EACH = 2
SECONDS = 4


def shown(hiss, folder, prompts, options=(), fields=None):
    """Of EACH clips of so many prompts, made with some options of `hiss batch` and fields of its jobs: their measures, their
    variety, the median of their novelty, and the share of energy on the pitches of those that name a key."""
    prompts = [prompt for prompt in pool.prompts(prompts, 2) for _ in range(EACH)]
    names = [f"c{n:04d}" for n in range(len(prompts))]
    jobs = folder.with_suffix(".jobs.jsonl")
    folder.parent.mkdir(parents=True, exist_ok=True)
    jobs.write_text("".join(
        json.dumps({"id": name, "prompt": prompt, "seed": 100_000 + n, "duration": SECONDS} | (fields or {})) + "\n"
        for n, (name, prompt) in enumerate(zip(names, prompts))))
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [hiss, "batch", jobs, "--output", folder, "--novelty", "0.001", *options], check=True, stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL)
    files = [folder / f"{name}.wav" for name in names]
    ledger = [json.loads(line) for line in (folder / "ledger.jsonl").read_text().splitlines()]
    rows = listeners.rows(list(zip(files, prompts)))
    return {
        "rows": rows, "pitches": obedience.pitches(files, prompts), "variety": variety.within(files, EACH),
        "novelty": float(numpy.median([line["novelty"] for line in ledger if line.get("novelty") is not None]))}
