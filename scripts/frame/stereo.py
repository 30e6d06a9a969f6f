"""Parametric stereo: what a frame says of left and right, and left and right from a mid and that.

With M = (L+R)/2 and S = (L−R)/2, a band's side is S = αM + βD with D ⟂ M of M's power. Level difference λ = ln √(P_L/P_R) and
coherence cos φ = Re⟨L,R⟩/√(P_L P_R) give both in closed form: α + iβ = tanh((λ + iφ)/2).
"""

import numpy
import scipy.ndimage
import scipy.signal

from transform import FULL_SCALE, HOP, RATE, Bands, forward, inverse

# Power that counts as sound in the middle, so that silence is mono: −90 dB of a full-scale sine.
FLOOR = 1e-9 * FULL_SCALE**2
MOST_ANGLE = 0.9 * numpy.pi
MOST_LEVEL = 30 * numpy.log(10) / 20


def covariance(left, right, bands, hats=False):
    """P_L, P_R and ⟨L,R⟩ (complex) of each band."""
    return (bands.sums(numpy.abs(left) ** 2, hats), bands.sums(numpy.abs(right) ** 2, hats),
            bands.sums(left * right.conj(), hats))


def smoothed(values, kernel):
    if kernel is None:
        return values
    kernel = numpy.asarray(kernel, float) / sum(kernel)
    return scipy.signal.convolve(values, kernel[:, None], mode="same")


def analyse(left, right, bands, hats=False, kernel=None):
    """λ (nepers) and φ (radians), [frame, band]."""
    left, right = forward(left), forward(right)
    M, S = (left + right) / 2, (left - right) / 2
    mid, side, product = (smoothed(bands.sums(value, hats), kernel) for value in
                          (numpy.abs(M) ** 2, numpy.abs(S) ** 2, (S * M.conj()).real))
    mid = mid + FLOOR
    least = (mid + side) * 1e-9
    level = 0.5 * numpy.log(numpy.maximum(mid + side + 2 * product, least) / numpy.maximum(mid + side - 2 * product, least))
    angle = numpy.arctan2(2 * numpy.sqrt(numpy.maximum(mid * side - product**2, 0)), mid - side)
    return numpy.clip(level, -MOST_LEVEL, MOST_LEVEL), numpy.minimum(angle, MOST_ANGLE)


def coefficients(level, angle):
    image = numpy.tanh((level + 1j * angle) / 2)
    return image.real, image.imag


def random_units(state=1):
    """SplitMix64 (Steele, Lea & Flood 2014), as in Swift."""
    mask = (1 << 64) - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        bits = state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & mask
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & mask
        yield ((bits ^ (bits >> 31)) >> 11) * 2.0**-53


def velvet(milliseconds=30.0, density=1500.0, decay=60.0):
    """Sparse signs that decay by `decay` dB, of unit energy."""
    random = random_units()
    grid, count = RATE / density, RATE * milliseconds / 1000
    taps = numpy.zeros(int(count) + 1)
    for index in range(int(count / grid)):
        place = int(index * grid + next(random) * (grid - 1))
        taps[place] = (-1 if next(random) < 0.5 else 1) * 10 ** (-decay / 20 * place / count)
    return taps / numpy.linalg.norm(taps)


