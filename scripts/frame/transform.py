"""The short-time Fourier transform of Spectra, and the bands that stereo parameters are of."""

import numpy
import scipy.fft

RATE, FFT, HOP = 44100, 3072, 768
WINDOW = (0.5 - 0.5 * numpy.cos(2 * numpy.pi * numpy.arange(FFT) / FFT))
FULL_SCALE = WINDOW.sum() / 2
CORNER, TOP = 200.0, 20000.0


def forward(samples, shift=0, fft=FFT, hop=HOP):
    """Frames of bins; `shift` moves all frames off the grid by as many samples."""
    window = WINDOW if fft == FFT else 0.5 - 0.5 * numpy.cos(2 * numpy.pi * numpy.arange(fft) / fft)
    padded = numpy.concatenate([numpy.zeros(fft // 2 - shift), samples, numpy.zeros(fft)])
    count = 1 + len(samples) // hop
    frames = numpy.lib.stride_tricks.sliding_window_view(padded, fft)[::hop][:count]
    return scipy.fft.rfft(frames * window, axis=1)


def inverse(spectra, count, fft=FFT, hop=HOP):
    """The nearest signal (Griffin & Lim 1984, eq. 6)."""
    window = WINDOW if fft == FFT else 0.5 - 0.5 * numpy.cos(2 * numpy.pi * numpy.arange(fft) / fft)
    frames = scipy.fft.irfft(spectra, fft, axis=1) * window
    total = numpy.zeros(count + 2 * fft)
    norm = numpy.zeros(count + 2 * fft)
    # Frames that do not overlap are added at once.
    overlap = fft // hop
    for first in range(min(overlap, len(frames))):
        some = frames[first::overlap]
        start = first * hop
        end = min(start + some.size, len(total))
        total[start:end] += some.ravel()[: end - start]
        norm[start:end] += numpy.tile(window**2, len(some))[: end - start]
    return (total / numpy.maximum(norm, 1e-9))[fft // 2 : fft // 2 + count]


def convergence(made, truth, shift=HOP // 2):
    """Spectral convergence in decibels, off the grid of the frames."""
    made, truth = numpy.abs(forward(made, shift)), numpy.abs(forward(truth, shift))
    return 20 * numpy.log10(numpy.linalg.norm(made - truth) / (numpy.linalg.norm(truth) + 1e-12) + 1e-9)


class Bands:
    """`count` bands up to 20 kHz, equal steps on the axis of the mel bands, ln(1 + f / 200)."""

    def __init__(self, count):
        self.count = count
        steps = numpy.log1p(TOP / CORNER) * numpy.arange(count + 1) / count
        edges = CORNER * numpy.expm1(steps) * FFT / RATE
        bins = numpy.arange(FFT // 2 + 1)
        self.index = numpy.clip(numpy.searchsorted(edges, bins, side="right") - 1, 0, count - 1)
        centers = CORNER * numpy.expm1(numpy.log1p(TOP / CORNER) * (numpy.arange(count) + 0.5) / count) * FFT / RATE
        # Shares of the two nearest bands, which sum to one.
        place = numpy.interp(bins, centers, numpy.arange(count))
        self.hats = numpy.maximum(0, 1 - numpy.abs(place[:, None] - numpy.arange(count)))
        self.boxes = (self.index[:, None] == numpy.arange(count)).astype(float)

    def sums(self, values, hats=False):
        """[frame, bin] to [frame, band]."""
        return values @ (self.hats if hats else self.boxes)

    def spread(self, values, smooth=True):
        """[frame, band] to [frame, bin]: between the centres in straight lines, or steps."""
        return values @ (self.hats if smooth else self.boxes).T
