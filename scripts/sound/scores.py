"""MIDI files of ours, and what FluidSynth makes of them with FluidR3: the real thing that stems are held against."""

import subprocess

from clips import read
from instrument import SOUNDFONT, midi


def events(path):
    """Notes as (beat, beats, key, velocity), and markers as (beat, text)."""
    data = open(path, "rb").read()
    division, place, notes, markers = int.from_bytes(data[12:14], "big"), 14, [], []
    while place < len(data):
        end = place + 8 + int.from_bytes(data[place + 4 : place + 8], "big")
        place, tick, status, held = place + 8, 0, 0, {}

        def number():
            nonlocal place
            value = 0
            while True:
                byte = data[place]
                place += 1
                value = value << 7 | byte & 127
                if byte < 128:
                    return value

        while place < end:
            tick += number()
            if data[place] >= 128:
                status = data[place]
                place += 1
            if status in (0xFF, 0xF0, 0xF7):
                kind = data[place] if status == 0xFF else 0
                place += status == 0xFF
                length = number()
                if kind == 6:
                    markers.append((tick / division, data[place : place + length].decode()))
                place += length
                continue
            key, velocity = data[place], data[place + 1]
            place += 1 if (status & 0xF0) in (0xC0, 0xD0) else 2
            strikes = (status & 0xF0) == 0x90 and velocity > 0
            if strikes or (status & 0xF0) in (0x80, 0x90):
                if key in held:
                    start, loud = held.pop(key)
                    notes.append((start, tick / division - start, key, loud))
                if strikes:
                    held[key] = (tick / division, velocity)
        place = end
    return sorted(notes), sorted(markers)


def programs(path):
    """The General MIDI programs that a file changes to."""
    data = open(path, "rb").read()
    return [data[i + 1] for i in range(14, len(data) - 1) if 0xC0 <= data[i] < 0xD0 and data[i - 1] == 0][:1]


def real(path, notes, beat, program=0, channel=0, softer=0, late=0.0, reverb=False):
    """Notes through FluidR3, as samples; `late` seconds late, and softer by so much velocity."""
    midi(path, [(late + start * beat, length * beat, key, max(1, velocity - softer)) for start, length, key, velocity in notes],
         channel=channel, program=program)
    out = path + ".wav"
    effects = ["-R", "1" if reverb else "0", "-C", "0"]
    subprocess.run(
        ["fluidsynth", "-q", "-n", "-i", *effects, "-g", "0.6", "-r", "44100", "-O", "s16", "-F", out, SOUNDFONT, path],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return read(out)[0]
