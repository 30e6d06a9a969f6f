"""The notes of a MIDI file."""

import struct
from pathlib import Path


def notes_of(path: Path) -> list[tuple[float, float, int]]:
    """Begin and end in seconds, and key, of the notes of a MIDI file of one tempo that is not for drums."""
    data = path.read_bytes()
    division, place, tempo, notes = struct.unpack(">H", data[12:14])[0], 14, 500_000, []
    while place < len(data):
        length = struct.unpack(">I", data[place + 4 : place + 8])[0]
        found, told = track(data, place + 8, place + 8 + length)
        notes += found
        tempo = tempo if told is None else told
        place += 8 + length
    seconds = tempo / 1e6 / division
    return [(start * seconds, stop * seconds, key) for start, stop, key in notes]


def track(data: bytes, at: int, end: int) -> tuple[list[tuple[int, int, int]], int | None]:
    """Begin and end in ticks, and key, of a track's notes; the microseconds of a quarter note, if it says."""
    tick, status, tempo, sounding, notes = 0, 0, None, {}, []
    while at < end:
        delta, at = number(data, at)
        tick += delta
        if data[at] >= 128:
            status, at = data[at], at + 1
        if status == 0xFF:
            size, start = number(data, at + 1)
            if data[at] == 0x51:
                tempo = int.from_bytes(data[start : start + 3], "big")
            at = start + size
        elif status in (0xF0, 0xF7):
            size, start = number(data, at)
            at = start + size
        elif status >> 4 in (0xC, 0xD):
            at += 1
        else:
            key, value, at = data[at], data[at + 1], at + 2
            if status >> 4 == 9 and value > 0 and status & 15 != 9:
                sounding[key] = tick
            elif status >> 4 in (8, 9) and key in sounding:
                notes.append((sounding.pop(key), tick, key))
    return notes, tempo


def number(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends."""
    value = 0
    while True:
        byte = data[at]
        at += 1
        value = value << 7 | byte & 127
        if byte < 128:
            return value, at
