"""Measures how well generated notes are in tune; scripts/check-pitch runs it and says how."""

import argparse
import json
import os
import subprocess
import tempfile

import numpy

from clips import batch, read, write
from partials import deviation, partials

NAMES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
# Sounding ranges, in MIDI keys, cut to E1 … C6.
INSTRUMENTS = {
    "electric bass": (28, 55),
    "piano": (33, 84),
    "cello": (36, 72),
    "nylon guitar": (40, 76),
    "church organ": (36, 84),
    "clarinet": (50, 84),
    "violin": (55, 84),
    "synth lead": (45, 84),
}


def name(key):
    return f"{NAMES[key % 12]}{key // 12 - 1}"


def key_of(text):
    pitch = NAMES.index(text.rstrip("-0123456789"))
    return 12 * (int(text[len(NAMES[pitch]):]) + 1) + pitch


def hertz(key):
    return 440 * 2 ** ((key - 69) / 12)


def sawtooth(key, seconds=2.0, rate=44100):
    time = numpy.arange(int(seconds * rate)) / rate
    harmonics = range(1, int(min(rate / 2.2, 12000) / hertz(key)) + 1)
    samples = sum(numpy.sin(2 * numpy.pi * hertz(key) * k * time + k * k) / k for k in harmonics)
    fade = numpy.minimum(1, numpy.minimum(time, time[::-1]) / 0.02)
    return 0.4 * samples / numpy.abs(samples).max() * fade


def made(folder, instruments, options):
    """Paths of clips of notes, made in one batch: (instrument, key, path)."""
    jobs, clips = [], []
    for instrument in instruments:
        low, high = INSTRUMENTS[instrument]
        for key in range(low, high + 1):
            if (key - 28) % options.every:
                continue
            for seed in range(options.seed, options.seed + options.seeds):
                number = f"{instrument.replace(' ', '-')}-{name(key).replace('#', 's')}-{seed}"
                job = {"id": number, "prompt": instrument, "note": name(key), "seed": seed}
                job |= {"duration": options.duration} | json.loads(options.fields)
                jobs.append(job)
                clips.append((instrument, key, os.path.join(folder, number + ".wav")))
    batch(folder, jobs)
    return clips


def length(number):
    """A MIDI file's number of variable length."""
    groups = [number & 127]
    while number := number >> 7:
        groups.insert(0, number & 127 | 128)
    return bytes(groups)


def write_midi(path, keys):
    """Notes one after the other, of a second each."""
    notes = b"".join(b"\0" + bytes([0x90, key, 100]) + length(960) + bytes([0x80, key, 0]) for key in keys)
    track = b"\0\xff\x51\x03" + (500_000).to_bytes(3, "big") + notes + b"\0\xff\x2f\0"
    with open(path, "wb") as file:
        file.write(b"MThd" + (6).to_bytes(4, "big") + b"\0\0\0\1" + (480).to_bytes(2, "big"))
        file.write(b"MTrk" + len(track).to_bytes(4, "big") + track)


def lines(folder, instruments, options):
    """Notes of lines in the lowest octaves of instruments, each cut out of its clip."""
    jobs, clips = [], []
    for instrument in instruments:
        low = INSTRUMENTS[instrument][0]
        keys = [low + step for step in (0, 3, 5, 8, 12, 15, 1, 6)]
        midi = os.path.join(folder, instrument.replace(" ", "-") + ".mid")
        write_midi(midi, keys)
        for seed in range(options.seed, options.seed + options.seeds):
            number = f"{instrument.replace(' ', '-')}-{seed}"
            jobs.append({"id": number, "prompt": instrument, "midi": midi, "duration": len(keys), "seed": seed})
            clips += [(instrument, key, number, place) for place, key in enumerate(keys)]
    batch(folder, jobs)
    notes = []
    for instrument, key, number, place in clips:
        samples, rate = read(os.path.join(folder, number + ".wav"))
        path = os.path.join(folder, f"{number}-{place}.wav")
        write(path, samples[int((place + 0.1) * rate): (place + 1) * rate])
        notes.append((instrument, key, path))
    return notes


def vocoded(folder):
    clips = []
    for key in range(28, 85, 3):
        source, target = (os.path.join(folder, f"{word}-{key}.wav") for word in ("saw", "vocoded"))
        write(source, sawtooth(key))
        subprocess.run([os.environ["HISS"], "vocode", source, target], check=True, capture_output=True)
        clips.append(("sawtooth, vocoded", key, target))
    return clips


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=3)
    parser.add_argument("--duration", type=float, default=2)
    parser.add_argument("--instrument", action="append")
    parser.add_argument("--fields", default="{}", help="further fields of every job, as JSON")
    parser.add_argument("--lines", action="store_true", help="lines of low notes from MIDI files")
    parser.add_argument("--vocoder", action="store_true")
    parser.add_argument("--files", nargs="+", default=[])
    parser.add_argument("--keep", help="a folder for the clips")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        if options.files:
            pairs = [text.split("=", 1) for text in options.files]
            clips = [("files", key_of(note), path) for note, path in pairs]
        elif options.vocoder:
            clips = vocoded(folder)
        elif options.lines:
            clips = lines(folder, options.instrument or list(INSTRUMENTS), options)
        else:
            clips = made(folder, options.instrument or list(INSTRUMENTS), options)
        report(clips)


def report(clips):
    totals = [0, 0]
    for instrument in dict.fromkeys(clip[0] for clip in clips):
        notes, out = [], []
        for _, key, path in (clip for clip in clips if clip[0] == instrument):
            found = partials(*read(path), hertz(key))
            off = deviation(found) if found else None
            notes.append(off)
            if off is None or abs(off) > 10:
                lines = " ".join(f"{cents:+.0f}/{level:.0f}" for cents, level in found or [])
                out.append(f"    {name(key):4} {'silent' if off is None else f'{off:+6.1f}'}   partials {lines}")
        good = sum(off is not None and abs(off) <= 10 for off in notes)
        heard = [abs(off) for off in notes if off is not None]
        totals[0] += good
        totals[1] += len(notes)
        print(f"{instrument:20} {good} of {len(notes)} within 10 cents; median {numpy.median(heard):.1f}")
        print("\n".join(out)) if out else None
    print(f"{'all':20} {totals[0]} of {totals[1]} ({100 * totals[0] / totals[1]:.0f} %)")


if __name__ == "__main__":
    main()
