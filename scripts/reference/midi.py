#!/usr/bin/env python3
"""Writes Tests/MusicTests/Reference/midi.json: MIDI files as programs write them against the standard, and their notes.

Each odd file has an intact one that holds the same music; mido reads that one, and its notes are what the odd file should be
read as. Where mido (with clip=True) reads the odd file too, it has to read the same. Wants mido: pip install mido.
"""

import base64
import io
import json
import pathlib
import struct

import mido

OUTPUT = pathlib.Path(__file__).parents[2] / "Tests/MusicTests/Reference/midi.json"


def quantity(value):
    data = [value & 127]
    while value := value >> 7:
        data.insert(0, value & 127 | 128)
    return bytes(data)


def event(delta, *data):
    return quantity(delta) + bytes(data)


def meta(delta, kind, data=b""):
    return quantity(delta) + bytes([0xFF, kind]) + quantity(len(data)) + bytes(data)


def sysex(delta, data, status=0xF0):
    return quantity(delta) + bytes([status]) + quantity(len(data)) + data


def tempo(bpm, delta=0):
    return meta(delta, 0x51, struct.pack(">I", round(60e6 / bpm))[1:])


def chunk(body, length=None, name=b"MTrk"):
    return name + struct.pack(">I", len(body) if length is None else length) + body


def header(form, count, division=480, extra=b""):
    return b"MThd" + struct.pack(">IHHH", 6 + len(extra), form, count, division) + extra


END = meta(0, 0x2F)
SYSEX = b"\x7e\x7f\x09\x01\xf7"


def notes(keys=(60, 63, 66, 69), channel=0, ticks=480):
    return b"".join(event(0, 0x90 | channel, key, 100) + event(ticks, 0x80 | channel, key, 0) for key in keys)


def running(between=b"", keys=(60, 63)):
    """Notes in running status, with an event before each release."""
    on = [event(0, 0x90, keys[0], 100) + between + event(480, keys[0], 0)]
    return b"".join(on + [event(0, key, 100) + between + event(480, key, 0) for key in keys[1:]])


SLOW = tempo(60)
PLAIN = header(1, 2) + chunk(SLOW + END) + chunk(notes() + END)
SINGLE = header(0, 1) + chunk(SLOW + notes() + END)
RUN = header(0, 1) + chunk(SLOW + running() + END)
FULL_TITLE = meta(0, 3, "Träum".encode("latin-1"))

