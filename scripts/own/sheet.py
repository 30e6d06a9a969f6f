"""A sheet of pictures: on the left a real file of each category, on the right what was made, seeds 0 to 4."""

import struct
import zlib

import numpy
import scipy.signal

import sounds

WIDTH, HEIGHT, GAP = 160, 96, 4
SECONDS = 2.0
FLOOR = -80.0
# From dark to light: what is silent is nearly black.
COLOURS = numpy.array([(12, 10, 24), (70, 24, 92), (172, 44, 90), (240, 112, 52), (252, 236, 160)], float)
SHADES, WHITE = 64, 64


def picture(samples):
    """The spectrogram of the first two seconds, [HEIGHT, WIDTH] shades; 40 Hz to 11 kHz, 80 dB."""
    count = int(SECONDS * sounds.RATE)
    samples = numpy.pad(samples[:count], (0, max(0, count - len(samples))))
    loudest = abs(samples).max() or 1.0
    hertz, _, transform = scipy.signal.stft(samples / loudest, sounds.RATE, nperseg=1024, noverlap=1024 - 128)
    power = abs(transform) ** 2
    wanted = numpy.geomspace(40, 11000, HEIGHT)
    columns = numpy.linspace(0, power.shape[1] - 1, WIDTH).astype(int)
    rows = numpy.array([numpy.interp(wanted, hertz, power[:, column]) for column in columns]).T[::-1]
    decibels = 10 * numpy.log10(numpy.maximum(rows, 1e-12) / max(power.max(), 1e-12))
    return (numpy.clip(1 - decibels / FLOOR, 0, 1) * (SHADES - 1)).astype(numpy.uint8)


def write(path, rows):
    """Rows of sounds as a PNG, the first of each apart from the others."""
    count = max(len(row) for row in rows)
    sheet = numpy.full((len(rows) * (HEIGHT + GAP), count * (WIDTH + GAP) + 3 * GAP), WHITE, numpy.uint8)
    for y, row in enumerate(rows):
        for x, samples in enumerate(row):
            left = x * (WIDTH + GAP) + (3 * GAP if x else 0)
            sheet[y * (HEIGHT + GAP): y * (HEIGHT + GAP) + HEIGHT, left: left + WIDTH] = picture(samples)
    _write_png(path, sheet)


def _palette():
    place = numpy.linspace(0, len(COLOURS) - 1, SHADES)
    shades = numpy.array([numpy.interp(place, numpy.arange(len(COLOURS)), column) for column in COLOURS.T]).T
    return shades.astype(numpy.uint8).tobytes() + b"\xff\xff\xff"


def _write_png(path, pixels):
    height, width = pixels.shape
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"PLTE", _palette())
        + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b""))
