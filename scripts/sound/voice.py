"""Measures how near voices come to the model they were made of; scripts/check-voice runs it and says how."""

import argparse
import os
import tempfile

import numpy

from clips import batch
from strength import bands, distance

LEARNED = ["kick", "snare", "hi-hat", "bass", "synth"]
KEPT = [
    "solo piano", "acoustic guitar chords in A minor, 90 bpm", "solo violin melody", "church organ", "flute melody",
    "trumpet melody", "cello melody", "rock drum beat, 120 bpm", "electric bass line, 100 bpm", "choir",
    "xylophone melody", "distortion guitar chords, 110 bpm",
]
# Of the clips that an instrument is known by.
TEMPLATES = range(101, 105)


def clips(root, name, prompts, seeds, options):
    """The levels of clips in bands by prompt and seed, made with these options."""
    folder = os.path.join(root, name)
    os.makedirs(folder)
    keys = [(i, seed) for i in range(len(prompts)) for seed in seeds]
    batch(folder, [
        {"id": f"{i}-{seed}", "prompt": prompts[i], "seed": seed, "duration": 2} for i, seed in keys], *options)
    return {key: bands(f"{folder}/{key[0]}-{key[1]}.wav") for key in keys}


def shifted(made, count):
    """The clips of a prompt, each in another's place."""
    return {(i, seed): made[i, seed % count + 1] for i, seed in made}


def agreement(first, second, prompts):
    """The correlation by prompt, over its seeds, and over all."""
    row = [
        numpy.mean([1 - distance(first[key], second[key]) for key in first if key[0] == i]) for i in range(len(prompts))]
    return row + [numpy.mean(row)]


def timbre(levels):
    """The mean level of each band beside the loudest, and how much it moves."""
    return numpy.concatenate([levels.mean(axis=0) - levels.max(), levels.std(axis=0)])


def recognised(made, known):
    """The share of clips whose timbre is nearest to a clip of the same prompt."""
    names, rows = [key[0] for key in known], numpy.array([timbre(levels) for levels in known.values()])
    return numpy.mean([
        names[numpy.argmin(((rows - timbre(levels)) ** 2).sum(axis=1))] == key[0] for key, levels in made.items()])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("voices", nargs="+")
    parser.add_argument("--base", default="first")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    seeds = range(1, options.seeds + 1)
    base = ["--model", options.base]
    with tempfile.TemporaryDirectory() as root:
        def made(name, prompts, *arguments, seeds=seeds):
            return clips(root, name, prompts, seeds, arguments)

        print(f"what was learned: correlation with clips of {options.model}")
        print(f"{'':24}" + "".join(f"{prompt:>8}" for prompt in LEARNED + ["all"]))
        full = made("full", LEARNED, "--model", options.model)
        rows = [("other seeds", shifted(full, options.seeds)), (options.base, made("base", LEARNED, *base))]
        for number, voice in enumerate(options.voices):
            rows.append((os.path.basename(voice), made(f"voice-{number}", LEARNED, *base, "--voice", voice)))
        for name, found in rows:
            print(f"{name:24}" + "".join(f"{value:8.3f}" for value in agreement(full, found, LEARNED)))

        print(f"what stays: correlation with clips of {options.base}, and clips recognised by its clips of other seeds")
        known = made("known", KEPT, *base, seeds=TEMPLATES)
        plain = made("plain", KEPT, *base)
        rows = [("other seeds", shifted(plain, options.seeds)), ("the whole model", made("whole", KEPT, "--model", options.model))]
        for number, voice in enumerate(options.voices):
            for weight in [0.5, 1]:
                found = made(f"kept-{number}-{weight}", KEPT, *base, "--voice", f"{voice}:{weight}")
                rows.append((f"{os.path.basename(voice)}:{weight}", found))
        for name, found in rows:
            print(f"{name:24}{agreement(plain, found, KEPT)[-1]:8.3f}{recognised(found, known):8.0%}")


if __name__ == "__main__":
    main()
