"""What is shown of a prompt with a taste and without: how much it is liked, how much it differs, how new it is, what it costs."""

import json
import shutil
import subprocess
import time

import numpy

import listeners
import pool
import variety

COUNT = 8
SECONDS = 4


def clips(hiss, folder, number, prompt, options):
    """Clips of one prompt, their novelty ratios, and the seconds that they took."""
    shutil.rmtree(folder, ignore_errors=True)
    start = time.monotonic()
    told = subprocess.run(
        [hiss, "generate", prompt, "--count", str(COUNT), "--seed", str(7000 + 100 * number), "--duration", str(SECONDS),
         "--novelty", "0.001", "-o", folder, "--json", *options],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    seconds = time.monotonic() - start
    report = json.loads(told)
    return sorted(folder.glob("*.wav")), report.get("novelty") or [], seconds


def compared(hiss, cache, taste, name, table, count):
    """Of a taste's file and the listener it was learned from: gain of utility, ratios of variety, novelty and time."""
    made = {"plain": ([], [], 0.0), "taste": ([], [], 0.0)}
    prompts = pool.prompts(count, 5)
    for number, prompt in enumerate(prompts):
        # In turns, so that other work on the machine slows both down alike.
        for way, options in (("plain", []), ("taste", ["--taste", str(taste)])):
            files, novelty, seconds = clips(hiss, cache / "asked" / way / f"p{number}", number, prompt, options)
            before = made[way]
            made[way] = (before[0] + [(file, prompt) for file in files], before[1] + novelty, before[2] + seconds)
    figures = {}
    for way, (files, novelty, seconds) in made.items():
        rows = listeners.rows(files)
        figures[way] = {
            "utility": float(listeners.utilities(rows, table)[0][name].mean()),
            "variety": variety.within([file for file, _ in files], COUNT),
            "novelty": float(numpy.median(novelty)), "seconds": seconds}
    plain, liked = figures["plain"], figures["taste"]
    return {
        "gain": liked["utility"] - plain["utility"], "variety": liked["variety"] / plain["variety"],
        "novelty": liked["novelty"] / plain["novelty"], "time": liked["seconds"] / plain["seconds"]}