def random_phase(milliseconds=30):
    """A finite response of flat spectrum and random phase."""
    random = random_units()
    count = int(RATE * milliseconds / 1000) // 2 * 2
    phase = numpy.array([next(random) * 2 * numpy.pi for _ in range(count // 2 + 1)])
    phase[0] = phase[-1] = 0
    return numpy.fft.irfft(numpy.exp(1j * phase), count)


def decorrelated(mid, kind):
    if kind == "allpass":
        for delay, gain in [(347, 0.65), (223, -0.6), (113, 0.55)]:
            taps = numpy.zeros(delay + 1)
            taps[0], taps[-1] = -gain, 1
            mid = scipy.signal.lfilter(taps, -gain * numpy.eye(1, delay + 1, delay)[0] + numpy.eye(1, delay + 1)[0], mid)
        return mid
    if kind == "delay":
        return numpy.concatenate([numpy.zeros(441), mid])[: len(mid)]
    taps = {"velvet": lambda: velvet(), "velvet15": lambda: velvet(15), "velvet60": lambda: velvet(60), "velvet60 slow": lambda: velvet(60, 1500, 30),
            "phase": lambda: random_phase(), "phase60": lambda: random_phase(60)}[kind]()
    return scipy.signal.fftconvolve(mid, taps)[: len(mid)]


def synthesise(mid, level, angle, bands, kind="velvet", fitted=True, passes=1, smooth=False, hats=False,
               shaped=1):
    """Left and right whose mean is `mid`.

    `fitted`: whether each band's decorrelated part is made orthogonal to the mid and brought to its power. `passes`: how often
    the side is transformed again and its parameters put right. `shaped`: bins over which the decorrelated part takes the
    mid's magnitudes, 0 for none.
    """
    along, across = coefficients(level, angle)
    M, D = forward(mid), forward(decorrelated(mid, kind))
    power = bands.sums(numpy.abs(M) ** 2, hats) + 1e-12
    count = len(mid)
    if shaped:
        # The running sums of the filter may fall a little below zero.
        local = lambda spectra: numpy.maximum(
            numpy.abs(spectra) ** 2 if shaped == 1 else
            scipy.ndimage.uniform_filter1d(numpy.abs(spectra) ** 2, shaped, axis=1), 1e-12)
        D = D * numpy.sqrt(local(M) / local(D))

    def side(other):
        """αM + βD, where `other` may hold some of M already."""
        if not fitted:
            return bands.spread(along, smooth) * M + bands.spread(across, smooth) * other
        share = bands.sums((other * M.conj()).real, hats) / power
        rest = numpy.maximum(bands.sums(numpy.abs(other) ** 2, hats) - share**2 * power, 1e-12)
        gain = numpy.minimum(across * numpy.sqrt(power / rest), 8.0)
        return bands.spread(along - gain * share, smooth) * M + bands.spread(gain, smooth) * other

    samples = inverse(side(D), count)
    for _ in range(passes):
        samples = inverse(side(forward(samples)), count)
    return mid + samples, mid - samples


class Judge:
    """Errors of level difference and coherence, off the grid, in bands that are nobody's."""

    def __init__(self, left, right, bands=Bands(28), average=8):
        self.bands, self.average = bands, average
        self.truth = self.measure(left, right)

    def measure(self, left, right):
        pl, pr, cross = covariance(forward(left, HOP // 2), forward(right, HOP // 2), self.bands)
        return pl, pr, cross

    def figures(self, left, right):
        truth, made = self.truth, self.measure(left, right)
        widths = self.bands.boxes.sum(0)
        level = 10 * numpy.log10((truth[0] + truth[1]) / 2 / widths / FULL_SCALE**2 + 1e-20)
        # Level of the sum over the band, against a full-scale sine.
        sums = level + 10 * numpy.log10(widths)
        heard = sums > -50
        results = {}
        difference = lambda powers: numpy.clip(10 * numpy.log10((powers[0] + 1e-9) / (powers[1] + 1e-9)), -30, 30)
        error = numpy.abs(difference(truth) - difference(made))[heard]
        kernel = numpy.ones(self.average)
        slow = lambda powers: [smoothed(p.real, kernel) + 1j * smoothed(p.imag, kernel) for p in powers]
        coherence = lambda powers: powers[2].real / numpy.sqrt(powers[0].real * powers[1].real + 1e-12)
        magnitude = lambda powers: numpy.abs(powers[2]) / numpy.sqrt(powers[0].real * powers[1].real + 1e-12)
        results["level"] = error
        results["coherence1"] = numpy.abs(coherence(truth) - coherence(made))[heard]
        truth8, made8 = slow(truth), slow(made)
        results["level8"] = numpy.abs(
            difference([p.real for p in truth8[:2]]) - difference([p.real for p in made8[:2]]))[heard]
        results["coherence"] = numpy.abs(coherence(truth8) - coherence(made8))[heard]
        results["magnitude"] = numpy.abs(magnitude(truth8) - magnitude(made8))[heard]
        return results
