"""MIDI files as other programs write them, and as nobody should: each with the exit code, and words of what is said."""
import gzip
import struct


def number(value):
    """A variable-length quantity."""
    digits = [value & 127]
    while value := value >> 7:
        digits.insert(0, value & 127 | 128)
    return bytes(digits)


def event(delta, *values):
    return number(delta) + bytes(values)


def meta(delta, kind, content=b""):
    return number(delta) + bytes([255, kind]) + number(len(content)) + content


END = meta(0, 0x2F)
TEMPO = meta(0, 0x51, bytes.fromhex("0f4240"))  # 60 bpm
NOTES = b"".join(event(0, 0x90, key, 100) + event(480, 0x80, key, 0) for key in (60, 64, 67))
BEAT = b"".join(event(0, 0x99, key, 100) + event(240, 0x89, key, 0) for key in (36, 42, 38, 42))


def track(*events, length=None):
    content = b"".join(events)
    return b"MTrk" + struct.pack(">I", len(content) if length is None else length) + content


def header(kind=0, tracks=1, division=480, length=6, rest=b""):
    return b"MThd" + struct.pack(">IHHH", length, kind, tracks, division) + rest


def riff(name, *chunks):
    content = name + b"".join(
        kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2) for kind, body in chunks)
    return b"RIFF" + struct.pack("<I", len(content)) + content


USUAL = header() + track(TEMPO, NOTES, END)

# Name: bytes, exit code, words of what is said ("" where nothing need be said).
INPUTS = {
    "tracks of zeros behind the last one": (USUAL + bytes(64), 0, ""),
    "MacBinary header before it": (b"\0\x08song.mid".ljust(128, b"\0") + USUAL, 0, "128 bytes before"),
    "format 3": (header(kind=3) + track(TEMPO, NOTES, END), 65, "format"),
    "division of no frames a second": (header(division=0x8000) + track(NOTES, END), 65, "MIDI"),
    "division of 30 drop frames": (header(division=0xE350) + track(NOTES, END), 0, ""),
    "division of 32767": (header(division=32767) + track(TEMPO, event(0, 0x90, 60, 9), event(32767, 0x80, 60, 0), END), 0, ""),
    "a header of four bytes": (b"MThd" + struct.pack(">IHH", 4, 0, 1) + track(NOTES, END), 65, "MIDI"),
    "a header of 2³² − 1 bytes": (header(length=2**32 - 1) + track(NOTES, END), 65, "MIDI"),
    "65535 tracks, of which one is there": (header(1, 65535) + track(TEMPO, NOTES, END), 0, "track"),
    "a tempo of two bytes": (header() + track(meta(0, 0x51, b"\x0f\x42"), NOTES, END), 0, "says no tempo"),
    "a tempo of one microsecond": (header() + track(meta(0, 0x51, b"\0\0\1"), NOTES, END), 65, "no clip is that short"),
    "the slowest tempo": (header() + track(meta(0, 0x51, b"\xff" * 3), NOTES, END), 0, ""),
    "a key of one byte": (header() + track(TEMPO, meta(0, 0x59, b"\xfd"), NOTES, END), 0, ""),
    "a text longer than its track": (header() + track(TEMPO, NOTES, b"\0\xff\x01\x8f\xff\xff\x7fla"), 0, "cut short"),
    "data before any status": (header() + track(TEMPO, event(0, 60, 100), NOTES, END), 65, "data byte"),
    "a system message that never ends": (header() + track(TEMPO, NOTES, b"\0\xf0\x8f\xff\xff\x7f\x43"), 0, "cut short"),
    "undefined statuses": (header() + track(TEMPO, event(0, 0xF4), event(0, 0xF5, 1), NOTES, END), 65, "status byte 244"),
    "the longest pause before the first note": (header() + track(TEMPO, event(0x0FFFFFFF, 0x90, 60, 9), END), 0, "no note sounds"),
    "a note of 155 hours": (header() + track(TEMPO, event(0, 0x90, 60, 9), event(0x0FFFFFFF, 0x80, 60, 0), END), 0, "the rest is cut"),
    "40,000 notes at once": (header() + track(TEMPO, event(0, 0x90, 60, 9) * 40000, event(480, 0x80, 60, 0), END), 0, ""),
    "drums alone": (header() + track(TEMPO, BEAT, END), 0, "drum"),
    "program changes alone": (header() + track(TEMPO, event(0, 0xC0, 40), event(960, 0xC1, 41), END), 65, "no note"),
    "gzip": (gzip.compress(USUAL, mtime=0), 65, "MIDI"),
    "RMID with an odd LIST before its data": (riff(b"RMID", (b"LIST", b"INFOabc"), (b"data", USUAL)), 0, ""),
    "RMID without data": (riff(b"RMID", (b"LIST", b"INFO")), 65, "MIDI"),
    "a WAV file": (riff(b"WAVE", (b"data", bytes(64))), 65, "MIDI"),
    "a MIDI 2 clip": (b"SMF2CLIP" + bytes(64), 65, "MIDI"),
    "MusicXML": (b"<?xml version='1.0'?><score-partwise version='4.0'/>", 65, "MIDI"),
    "ABC notation": (b"X:1\nT:Tune\nK:G\nGABc|\n", 65, "MIDI"),
    "an error page": (b"HTTP/1.1 404 Not Found\r\n\r\n", 65, "MIDI"),
    "text in Shift JIS with escapes": (
        header() + track(TEMPO, meta(0, 3, "歌\x1b[31m".encode("shift_jis", "replace")), NOTES, END), 0, ""),
}
