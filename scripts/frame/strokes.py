"""Drum strokes and drum loops: General MIDI kits of two soundfonts, and recorded strokes."""

import subprocess
from pathlib import Path

import mido
import numpy
import scipy.signal
import soundfile

from material import SOUNDFONTS, cut
from transform import RATE

KEYS = [35, 36, 37, 38, 39, 40, 41, 42, 45, 46, 48, 49, 51, 54, 56, 60, 62, 63, 65, 67, 69, 75, 76]
PATTERNS = [
    {36: [0, 2.5, 4, 5.5], 38: [1, 3, 5, 7], 42: [i / 2 for i in range(16)]},
    {36: [0, 1, 2, 3, 4, 5, 6, 7], 39: [1, 3, 5, 7], 46: [i + 0.5 for i in range(8)], 42: [i / 4 for i in range(32)]},
    {36: [0, 0.75, 2.5, 4, 4.75, 6.5], 40: [1, 3, 3.75, 5, 7, 7.25], 51: [i / 2 for i in range(16)], 49: [0]},
    {36: [0, 3, 4, 7], 37: [1, 2.5, 5, 6.5], 63: [0.5, 1.5, 2, 3.5, 4.5, 5.5, 6], 69: [i / 4 for i in range(32)]},
]


def score(events, program, beats_per_minute):
    """A file of (beat, key, velocity) on the drum channel."""
    file = mido.MidiFile()
    track = mido.MidiTrack()
    file.tracks.append(track)
    track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(beats_per_minute)))
    track.append(mido.Message("program_change", channel=9, program=program))
    messages = sorted([(round(b * 480), "note_on", k, v) for b, k, v in events]
                      + [(round(b * 480) + 100, "note_off", k, 0) for b, k, v in events])
    now = 0
    for tick, kind, key, velocity in messages:
        track.append(mido.Message(kind, channel=9, note=key, velocity=velocity, time=tick - now))
        now = tick
    return file


def render(file, soundfont, folder):
    file.save(folder / "drums.mid")
    subprocess.run(["fluidsynth", "-ni", "-q", "-g", "0.5", "-R", "0", "-C", "0", "-r", str(RATE), "-F", folder / "drums.wav",
                    soundfont, folder / "drums.mid"], check=True, stdout=subprocess.DEVNULL)
    samples, _ = soundfile.read(folder / "drums.wav", always_2d=True)
    return samples.mean(1)


def strokes(folder, recorded):
    """Name to mono samples of one stroke with 0.25 s before it."""
    for number, soundfont in enumerate(SOUNDFONTS):
        for program in (0, 25)[: 2 - number]:
            # One stroke every two seconds, first after a quarter of one.
            events = [(0.5 + 4 * index, key, 105) for index, key in enumerate(KEYS)]
            samples = render(score(events, program, 120), soundfont, folder)
            for index, key in enumerate(KEYS):
                clip = samples[2 * index * RATE : (2 * index + 1) * RATE + RATE // 2]
                if len(clip) and numpy.abs(clip).max() > 1e-3:
                    yield f"gm{number}-{program}-{key}", clip * (0.5 / numpy.abs(clip).max())
    for path in recorded:
        try:
            samples, rate = soundfile.read(path, always_2d=True)
        except soundfile.LibsndfileError:
            continue
        samples = cut(samples.mean(1, keepdims=True), rate)[: int(1.25 * RATE), 0]
        if len(samples) > RATE // 20:
            yield path.stem, numpy.concatenate([numpy.zeros(RATE // 4), samples])


def loops(folder):
    """Name to mono samples of four seconds."""
    for number, pattern in enumerate(PATTERNS):
        for font, soundfont in enumerate(SOUNDFONTS):
            events = [(beat, key, 112 if key < 42 else 80) for key, beats in pattern.items() for beat in beats]
            samples = render(score(events, 25 if number == 1 else 0, 120), soundfont, folder)[: 4 * RATE]
            yield f"loop{number}-{font}", samples * (0.5 / numpy.abs(samples).max())


def onsets(samples):
    """Places where the power of 3 ms rises by 10 dB over what was before and is within 20 dB of the loudest."""
    step = 128
    count = len(samples) // step
    power = (samples[: count * step].reshape(count, step) ** 2).mean(1)
    found = []
    for index in range(8, count - 8):
        around = power[index - 8 : index + 9]
        if power[index] == around.max() and power[index] > 0.01 * power.max() and power[index] > 10 * power[index - 8 : index - 3].mean():
            found.append(index * step + step // 2)
    return [place for place in found if place > 0.05 * RATE]
