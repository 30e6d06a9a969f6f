"""The judge's own corpora, and the recogniser that it learns from them."""

import dataclasses
import json
import random
import sys
from collections import defaultdict
from pathlib import Path

import numpy

import features
import hiss as program
import recogniser

TRAINING_SEED = 777
TEST_SEED = 779
# Iterations of the vocoder for the recogniser's lessons: a draft colours sound more than the usual 32 do.
LESSON_ITERATIONS = 8
COLOURED_COUNT = 500
ITERATIONS = 32


def lessons(hiss: str, count: int, threads: int) -> list[program.Clip]:
    clips = program.corpus(hiss, TRAINING_SEED, count, threads)
    return [clip for clip in clips if clip.is_solo]


def recogniser_for(hiss: str, count: int, threads: int) -> tuple[recogniser.Recogniser, list[str]]:
    """The recogniser, and the instruments that it knows, by class."""
    facts = {
        "seed": TRAINING_SEED, "clips": count, "iterations": LESSON_ITERATIONS, "coloured": COLOURED_COUNT,
        "epochs": recogniser.EPOCHS, "bands": features.BAND_COUNT,
    }
    folder = program.CACHE / f"recogniser-{count}"
    kept = recogniser.load(facts, folder)
    if kept is not None:
        return kept
    clips = lessons(hiss, count, threads)
    classes = sorted({clip.instrument for clip in clips})
    targets = [classes.index(clip.instrument) for clip in clips]
    plain = features.log_mels([clip.audio for clip in clips], folder.with_name(f"features-{count}.npz"))
    # Some clips also through the vocoder: enough to learn its colour.
    pairs = clips[: 4 * COLOURED_COUNT : 4]
    coloured = features.log_mels(
        program.vocoded(hiss, pairs, LESSON_ITERATIONS), folder.with_name(f"features-{count}-vocoded.npz"))
    second: list = [None] * len(clips)
    second[: 4 * COLOURED_COUNT : 4] = coloured
    network = recogniser.train([plain, second], targets, len(classes))
    recogniser.save(network, classes, facts, folder)
    return network, classes


def numbered(
    clips: list[program.Clip], per_instrument: int, classes: list[str], excluded: set[str],
) -> list[program.Clip]:
    """Up to so many solo clips of each instrument, in the order of their names, their numbers their seeds."""
    found = defaultdict(list)
    for clip in clips:
        if clip.is_solo and clip.instrument in classes and clip.caption.lower() not in excluded:
            found[clip.instrument].append(clip)
    # Drums are one class to the recogniser, but as many clips as five instruments in the corpus.
    chosen = []
    for instrument, those in sorted(found.items()):
        chosen += those[: per_instrument * (4 if instrument == "drums" else 1)]
    chosen.sort(key=lambda clip: clip.audio.name)
    # Numbered before any are left out, so that fewer prompts are the same clips.
    return [dataclasses.replace(clip, seed=seed) for seed, clip in enumerate(chosen)]


def test_clips(
    hiss: str, count: int, per_instrument: int, classes: list[str], excluded: set[str], threads: int,
    at_most: int | None = None,
) -> list[program.Clip]:
    """Up to so many solo clips of each instrument, from a seed that no one learned from.

    Captions that are in the model's own training set are left out, and so is what the recogniser never heard.
    """
    chosen = numbered(program.corpus(hiss, TEST_SEED, count, threads), per_instrument, classes, excluded)
    found = {clip.instrument for clip in chosen}
    if at_most is not None and len(chosen) > at_most:
        chosen = random.Random(0).sample(chosen, at_most)
    missing = sorted(set(classes) - found)
    if missing:
        print(f"No test clip for {', '.join(missing)}", file=sys.stderr)
    return sorted(chosen, key=lambda clip: clip.seed)


def spread(clips: list[program.Clip], count: int) -> list[program.Clip]:
    """So many of the clips, from all over the list."""
    return [clips[i * len(clips) // count] for i in range(count)] if len(clips) > count else clips


def captions_in(metadata: list[Path]) -> set[str]:
    captions = set()
    for path in metadata:
        with (path / "metadata.jsonl" if path.is_dir() else path).open() as lines:
            for record in map(json.loads, lines):
                captions |= {caption.lower() for caption in (record["text"], *record.get("captions", []))}
    return captions


def accepted(clip: program.Clip) -> set[str]:
    """The instruments that answer a caption: some words, such as "saxophone", name several."""
    text = clip.caption.lower()
    if "sax" in text and not any(word in text for word in ("soprano", "alto", "tenor", "bari")):
        return {"soprano sax", "alto sax", "tenor sax", "baritone sax"}
    return {clip.instrument}


class Verdicts:
    """What the recogniser says of the files of test clips."""

    def __init__(
        self, name: str, clips: list[program.Clip], guesses: numpy.ndarray, classes: list[str],
        families: dict[str, str],
    ):
        order = numpy.argsort(-guesses, axis=1)
        self.name, self.clips = name, clips
        self.heard = [classes[i] for i in order[:, 0]]
        top3 = [{classes[i] for i in row[:3]} for row in order]
        self.right = [heard in accepted(clip) for clip, heard in zip(clips, self.heard)]
        self.top3 = [bool(names & accepted(clip)) for clip, names in zip(clips, top3)]
        self.family = [families[heard] == clip.family for clip, heard in zip(clips, self.heard)]

    def confusions(self) -> list[tuple[str, str, int]]:
        counts = defaultdict(int)
        for clip, heard, right in zip(self.clips, self.heard, self.right):
            if not right:
                counts[clip.instrument, heard] += 1
        return sorted(((a, b, n) for (a, b), n in counts.items()), key=lambda row: (-row[2], row))
