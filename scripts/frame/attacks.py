"""The power of each quarter of a hop, held within Griffin-Lim's iterations.

A frame's four attack values say by how many decibels the power of 192 samples, above some hundred hertz, stands above what the
frame's own window sees on average, which its magnitudes say already (Parseval). Steady sound has 0 everywhere.
"""

import numpy

from transform import FFT, HOP, RATE, WINDOW, forward, inverse

QUARTER = HOP // 4
MOST = 20.0


def high(samples, length):
    """Samples less the straight lines between the means of blocks of `length`: what lies above some hundred hertz."""
    count = -(-len(samples) // length)
    means = numpy.pad(samples, (0, count * length - len(samples))).reshape(count, length).mean(1)
    centers = numpy.arange(count) * length + (length - 1) / 2
    return samples - numpy.interp(numpy.arange(len(samples)), centers, means)


def powers(samples):
    """The mean power of every 192 samples, half a hop before frame 0 on: [frame, 4]."""
    count = 1 + len(samples) // HOP
    padded = numpy.concatenate([numpy.zeros(HOP // 2), samples, numpy.zeros(HOP)])[: count * HOP]
    return (padded.reshape(count, 4, QUARTER) ** 2).mean(2)


def averages(quarters):
    """What a frame's window sees on average: power under its square, [frame]."""
    flat = quarters.ravel()
    weights = (WINDOW**2).reshape(16, QUARTER).mean(1)
    # Quarters of a frame begin half a hop before its centre.
    padded = numpy.pad(flat, 8)
    starts = numpy.arange(len(quarters)) * 4 + 2 + 8 - 8
    return numpy.stack([padded[start : start + 16] @ weights for start in starts]) / weights.sum()


def analyse(samples, length, floor=1e-9):
    quarters = powers(high(samples, length))
    return numpy.clip(10 * numpy.log10((quarters + floor) / (averages(quarters)[:, None] + floor)), -MOST, MOST)


def impose(samples, wanted, length, dead=0.0, most=12.0, floor=1e-9):
    """The samples with gains on what lies above some hundred hertz."""
    upper = high(samples, length)
    now = analyse_of(upper, floor)
    change = wanted - now
    change = numpy.sign(change) * numpy.maximum(numpy.abs(change) - dead, 0)
    gains = 10 ** (numpy.clip(change, -most, most) / 20)
    centers = numpy.arange(gains.size) * QUARTER - HOP // 2 + (QUARTER - 1) / 2
    return samples + upper * (numpy.interp(numpy.arange(len(samples)), centers, gains.ravel()) - 1)


def analyse_of(upper, floor=1e-9):
    quarters = powers(upper)
    return numpy.clip(10 * numpy.log10((quarters + floor) / (averages(quarters)[:, None] + floor)), -MOST, MOST)


def griffin_lim(magnitudes, first, iterations=32, momentum=0.99, wanted=None, length=64, when=lambda n: True, dead=0.0,
                gate=0.0, last=True, fft=FFT, hop=HOP):
    """Fast Griffin-Lim from the phase of `first`; `wanted` are attack values, imposed in the iterations that `when` names,
    next to frames that have one beyond `gate` decibels."""
    count = len(first)
    if wanted is not None and gate:
        strength = numpy.abs(wanted).max(1)
        near = numpy.maximum(strength, numpy.maximum(numpy.roll(strength, 1), numpy.roll(strength, -1)))
    def held(samples):
        made = impose(samples, wanted, length, dead)
        if not gate:
            return made
        frames = (near > gate).astype(float)
        return samples + (made - samples) * numpy.interp(numpy.arange(count), numpy.arange(len(frames)) * HOP, frames)
    before = numpy.zeros_like(magnitudes, dtype=complex)
    spectra = forward(first, fft=fft, hop=hop)
    samples = first
    for iteration in range(iterations):
        samples = inverse(magnitudes * spectra / numpy.maximum(numpy.abs(spectra), 1e-12), count, fft, hop)
        if wanted is not None and when(iteration) and (last or iteration < iterations - 1):
            samples = held(samples)
        now = forward(samples, fft=fft, hop=hop)
        spectra = now - momentum / (1 + momentum) * before
        before = now
    return samples
