"""What a model makes that has learned a folder by a taste: `hiss train FOLDER --taste`, `--keep`, `--taste-scale`."""

import csv
import shutil
import subprocess

import numpy

import listeners
import shown

CLIPS = 240
PROMPTS = 24
SCALE = 2


def samples(clips, folder):
    """A folder of clips with their captions; the same ones each time."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with open(folder / "metadata.csv", "w", newline="") as table:
        rows = csv.writer(table)
        rows.writerow(["file_name", "text"])
        for place in clips.learned[:CLIPS]:
            shutil.copy(clips.file(place), folder)
            rows.writerow([clips.file(place).name, clips.prompts[place]])
    return folder


def compared(clips, cache, taste, name, steps):
    """The mean utility of what models make that learned the folder for so many steps, over that of one that learned all of it
    alike: by a taste, by it and asked for the best, and from the most liked half alone."""
    folder = samples(clips, cache / "folder" / "samples")
    ways = {"plain": ([], {}), "taste": (["--taste", str(taste)], {}), "scale": (None, {"taste-scale": SCALE}),
            "keep": (["--taste", str(taste), "--keep", "0.5"], {})}
    means = {}
    for way, (options, fields) in ways.items():
        model = cache / "folder" / ("taste" if options is None else way)
        if options is not None:
            shutil.rmtree(model, ignore_errors=True)
            subprocess.run(
                [clips.hiss, "train", folder, "--from", "first", "--output", model, "--steps", str(steps), "--rehearsal", "0",
                 "--cache", cache / "folder" / "features", *options],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        made = shown.shown(clips.hiss, cache / "shown" / "folder", PROMPTS, ["--model", str(model)], fields)
        means[way] = listeners.utilities(made["rows"], clips.table)[0][name]
    plain = means.pop("plain")
    return {way: float((values - plain).mean()) for way, values in means.items()} | {
        "error": float(numpy.mean([(values - plain).std() / len(plain) ** 0.5 for values in means.values()]))}
