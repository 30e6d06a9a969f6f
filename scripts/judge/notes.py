"""The notes of a MIDI file."""

import struct
from pathlib import Path


def notes_of(path: Path) -> list[tuple[float, float, int]]:
    """Begin and end in seconds, and key, of the notes of a MIDI file of one tempo that is not for drums."""
    data = path.read_bytes()
    division, place, tempo, notes = struct.unpack(">H", data[12:14])[0], 14, 500_000, []
    while place < len(data):
        length = struct.unpack(">I", data[place + 4 : place + 8])[0]
        at, end, tick, status, open_notes = place + 8, place + 8 + length, 0, 0, {}

        def number() -> int:
            nonlocal at
            value = 0
            while True:
                byte = data[at]
                at += 1
                value = value << 7 | byte & 127
                if byte < 128:
                    return value

        while at < end:
            tick += number()
            if data[at] >= 128:
                status, at = data[at], at + 1
            if status == 0xFF:
                kind, at = data[at], at + 1
                size = number()
                if kind == 0x51:
                    tempo = int.from_bytes(data[at : at + 3], "big")
                at += size
            elif status in (0xF0, 0xF7):
                at += number()
            elif status >> 4 in (0xC, 0xD):
                at += 1
            else:
                key, value, at = data[at], data[at + 1], at + 2
                if status >> 4 == 9 and value > 0 and status & 15 != 9:
                    open_notes[key] = tick
                elif status >> 4 in (8, 9) and key in open_notes:
                    notes.append((open_notes.pop(key), tick, key))
        place = end
    seconds = tempo / 1e6 / division
    return [(start * seconds, stop * seconds, key) for start, stop, key in notes]
