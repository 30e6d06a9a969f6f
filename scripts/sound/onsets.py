"""How late notes begin, against a real rendering of the same notes.

The level of four bands rises where a note begins, more slowly on a pad than on a piano. So each note's rise is laid over the
rise of the same note of the same instrument as FluidSynth plays it, whose beginning is known to 1.5 ms (its blocks of 64
samples): where they fit best is how late the note is.

Some real things are late themselves: FluidR3's fingered bass guitar comes near its peak 21 ms behind its notes, its flute 24,
those of sf_GMbank, another recorded bank of Debian's, 6 and 7. What rises between the beat and where the real thing rises is
not early. (Held against FluidR3 without that, sf_GMbank's bass guitar is 14 ms early, its flute 21.)

A drum is another drum than FluidR3's, of another attack: it is late by itself, without one. Of the bands that rise, the one
that rises the most comes near its peak then.
"""

import numpy

RATE = 44100
HOP, WINDOW = 44, 256
BANDS = [(0, 300), (300, 1500), (1500, 5000), (5000, 16000)]
# Milliseconds that are looked at around a note, and how far it is moved.
HALF, REACH = 45, 60
# A stroke rises by so many decibels, and begins where it comes so near to its peak.
LEAST_RISE, NEAR = 12, 10
# Milliseconds that what begins at once is late by itself, as FluidR3's drums are.
AT_ONCE = 5


def levels(samples):
    """The bands' levels in decibels, every millisecond, none more than 40 beneath its highest."""
    count = len(samples) // HOP - WINDOW // HOP
    places = numpy.clip(numpy.arange(count)[:, None] * HOP + numpy.arange(WINDOW) - WINDOW // 2, 0, len(samples) - 1)
    power = numpy.abs(numpy.fft.rfft(samples[places] * numpy.hanning(WINDOW), axis=1)) ** 2
    hertz = numpy.fft.rfftfreq(WINDOW, 1 / RATE)
    bands = numpy.stack([power[:, (hertz >= low) & (hertz < high)].sum(1) for low, high in BANDS])
    return 10 * numpy.log10(bands + bands.max(1, keepdims=True) * 1e-4 + 1e-9)


def rises(samples):
    """By how many decibels the bands rise in 12 ms, every millisecond."""
    found = levels(samples)
    rise = numpy.zeros_like(found)
    rise[:, 6:-6] = found[:, 12:] - found[:, :-12]
    return numpy.maximum(rise, 0).sum(0)


def delays(samples, reference, times):
    """Milliseconds by which notes are late, or early; of notes whose beginning is heard in both."""
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
    found, late = numpy.array(found), strokes(reference, times)
    slack = max(0, numpy.median(late) - AT_ONCE) if len(late) > 2 else 0
    return numpy.where(found < 0, numpy.minimum(0, found + slack), found)


def strokes(samples, times):
    """Milliseconds by which strokes are late, each by itself; of those that are heard over what sounds already."""
    found, late = levels(samples), []
    for time in times:
        middle = round(time * RATE / HOP)
        if middle < HALF or middle + HALF >= found.shape[1]:
            continue
        around = found[:, middle - HALF : middle + HALF + 1]
        before, peaks = around[:, 5:30].max(1), around[:, 30:85].max(1)
        band = int((peaks - before).argmax())
        if peaks[band] - before[band] < LEAST_RISE:
            continue
        near = max(peaks[band] - NEAR, (peaks[band] + before[band]) / 2)
        late.append((30 + int((around[band, 30:85] >= near).argmax()) - HALF) * 1000 * HOP / RATE)
    return numpy.array(late)
