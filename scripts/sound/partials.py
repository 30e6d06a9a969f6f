"""Where the lowest partials of a note lie."""

import numpy


def sounding(samples, rate):
    """The part of a clip that a note is measured in: from 80 ms behind where it comes within 6 dB of its loudest moment on, as
    long as it sounds. (Of a held note, whose level wavers, the loudest moment may be its last, and the pitch of a fifth of a
    second is none: of FluidR3's violin one key is 12 cents from its neighbours then.)"""
    block = rate // 50
    count = len(samples) // block
    levels = numpy.sqrt((samples[: count * block].reshape(count, block) ** 2).mean(axis=1))
    # What is loudest at the very end is the beginning of something else.
    loudest = levels[: max(1, count - 10)].max()
    start = int((levels >= 0.5 * loudest).argmax())
    quiet = numpy.flatnonzero(levels[start:] < loudest / 30)
    end = start + int(quiet[0]) if len(quiet) else count
    first = min(start + 4, max(start, end - 10))
    return samples[first * block : min(end * block, first * block + 2 * rate)]


def peak(power, bin_hertz, wanted, cents, width):
    """Frequency and power of the tone within so many cents of one: where the energy around the highest peak lies on
    average, which of a vibrato is its middle. `width` is what a steady tone fills to either side, in hertz."""
    low = max(1, int(wanted * 2 ** (-cents / 1200) / bin_hertz))
    high = int(numpy.ceil(wanted * 2 ** (cents / 1200) / bin_hertz))
    if high + 2 > len(power):
        return None
    place = float(low + int(power[low : high + 1].argmax()))
    reach = max(wanted * (2 ** (40 / 1200) - 1), width) / bin_hertz
    for _ in range(5):
        bins = numpy.arange(max(1, int(place - reach)), int(place + reach) + 2)
        share = power[bins] * numpy.clip(reach + 0.5 - numpy.abs(bins - place), 0, 1)
        place = float((bins * share).sum() / share.sum())
    return place * bin_hertz, share.sum()


def partials(samples, rate, wanted, count=6):
    """Cents and decibels of the lowest partials, against their places and the strongest of them."""
    part = sounding(samples, rate)
    if len(part) < rate // 10 or not numpy.abs(part).max() > 1e-4:
        return None
    length = 1 << 19
    power = numpy.abs(numpy.fft.rfft(part * numpy.hanning(len(part)), length)) ** 2
    found = [peak(power, rate / length, wanted * k, 90, 2 * rate / len(part)) for k in range(1, count + 1)]
    loudest = max(f[1] for f in found if f)
    return [
        (1200 * numpy.log2(f[0] / (wanted * k)), 10 * numpy.log10(f[1] / loudest + 1e-9))
        for k, f in enumerate(found, 1) if f
    ]


def deviation(found):
    if found[0][1] > -20:
        return found[0][0]
    weights = numpy.array([10 ** (level / 20) for _, level in found])
    return float((weights * numpy.array([cents for cents, _ in found])).sum() / weights.sum())
