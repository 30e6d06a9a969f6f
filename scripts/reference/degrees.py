#!/usr/bin/env python3
"""How strongly each degree of a scale sounds on average in clips of a corpus that `hiss corpus` made.

    python3 scripts/reference/degrees.py CORPUS

Prints, for each mode, the mean over the clips of that mode of the clip's mean of ControlTrack(midi:)'s pitch classes,
from the tonic up: the constants of Sources/Music/ControlTrack+Key.swift. Counted are clips whose labels name a key and
whose kind is arpeggio, melody, progression or riff; of a mode that has none of these, the ensembles. Needs numpy.
"""

import json
import pathlib
import struct
import sys

import numpy

FRAMES_PER_SECOND = 44100 / 768
RELEASE_SECONDS = 0.05
KINDS = ["arpeggio", "melody", "progression", "riff"]
REST = "ensemble"
NAMES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
MARKS = {"#": 1, "b": -1}


def notes_of(data):
    """(start, end, key, velocity, channel) in quarter notes, and seconds a quarter note, of a file by `hiss corpus`."""
    division = struct.unpack(">H", data[12:14])[0]
    place, seconds_per_quarter, notes = 14, 0.5, []
    while place < len(data):
        length = struct.unpack(">I", data[place + 4 : place + 8])[0]
        place += 8
        end, tick, status, sounding = place + length, 0, 0, {}
        while place < end:
            delta, place = number(data, place)
            tick += delta
            if data[place] >= 0x80:
                status = data[place]
                place += 1
            if status == 0xFF:
                kind = data[place]
                size, place = number(data, place + 1)
                if kind == 0x51:
                    seconds_per_quarter = int.from_bytes(data[place : place + 3], "big") / 1e6
                place += size
            elif status & 0xE0 == 0xC0:
                place += 1
            else:
                key, value, voice = data[place], data[place + 1], status & 15
                place += 2
                if status & 0xF0 == 0x90:
                    sounding[voice, key] = (tick, value)
                elif status & 0xF0 == 0x80 and (voice, key) in sounding:
                    start, velocity = sounding.pop((voice, key))
                    notes.append((start / division, tick / division, key, velocity, voice))
    return notes, seconds_per_quarter


def number(data, place):
    value = 0
    while True:
        byte = data[place]
        place += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place


def mean_pitch(data, seconds):
    """The mean of ControlTrack(midi:)'s 12 pitch classes over a clip."""
    count = int(seconds * FRAMES_PER_SECOND)
    track = numpy.zeros((count, 12))
    notes, seconds_per_quarter = notes_of(data)
    for start, end, key, velocity, channel in notes:
        if channel == 9:
            continue
        start, end = start * seconds_per_quarter, end * seconds_per_quarter
        first = round(start * FRAMES_PER_SECOND)
        last = min(max(first, int((end + RELEASE_SECONDS) * FRAMES_PER_SECOND)), count - 1)
        frames = numpy.arange(first, last + 1)
        overtime = numpy.maximum(0, frames / FRAMES_PER_SECOND - max(end, first / FRAMES_PER_SECOND))
        strength = (0.5 + velocity / 254) * (1 - overtime / RELEASE_SECONDS)
        track[frames, key % 12] = numpy.maximum(track[frames, key % 12], strength)
    return track.mean(axis=0)


def main():
    folder = pathlib.Path(sys.argv[1])
    profiles = {}
    for line in open(folder / "metadata.jsonl"):
        record = json.loads(line)
        labels = record["labels"]
        if "key" not in labels or labels["kind"] not in KINDS + [REST]:
            continue
        tonic, mode = labels["key"].split()
        pitch = NAMES[tonic[0]] + sum(MARKS[mark] for mark in tonic[1:])
        mean = mean_pitch((folder / record["midi"]).read_bytes(), labels["seconds"])
        profiles.setdefault(mode, {}).setdefault(labels["kind"], []).append(numpy.roll(mean, -pitch))
    for mode, kinds in profiles.items():
        counted = [kind for kind in KINDS if kind in kinds] or [REST]
        show(mode, numpy.concatenate([kinds[kind] for kind in counted]))
        for kind in counted:
            show("  " + kind, kinds[kind])


def show(name, profiles):
    values = numpy.mean(profiles, axis=0)
    print(f"{name:14} {len(profiles):5}  [" + ", ".join(f"{value:.3f}" for value in values) + f"]  sum {values.sum():.2f}")


if __name__ == "__main__":
    main()
