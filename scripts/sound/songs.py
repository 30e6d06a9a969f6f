"""Chords, themes and joins of stems, by their chroma and their samples."""

import numpy

RATE = 44100
JOIN, BEFORE = (0.05, 0.006), 0.15


def chroma(samples, low=65, high=2000):
    """How strongly the twelve pitch classes sound, as a vector of length 1; zeros of silence."""
    size = 1 << max(13, int(numpy.ceil(numpy.log2(max(1, len(samples))))))
    power = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples)), size))
    hertz = numpy.fft.rfftfreq(size, 1 / RATE)
    used = (hertz > low) & (hertz < high)
    classes = numpy.round(12 * numpy.log2(hertz[used] / 440) + 69).astype(int) % 12
    sums = numpy.bincount(classes, weights=power[used] ** 2, minlength=12) ** 0.5
    return sums / max(numpy.sqrt((sums**2).sum()), 1e-9)


def fit(samples, tones):
    """The cosine between a chroma and a chord's tones."""
    wanted = numpy.zeros(12)
    wanted[list(tones)] = 1 / numpy.sqrt(len(tones))
    return float(chroma(samples) @ wanted)


def theme(samples, start, beats, beat):
    """The chroma of every eighth note of a section, less their mean."""
    rows = []
    for step in range(int(2 * beats)):
        first = int((start + step / 2) * beat * RATE)
        part = samples[first : first + int(beat / 2 * RATE)]
        loud = numpy.sqrt((part**2).mean()) if len(part) else 0
        rows.append(chroma(part, 130, 4000) if loud > 1e-3 else numpy.zeros(12))
    rows = numpy.array(rows)
    return rows - rows.mean()


def colour(samples):
    """The levels of 24 third octaves from 50 Hz on, in decibels, less their mean."""
    power = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples)))) ** 2
    hertz = numpy.fft.rfftfreq(len(samples), 1 / RATE)
    edges = 50 * 2 ** (numpy.arange(25) / 3)
    levels = numpy.array([power[(hertz >= low) & (hertz < high)].sum() for low, high in zip(edges, edges[1:])])
    # Of what is 40 dB below the loudest nobody hears the colour.
    levels = 10 * numpy.log10(levels + levels.max() * 1e-4 + 1e-9)
    return levels - levels.mean()


def likeness(first, second):
    """The correlation of two themes over what both have."""
    count = min(len(first), len(second))
    one, other = first[:count].ravel(), second[:count].ravel()
    return float((one * other).sum() / max(numpy.sqrt((one**2).sum() * (other**2).sum()), 1e-9))


def join(samples, reference, time):
    """Of a bar line: how much the sound jumps in the fade before it against its surroundings, and how many decibels it dips
    against the same place of a real rendering; nothing where either is silent."""
    first, last, early = (int((time - seconds) * RATE) for seconds in (*JOIN, BEFORE))
    if early < 0:
        return None
    curve = numpy.abs(numpy.diff(samples, 2))
    around = max(curve[early:first].max(initial=0), curve[last : last + (first - early)].max(initial=0))

    def dip(sound):
        inside, outside = (numpy.sqrt((part**2).mean()) for part in (sound[first:last], sound[early:first]))
        return 20 * numpy.log10((inside + 1e-6) / (outside + 1e-6)) if outside > 3e-3 else None

    own, other = dip(samples), dip(reference)
    if own is None or other is None or around == 0:
        return None
    return float(curve[first:last].max() / around), own - other
