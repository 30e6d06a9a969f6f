"""How late notes begin, against a real rendering of the same notes.

The level of four bands rises where a note begins, more slowly on a pad than on a piano. So each note's rise is laid over the
rise of the same note of the same instrument as FluidSynth plays it, whose beginning is known to 1.5 ms (its blocks of 64
samples): where they fit best is how late the note is.
"""

import numpy

RATE = 44100
HOP, WINDOW = 44, 256
BANDS = [(0, 300), (300, 1500), (1500, 5000), (5000, 16000)]
# Milliseconds that are looked at around a note, and how far it is moved.
HALF, REACH = 45, 60


def rises(samples):
    """By how many decibels the bands rise in 12 ms, every millisecond."""
    count = len(samples) // HOP - WINDOW // HOP
    places = numpy.clip(numpy.arange(count)[:, None] * HOP + numpy.arange(WINDOW) - WINDOW // 2, 0, len(samples) - 1)
    power = numpy.abs(numpy.fft.rfft(samples[places] * numpy.hanning(WINDOW), axis=1)) ** 2
    hertz = numpy.fft.rfftfreq(WINDOW, 1 / RATE)
    bands = numpy.stack([power[:, (hertz >= low) & (hertz < high)].sum(1) for low, high in BANDS])
    levels = 10 * numpy.log10(bands + bands.max(1, keepdims=True) * 1e-4 + 1e-9)
    rise = numpy.zeros_like(levels)
    rise[:, 6:-6] = levels[:, 12:] - levels[:, :-12]
    return numpy.maximum(rise, 0).sum(0)


def delays(samples, reference, times):
    """Milliseconds by which notes are late; of notes whose beginning is heard in both."""
    own, other = rises(samples), rises(reference)
    found = []
    for time in times:
        middle = round(time * RATE / HOP)
        if middle < HALF or middle + REACH + HALF >= min(len(own), len(other)):
            continue
        wanted = other[middle - HALF : middle + HALF + 1]
        if wanted.max() < 12:
            continue
        best = (0, 0)
        for shift in range(-min(REACH, middle - HALF), REACH + 1):
            heard = own[middle + shift - HALF : middle + shift + HALF + 1]
            fit = (wanted * heard).sum() / numpy.sqrt((wanted**2).sum() * (heard**2).sum() + 1e-9)
            # Of beginnings that fit as well, the nearer one.
            best = max(best, (fit * numpy.exp(-0.5 * (shift / 60) ** 2), shift))
        if best[0] > 0.5:
            found.append(best[1] * 1000 * HOP / RATE)
    return numpy.array(found)
