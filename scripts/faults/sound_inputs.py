"""Sound files whose headers lie: each with the exit code, and words of what is said. `whole` makes a whole file of a kind."""
import struct

RATE = 44100
SAMPLES = struct.pack("<4410h", *((i * 37 % 200 - 100) * 100 for i in range(4410)))


def chunk(kind, body, size=None, order="<"):
    return kind + struct.pack(order + "I", len(body) if size is None else size) + body + bytes(len(body) % 2)


def form(code=1, channels=1, rate=RATE, bits=16, align=2, rest=b""):
    return chunk(b"fmt ", struct.pack("<HHIIHH", code, channels, rate, rate * align & 0xFFFFFFFF, align, bits) + rest)


def wave(*chunks, size=None, magic=b"RIFF"):
    content = b"WAVE" + b"".join(chunks)
    return magic + struct.pack("<I", len(content) if size is None else size) + content


def extended(rate):
    """80-bit floating point of a whole number."""
    exponent = rate.bit_length() - 1
    return struct.pack(">HQ", 16383 + exponent, rate << 63 - exponent)


def common(frames=4410, channels=1, bits=16, rate=None, rest=b""):
    rate = extended(RATE) if rate is None else rate
    return chunk(b"COMM", struct.pack(">hIh", channels, frames, bits) + rate + rest, order=">")


def sound(offset=0, size=None):
    return chunk(b"SSND", struct.pack(">II", offset, 0) + SAMPLES, size, order=">")


def aiff(*chunks, kind=b"AIFF"):
    content = kind + b"".join(chunks)
    return b"FORM" + struct.pack(">I", len(content)) + content


DATA = chunk(b"data", SAMPLES)
GUID = bytes.fromhex("000000001000800000aa00389b71")

# Name: bytes, exit code, words of what is said.
INPUTS = {
    "data of 1 GB more than there is.wav": (wave(form(), chunk(b"data", SAMPLES, 2**30)), 65, "cut short after 4410"),
    "no format.wav": (wave(DATA), 65, "not readable"),
    "a format of 14 bytes.wav": (wave(chunk(b"fmt ", struct.pack("<HHIIH", 1, 1, RATE, RATE * 2, 2)), DATA), 65, "not readable"),
    "65535 channels.wav": (wave(form(channels=65535, align=65535), DATA), 65, "not readable"),
    "4294967295 Hz.wav": (wave(form(rate=2**32 - 1), DATA), 65, "not readable"),
    "0 bits.wav": (wave(form(bits=0, align=0), DATA), 65, "not readable"),
    "255 bits.wav": (wave(form(bits=255, align=32), DATA), 65, "not readable"),
    "an unknown extension.wav": (wave(form(0xFFFE, rest=struct.pack("<HHIH", 22, 16, 4, 0x1234) + GUID), DATA), 65, "not readable"),
    "a header alone.wav": (b"RIFF\x04\0\0\0WAVE", 65, "not readable"),
    "a list of 4 GB.wav": (wave(form(), chunk(b"LIST", b"INFO", 2**32 - 1), DATA), 65, "not readable"),
    "RF64 of 2^63 bytes.wav": (
        wave(chunk(b"ds64", struct.pack("<QQQI", 2**63, 2**63, 2**62, 0)), form(), chunk(b"data", SAMPLES, 2**32 - 1),
             size=2**32 - 1, magic=b"RF64"), 0, ""),
    "a format said twice.wav": (wave(form(), form(channels=2, align=4), DATA), 65, "not readable"),
    "a billion frames.aiff": (aiff(common(frames=10**9), sound()), 0, ""),
    "sound past the end.aiff": (aiff(common(), sound(offset=2**31)), 65, "no audio"),
    "no number for a rate.aiff": (aiff(common(rate=b"\x7f\xff\xc0" + bytes(7)), sound()), 65, "not readable"),
    "an infinite rate.aiff": (aiff(common(rate=b"\x7f\xff\x80" + bytes(7)), sound()), 65, "not readable"),
    "a rate below zero.aiff": (aiff(common(rate=b"\xc0\x0e\xac\x44" + bytes(6)), sound()), 65, "not readable"),
    "a rate of zero.aiff": (aiff(common(rate=bytes(10)), sound()), 65, "not readable"),
    "channels below zero.aiff": (aiff(common(channels=-1), sound()), 65, "not readable"),
    "MACE of an old Mac.aifc": (aiff(common(rest=b"MAC3\x04mace"), sound(), kind=b"AIFC"), 65, "not readable"),
    "no sound.aiff": (aiff(common()), 65, "not readable"),
    "sound before its format.aiff": (aiff(sound(), common()), 0, ""),
    "a web page.wav": (b"<!doctype html><title>Sign in</title>", 65, "not readable"),
    "zeros.wav": (bytes(44100), 65, "not readable"),
    "a ZIP.wav": (b"PK\x03\x04" + bytes(200), 65, "not readable"),
}


def altered(flac):
    """FLAC files that lie, made of a whole one, which begins with the 34 bytes of its STREAMINFO at byte 8."""
    def patch(place, content):
        return flac[:place] + content + flac[place + len(content):]

    packed = int.from_bytes(flac[18:26], "big")  # rate 20, channels 3, bits 5, samples 36 bits
    def packs(value):
        return patch(18, value.to_bytes(8, "big"))

    return {
        "2^36 samples.flac": (packs(packed | 2**36 - 1), 65, "cut short after"),
        "a rate of zero.flac": (packs(packed & (1 << 44) - 1), 65, "not readable"),
        "blocks of nothing.flac": (patch(8, bytes(4)), 0, ""),
        "no information.flac": (b"fLaC" + flac[42:], 65, "not readable"),
        "cut in a frame.flac": (flac[:len(flac) * 2 // 3], 65, "cut short after"),
        "a hash of other sound.flac": (patch(26, b"\xaa" * 16), 0, ""),
        "a block longer than the file.flac": (flac[:42] + b"\x81\xff\xff\xff" + flac[42:], 65, "not readable"),
        "an ID3 tag before it.flac": (b"ID3\x03\0\0\0\0\0\x0a" + bytes(10) + flac, 0, ""),
        "frames of noise.flac": (flac[:100] + bytes(i * 89 % 251 for i in range(3000)), 65, "cut short"),
    }
