"""Whether relatives that are chosen by a taste (`hiss vary --taste`) are liked more than those that are not."""

import json
import shutil
import subprocess
import time

import numpy

import listeners

COUNT = 8
DISTANCE = 0.5


def made(hiss, folder, source, seed, options):
    """The files of a set of relatives, how far they lie from their source, and the seconds that they took."""
    shutil.rmtree(folder, ignore_errors=True)
    start = time.monotonic()
    told = subprocess.run(
        [hiss, "vary", source, "--count", str(COUNT), "--distance", str(DISTANCE), "--seed", str(seed), "--novelty", "0",
         "-o", folder, "--json", *options], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return sorted(folder.glob("*.wav")), json.loads(told)["fromSource"], time.monotonic() - start


def compared(clips, cache, taste, name, count):
    """Of a taste's file and the listener it was learned from: what relatives of the clip she likes best of eight, that no pick
    showed, gain by it, in deviations of plain clips; and ratios of how far they lie from it and of time."""
    chance, utility = numpy.random.default_rng(97), clips.utilities[name]
    drawn = [clips.shown(chance, clips.held_out) for _ in range(count)]
    sources = [int(places[numpy.argmax(utility[places])]) for places in drawn]
    sums = {way: {"utility": [], "distance": 0.0, "seconds": 0.0} for way in ("plain", "taste")}
    for number, source in enumerate(sources):
        for way, options in (("plain", []), ("taste", ["--taste", str(taste)])):
            files, distance, seconds = made(
                clips.hiss, cache / "kin" / way, clips.file(source), 3000 + 100 * number, options)
            rows = listeners.rows([(file, clips.prompts[source]) for file in files])
            figures = sums[way]
            figures["utility"].append(float(listeners.utilities(rows, clips.table)[0][name].mean()))
            figures["distance"] += distance
            figures["seconds"] += seconds
    plain, liked = sums["plain"], sums["taste"]
    gains = numpy.array(liked["utility"]) - numpy.array(plain["utility"])
    return {
        "gain": float(gains.mean()), "error": float(gains.std() / len(gains) ** 0.5),
        "distance": liked["distance"] / plain["distance"], "time": liked["seconds"] / plain["seconds"]}
