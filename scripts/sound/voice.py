"""Measures how near voices come to the model they were made of; scripts/check-voice runs it and says how."""

import argparse
import os
import tempfile

import numpy

from clips import batch
from strength import bands, distance

LEARNED = ["kick", "snare", "hi-hat", "bass", "synth"]
KEPT = ["solo piano", "acoustic guitar chords in A minor, 90 bpm", "solo violin melody", "church organ", "rock drum beat, 120 bpm"]


def clips(root, name, prompts, seeds, options):
    """The levels of clips in bands by prompt and seed, made with these options."""
    folder = os.path.join(root, name)
    os.makedirs(folder)
    keys = [(i, seed) for i in range(len(prompts)) for seed in seeds]
    batch(folder, [
        {"id": f"{i}-{seed}", "prompt": prompts[i], "seed": seed, "duration": 2} for i, seed in keys], *options)
    return {key: bands(f"{folder}/{key[0]}-{key[1]}.wav") for key in keys}


def agreement(first, second, prompts):
    """The correlation by prompt, over its seeds, and over all."""
    row = [
        numpy.mean([1 - distance(first[key], second[key]) for key in first if key[0] == i]) for i in range(len(prompts))]
    return row + [numpy.mean(row)]


def show(title, prompts, rows):
    print(title)
    print(" " * 24 + " ".join(f"{prompt.split(',')[0].split(' chords')[0][:15]:>15}" for prompt in prompts + ["all"]))
    for name, row in rows:
        print(f"{name:24}" + " ".join(f"{value:15.3f}" for value in row))


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
        def made(name, prompts, *arguments):
            return clips(root, name, prompts, seeds, arguments)

        full = made("full", LEARNED, "--model", options.model)
        rows = [("other seeds", agreement(full, {(i, s): full[i, s % options.seeds + 1] for i, s in full}, LEARNED))]
        rows.append((options.base, agreement(full, made("base", LEARNED, *base), LEARNED)))
        for number, voice in enumerate(options.voices):
            found = made(f"voice-{number}", LEARNED, *base, "--voice", voice)
            rows.append((os.path.basename(voice), agreement(full, found, LEARNED)))
        show(f"what was learned: correlation with clips of {options.model}", LEARNED, rows)
        plain = made("plain", KEPT, *base)
        rows = [("other seeds", agreement(plain, {(i, s): plain[i, s % options.seeds + 1] for i, s in plain}, KEPT))]
        rows.append(("the whole model", agreement(plain, made("whole", KEPT, "--model", options.model), KEPT)))
        for number, voice in enumerate(options.voices):
            for weight in [0.5, 1]:
                found = made(f"kept-{number}-{weight}", KEPT, *base, "--voice", f"{voice}:{weight}")
                rows.append((f"{os.path.basename(voice)}:{weight}", agreement(plain, found, KEPT)))
        show(f"what stays: correlation with clips of {options.base}", KEPT, rows)


if __name__ == "__main__":
    main()