# The odd file, and the intact one.
FILES = {
    "running status behind a lyric": (header(0, 1) + chunk(SLOW + running(meta(0, 5, b"la")) + END), RUN),
    "running status behind sysex": (header(0, 1) + chunk(SLOW + running(sysex(0, SYSEX)) + END), RUN),
    "a header of eight bytes": (header(1, 2, extra=b"\0\0") + PLAIN[14:], PLAIN),
    "one track too many counted": (header(1, 3) + PLAIN[14:], PLAIN),
    "one track too few counted": (header(1, 1) + PLAIN[14:], PLAIN),
    "format 0 with two tracks": (header(0, 2) + PLAIN[14:], PLAIN),
    "no end events": (header(1, 2) + chunk(SLOW) + chunk(notes()), PLAIN),
    "a first track that claims too much": (header(1, 2) + chunk(SLOW + END, 1000) + chunk(notes() + END), PLAIN),
    "a last track that claims too much": (header(1, 2) + chunk(SLOW + END) + chunk(notes() + END, 5000), PLAIN),
    "a track that claims too little": (header(1, 2) + chunk(SLOW + END) + chunk(notes() + END, 30), PLAIN),
    "a track that claims nothing": (header(1, 2) + chunk(SLOW + END) + chunk(notes() + END, 0), PLAIN),
    "a cut file": (
        (header(0, 1) + chunk(SLOW + notes() + END))[:-10], header(0, 1) + chunk(SLOW + notes((60, 63, 66)) + END)),
    "junk at the end": (PLAIN + bytes(100) + b"junk", PLAIN),
    "junk between tracks": (header(1, 2) + chunk(SLOW + END) + b"\0\1\2junk" + chunk(notes() + END), PLAIN),
    "a chunk of another program": (PLAIN[:14] + chunk(b"abcd", name=b"XFIH") + PLAIN[14:], PLAIN),
    "RMID": (b"RIFF" + struct.pack("<I", len(PLAIN) + 12) + b"RMIDdata" + struct.pack("<I", len(PLAIN)) + PLAIN, PLAIN),
    "RMID with tags": (
        b"RIFF" + struct.pack("<I", len(PLAIN) + 34) + b"RMIDLIST" + struct.pack("<I", 13) + b"INFOINAMx\0\0\0\0\0"
        + b"data" + struct.pack("<I", len(PLAIN)) + PLAIN, PLAIN),
    "MacBinary": (bytes([0, 4]) + b"song" + bytes(122) + PLAIN, PLAIN),
    "a controller of 255": (header(0, 1) + chunk(SLOW + event(0, 0xB0, 7, 255) + notes() + END), SINGLE),
    "a velocity of 200": (
        header(0, 1) + chunk(SLOW + event(0, 0x90, 60, 200) + event(480, 0x80, 60, 0) + END),
        header(0, 1) + chunk(SLOW + event(0, 0x90, 60, 127) + event(480, 0x80, 60, 0) + END)),
    "a tempo of nothing": (header(0, 1) + chunk(meta(0, 0x51, [0, 0, 0]) + SLOW + notes() + END), SINGLE),
    "a tempo of two bytes": (header(0, 1) + chunk(SLOW + meta(0, 0x51, [7, 7]) + notes() + END), SINGLE),
    "a time signature of no beats": (header(0, 1) + chunk(SLOW + meta(0, 0x58, [0, 2, 24, 8]) + notes() + END), SINGLE),
    "beats of a 128th": (header(0, 1) + chunk(SLOW + meta(0, 0x58, [4, 7, 24, 8]) + notes() + END), SINGLE),
    "a time signature of two bytes": (header(0, 1) + chunk(SLOW + meta(0, 0x58, [3, 2]) + notes() + END), SINGLE),
    "a key signature of 14 flats": (header(0, 1) + chunk(SLOW + meta(0, 0x59, [0xF2, 1]) + notes() + END), SINGLE),
    "a clock in the file": (header(0, 1) + chunk(SLOW + event(0, 0xF8) + notes() + END), SINGLE),
    "a song position in the file": (header(0, 1) + chunk(SLOW + event(0, 0xF2, 0, 0) + notes() + END), SINGLE),
    "a delta time of five bytes": (header(0, 1) + chunk(SLOW + b"\x80\x80\x80\x80\0" + notes()[1:] + END), SINGLE),
    "names in other alphabets": (header(0, 1) + chunk(FULL_TITLE + SLOW + notes() + END), SINGLE),
    "one tick to a quarter": (header(0, 1, 1) + chunk(SLOW + notes(ticks=1) + END), SINGLE),
    "a damaged second part": (
        header(1, 3) + chunk(SLOW + END) + chunk(notes() + END) + chunk(notes((72,)) + event(0, 0xF4) + notes()),
        header(1, 3) + chunk(SLOW + END) + chunk(notes() + END) + chunk(notes((72,)) + END)),
    # Ableton Live: one track of format 0, 96 ticks, its end behind the last note.
    "Live": (
        header(0, 1, 96) + chunk(
            meta(0, 3, b"1-MIDI") + meta(0, 0x58, [4, 2, 36, 8]) + meta(0, 0x58, [4, 2, 36, 8]) + SLOW
            + notes(ticks=96) + meta(96, 0x2F)), SINGLE),
    # Logic: SMPTE offset, sequencer's own events, note-ons of velocity 0 in running status.
    "Logic": (
        header(1, 2) + chunk(
            meta(0, 0x54, [0x60, 0, 0, 0, 0]) + meta(0, 0x58, [4, 2, 24, 8]) + meta(0, 0x59, [0, 0]) + SLOW + END)
        + chunk(
            meta(0, 3, b"Inst 1") + meta(0, 0x20, [0]) + meta(0, 0x7F, [0, 0, 0x41]) + event(0, 0xB0, 7, 100)
            + running(keys=(60, 63, 66, 69)) + END), PLAIN),
    # MuseScore: ports, programs, RPNs, note-offs a tick early.
    "MuseScore": (
        header(1, 1) + chunk(
            meta(0, 3, b"Piano") + meta(0, 0x58, [4, 2, 24, 8]) + meta(0, 0x59, [0, 0]) + SLOW
            + event(0, 0xB0, 121, 0) + event(0, 100, 0) + event(0, 101, 0) + event(0, 6, 12) + event(0, 0xC0, 0)
            + event(0, 0xB0, 7, 100) + meta(0, 0x21, [0]) + event(0, 0x90, 60, 80) + event(479, 60, 0) + END),
        header(0, 1) + chunk(SLOW + event(0, 0x90, 60, 80) + event(479, 0x80, 60, 0) + END)),
    # Reaper: a note-off for all at the end, text events between notes in running status.
    "Reaper": (
        header(1, 2, 960) + chunk(SLOW + END) + chunk(
            event(0, 0x90, 60, 100) + event(960, 60, 0) + meta(0, 1, b"text") + event(0, 63, 100) + event(960, 63, 0)
            + event(0, 0xB0, 123, 0) + END), header(1, 2, 960) + chunk(SLOW + END) + chunk(notes((60, 63), ticks=960) + END)),
    # FL Studio: 96 ticks, colours as channels.
    "FL Studio": (
        header(1, 2, 96) + chunk(SLOW + meta(0, 3, b"") + meta(0, 2, b"") + END)
        + chunk(meta(0, 0x20, [3]) + notes(channel=3, ticks=96) + END),
        header(1, 2, 96) + chunk(SLOW + END) + chunk(notes(channel=3, ticks=96) + END)),
}


def read(data, clip):
    """Notes as [start and end in seconds, key, velocity, channel], in order."""
    found, open_notes, time = [], {}, 0.0
    for message in mido.MidiFile(file=io.BytesIO(data), clip=clip):
        time += message.time
        if message.type not in ("note_on", "note_off"):
            continue
        slot = (message.channel, message.note)
        if message.type == "note_on" and message.velocity > 0:
            open_notes.setdefault(slot, []).append((time, message.velocity))
        elif open_notes.get(slot):
            start, velocity = open_notes[slot].pop(0)
            found.append([round(start, 6), round(time, 6), message.note, velocity, message.channel])
    return sorted(found, key=lambda note: (note[0], note[4], note[2]))


def main():
    files = []
    for name, (odd, intact) in FILES.items():
        expected = read(intact, clip=False)
        try:
            by_mido = read(odd, clip=True)
        except Exception:  # mido's errors are of many types
            by_mido = None
        if by_mido is not None and by_mido != expected:
            print(f"{name}: mido reads something else: {by_mido}")
        files.append({"name": name, "bytes": base64.b64encode(odd).decode(), "notes": expected,
                      "mido": by_mido == expected})
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(files, indent=0, ensure_ascii=False) + "\n")
    print(f"{len(files)} files, {sum(file['mido'] for file in files)} of which mido reads as meant")


main()
