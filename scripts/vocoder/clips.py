"""The clips that the vocoder is measured with: phrases rendered by FluidSynth, and a sentence spoken by espeak-ng."""

import struct
import subprocess
from pathlib import Path

import librosa
import numpy as np
import soundfile

RATE, SECONDS = 44100, 4
SOUNDFONTS = ["/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/sounds/sf2/default-GM.sf2"]
SENTENCE = "She sells sea shells by the sea shore, and the quick brown fox jumps over the lazy dog."
TICKS = 480

# A phrase is (beat, beats, keys, velocity); at 120 beats a minute eight beats are four seconds.
CHORDS = [(0, 2, (57, 60, 64), 84), (2, 2, (53, 57, 60), 78), (4, 2, (55, 60, 64), 88), (6, 1.8, (55, 59, 62), 80)]
MELODY = [(0, 0.9, (76,), 90), (1, 0.4, (74,), 80), (1.5, 0.5, (72,), 78), (2, 1.4, (69,), 86), (3.5, 0.5, (71,), 76),
          (4, 1, (72,), 92), (5, 0.5, (76,), 84), (5.5, 0.5, (79,), 88), (6, 1.9, (77,), 94)]
LOW = [(0, 0.9, (33,), 100), (1, 0.4, (33,), 88), (1.5, 0.5, (36,), 90), (2, 0.9, (29,), 100), (3, 1, (41,), 84),
       (4, 0.9, (36,), 98), (5, 0.9, (31,), 92), (6, 0.5, (31,), 98), (6.5, 0.5, (35,), 88), (7, 0.9, (43,), 94)]
PICKED = [(index / 2, 1.2, (key,), 84) for index, key in enumerate(
    [45, 52, 57, 60, 64, 60, 57, 52, 41, 48, 53, 57, 60, 57, 55, 59])]
BRASS = [(0, 0.3, (60, 64, 67), 112), (0.75, 0.25, (60, 64, 67), 100), (1.5, 1.2, (62, 65, 69), 110),
         (4, 0.3, (60, 64, 67), 114), (4.75, 0.25, (58, 62, 65), 104), (5.5, 2, (60, 64, 67, 72), 116)]
DRUMS = ([(beat / 2, 0.2, (42,), 70 + 20 * (beat % 2 == 0)) for beat in range(16)]
         + [(beat, 0.2, (36,), 112) for beat in (0, 2.5, 4, 5.5)] + [(beat, 0.2, (38,), 108) for beat in (1, 3, 5, 7)]
         + [(0, 0.2, (49,), 90), (7.5, 0.2, (45,), 96), (7.75, 0.2, (43,), 96)])
MALLET = [(index / 2, 0.5, (key,), 76 + 6 * (index % 3)) for index, key in enumerate(
    [72, 76, 79, 84, 83, 79, 76, 74, 72, 77, 81, 84, 86, 84, 79, 76])]


def up(phrase, keys):
    return [(beat, length, tuple(key + keys for key in chord), velocity) for beat, length, chord, velocity in phrase]


# Name to parts of (General MIDI program, counted from 0, or None for drums; phrase).
CLIPS = {
    "piano": [(0, CHORDS + up(MELODY, -5))],
    "bass": [(33, LOW)],
    "strings": [(48, CHORDS)],
    "flute": [(73, up(MELODY, 5))],
    "drums": [(None, DRUMS)],
    "guitar": [(25, PICKED)],
    "brass": [(61, BRASS)],
    "mallet": [(12, MALLET)],
    "choir": [(52, CHORDS)],
    "organ": [(19, CHORDS + LOW)],
    "mix-pop": [(None, DRUMS), (33, LOW), (4, CHORDS), (73, MELODY)],
    "mix-brass": [(None, DRUMS), (35, LOW), (27, up(PICKED, 12)), (61, up(BRASS, -3))],
}


def quantity(value):
    """A MIDI variable-length quantity."""
    parts = [value & 127]
    while value := value >> 7:
        parts.insert(0, 128 | value & 127)
    return bytes(parts)


def midi(parts):
    """A format 0 file of the parts, 120 beats a minute."""
    events = []
    for number, (program, phrase) in enumerate(parts):
        channel = 9 if program is None else number
        if program is not None:
            events.append((0, 0, bytes([0xC0 | channel, program])))
        for beat, length, keys, velocity in phrase:
            for key in keys:
                events.append((round(beat * TICKS), 2, bytes([0x90 | channel, key, velocity])))
                events.append((round((beat + length) * TICKS), 1, bytes([0x80 | channel, key, 0])))
    track, now = b"", 0
    for tick, _, message in sorted(events):
        track += quantity(tick - now) + message
        now = tick
    track += b"\x00\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(track)) + track


def mono(path):
    """The first seconds of a file as mono at RATE, its peak at −6 dB, where nothing clips."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    samples = samples.mean(axis=1)
    if rate != RATE:
        samples = librosa.resample(samples, orig_sr=rate, target_sr=RATE)
    samples = samples[: RATE * SECONDS]
    return samples * (0.5 / np.abs(samples).max())


def make(folder):
    """Renders all clips into `folder` as WAV files of 16 bits; returns name to path."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    soundfont = next(path for path in SOUNDFONTS if Path(path).exists())
    paths = {}
    for name in [*CLIPS, "speech"]:
        paths[name] = folder / f"{name}.wav"
        if paths[name].exists():
            continue
        raw = folder / "raw.wav"
        if name == "speech":
            subprocess.run(["espeak-ng", "-w", raw, SENTENCE], check=True)
        else:
            (folder / "clip.mid").write_bytes(midi(CLIPS[name]))
            subprocess.run(
                ["fluidsynth", "-ni", "-q", "-g", "0.5", "-r", str(RATE), "-F", raw, soundfont, folder / "clip.mid"],
                check=True, stdout=subprocess.DEVNULL)
        soundfile.write(paths[name], mono(raw), RATE, subtype="PCM_16")
    return paths
