"""Samples of 24 bits to the bit, and the pitch class that a bass sounds."""

import wave

import numpy


def whole(path):
    """The samples of a file of 24 bits as integers."""
    with wave.open(path) as file:
        raw = numpy.frombuffer(file.readframes(file.getnframes()), dtype=numpy.uint8).reshape(-1, 3)
        padded = numpy.zeros((len(raw), 4), dtype=numpy.uint8)
        padded[:, 1:] = raw
        return padded.view("<i4")[:, 0].astype(numpy.int64) >> 8


def lowest(samples, rate):
    """The pitch class that a bass sounds, by its harmonic sum between 35 and 260 Hz."""
    length = 1 << 17
    power = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples)), length))
    best = None
    for key in range(24, 60):
        hertz = 440 * 2 ** ((key - 69) / 12)
        total = 0
        for order in range(1, 6):
            low = int(hertz * order * 2 ** (-0.4 / 12) * length / rate)
            high = int(hertz * order * 2 ** (0.4 / 12) * length / rate) + 1
            total += power[low : high + 1].max() * 0.85**order
        # A sub-octave collects only every other of its partials.
        if best is None or total > 1.05 * best[0]:
            best = (total, key)
    return best[1] % 12
