"""What a sound is, in numbers that have nothing to do with Hiss's own: for a recogniser, and for the measures."""

import numpy
import scipy.signal
import soundfile

RATE = 22050
WINDOW = 1024
HOP = 256
SILENCE = -60.0


def read(path):
    """Mono samples at RATE, their level as it is in the file, and the length in seconds."""
    samples, rate = soundfile.read(path, always_2d=True, dtype="float64")
    mono = samples.mean(axis=1)
    if len(samples) and abs(mono).max() < 0.1 * abs(samples).max():
        mono = samples[:, 0]
    if rate != RATE:
        common = numpy.gcd(RATE, rate)
        mono = scipy.signal.resample_poly(mono, RATE // common, rate // common) if len(mono) else mono
    return mono


def envelope(samples):
    """Decibels beneath the loudest moment, every 10 ms, of the power in windows of 10 ms."""
    step = RATE // 100
    count = max(1, len(samples) // step)
    padded = numpy.zeros(count * step)
    padded[: min(len(samples), count * step)] = samples[: count * step]
    power = (padded.reshape(count, step) ** 2).mean(axis=1)
    return 10 * numpy.log10(numpy.maximum(power, 1e-20) / max(power.max(), 1e-20))


def sounding(samples):
    """Seconds from the first to the last moment that is not SILENCE beneath the loudest one."""
    loud = numpy.flatnonzero(envelope(samples) > SILENCE)
    return (loud[-1] - loud[0] + 1) / 100 if len(loud) else 0.0


def noise_floor(samples):
    """The level in the bands where a sound has the least, dB beneath its loudest band: the mean of the quietest quarter of
    the bands, in the median of the moments that sound. Noise beneath a sound is heard there first."""
    decibels = 10 * numpy.log10(spectrogram(samples))
    decibels -= decibels.max()
    sounding_frames = decibels[:, decibels.max(axis=0) > SILENCE]
    quietest = numpy.sort(sounding_frames, axis=0)[: len(decibels) // 4]
    return float(numpy.median(quietest.mean(axis=0)))


def level_after(samples, seconds):
    """The loudest moment later than so many seconds after the attack, dB beneath the peak; SILENCE * 2 where none is."""
    decibels = envelope(samples)
    later = decibels[int(numpy.argmax(decibels)) + int(100 * seconds):]
    return float(later.max()) if len(later) else 2 * SILENCE


def spectrogram(samples):
    """Power in 26 bands on a mel-like scale, [band, frame]."""
    if len(samples) < WINDOW:
        samples = numpy.pad(samples, (0, WINDOW - len(samples)))
    hertz, _, transform = scipy.signal.stft(samples, RATE, nperseg=WINDOW, noverlap=WINDOW - HOP, boundary=None)
    power = abs(transform) ** 2
    edges = 700 * (numpy.exp(numpy.linspace(0, numpy.log(1 + 11025 / 700), 27)) - 1)
    bands = [power[(hertz >= low) & (hertz < max(high, low + 25))].sum(axis=0) for low, high in zip(edges, edges[1:])]
    return numpy.array(bands) + 1e-12


def features(samples):
    """Some 90 numbers: the spectrum of the attack, of what follows and of all, and how level and brightness move."""
    loudest = abs(samples).max() if len(samples) else 0
    samples = samples / loudest if loudest > 0 else samples
    first = numpy.flatnonzero(abs(samples) > 0.01)
    samples = samples[first[0]:] if len(first) else samples
    bands = spectrogram(samples)
    level = 10 * numpy.log10(bands.sum(axis=0) / bands.sum(axis=0).max())
    sounds = level > -40
    attack, rest = bands[:, :8], bands[:, 8:][:, sounds[8:]] if sounds[8:].any() else bands[:, -1:]

    def spectrum(part):
        mean = part.mean(axis=1)
        return 10 * numpy.log10(mean / mean.sum())

    def shape(part):
        weights = part / part.sum(axis=0)
        centres = (numpy.arange(len(part))[:, None] * weights).sum(axis=0)
        flatness = numpy.exp(numpy.log(part).mean(axis=0)) / part.mean(axis=0)
        return [centres.mean(), centres.std(), numpy.log(flatness).mean(), numpy.log(flatness).std()]

    moments = [int(t * RATE / HOP) for t in (0, .02, .05, .1, .2, .4, .8, 1.6, 3.2)]
    course = [max(level[m], -60) if m < len(level) else -60 for m in moments]
    rises = numpy.maximum(0, numpy.diff(numpy.maximum(level, -60)))
    strokes = (rises > 9).sum()
    length = sounds.sum() * HOP / RATE
    return numpy.concatenate([
        spectrum(attack), spectrum(rest), shape(attack), shape(bands[:, sounds]), course,
        [numpy.log(length + 0.02), strokes, strokes / (length + 0.1), int(numpy.argmax(level)) * HOP / RATE],
    ])
