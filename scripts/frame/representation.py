"""How the parameters are spread, and what an error of a network would do in each way of writing them.

    representation.py FOLDER        after stereo_study.py, which leaves the parameters of each clip there
"""

import sys
from pathlib import Path

import numpy
import scipy.stats

from stereo import MOST_ANGLE, MOST_LEVEL, coefficients

DECIBELS = 20 / numpy.log(10)


def main():
    files = [numpy.load(path) for path in sorted(Path(sys.argv[1]).glob("*.npz"))]
    level = numpy.concatenate([f["level"].ravel() for f in files])
    angle = numpy.concatenate([f["angle"].ravel() for f in files])
    along, across = coefficients(level, angle)
    total = numpy.cosh(level)
    ways = {
        "α": along, "β": across, "λ / 30 dB": level / MOST_LEVEL, "φ / π": angle / numpy.pi * 2 - 1,
        "coherence": numpy.cos(angle), "(P_L−P_R)/(P_L+P_R)": numpy.tanh(level),
        "2⟨L,R⟩/(P_L+P_R)": numpy.cos(angle) / total, "ln β": numpy.log(across + 1e-3),
        "tanh(λ/1.15)": numpy.tanh(level / 1.15), "√(φ/π)": numpy.sqrt(angle / numpy.pi) * 2 - 1,
    }
    print("| value | 1 % | 5 % | 25 % | 50 % | 75 % | 95 % | 99 % | deviation | skew | kurtosis |\n|---|" + "---:|" * 10)
    for name, values in ways.items():
        cells = [*numpy.percentile(values, [1, 5, 25, 50, 75, 95, 99]), values.std(), scipy.stats.skew(values),
                 scipy.stats.kurtosis(values)]
        print(f"| {name} | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |")
    steps = lambda pick: numpy.corrcoef(numpy.concatenate(
        [numpy.stack([pick(f)[:-1].ravel(), pick(f)[1:].ravel()]) for f in files], axis=1))[0, 1]
    print(f"\nfrom one frame to the next: correlation {steps(lambda f: numpy.tanh(f['level'])):.2f} of tanh λ, "
          f"{steps(lambda f: f['angle']):.2f} of φ")
    random = numpy.random.default_rng(0)
    one, two = random.standard_normal((2, len(level)))
    truth = level * DECIBELS, numpy.cos(angle)
    print("\n| written as | error | level difference, median, 95 % | coherence, median, 95 % |\n|---|---:|---:|---:|")
    for error in (0.02, 0.05, 0.1):
        pairs = {}
        # λ over ±30 dB and φ over 0…π, each from −1 to 1.
        pairs["λ, φ"] = (level + one * error * MOST_LEVEL, numpy.abs(angle + two * error * numpy.pi / 2))
        pairs["tanh λ, φ"] = (numpy.arctanh(numpy.clip(numpy.tanh(level) + one * error, -0.998, 0.998)), pairs["λ, φ"][1])
        pairs["λ, cos φ"] = (level + one * error * MOST_LEVEL, numpy.arccos(numpy.clip(numpy.cos(angle) + two * error, -1, 1)))
        pairs["λ, √φ"] = (level + one * error * MOST_LEVEL, (numpy.sqrt(angle / numpy.pi) + two * error / 2) ** 2 * numpy.pi)
        x, y = numpy.tanh(level) + one * error, numpy.cos(angle) / total + two * error
        x = numpy.clip(x, -0.999, 0.999)
        pairs["Stokes (x, y)"] = (numpy.arctanh(x), numpy.arccos(numpy.clip(y / numpy.sqrt(1 - x**2), -1, 1)))
        a, b = along + one * error, numpy.abs(across + two * error)
        zeta = 2 * numpy.arctanh(a + 1j * b)
        pairs["α, β"] = (zeta.real, zeta.imag)
        for name, (l, p) in pairs.items():
            p = numpy.minimum(p, MOST_ANGLE)
            l = numpy.clip(l, -MOST_LEVEL, MOST_LEVEL)
            e, c = numpy.abs(l * DECIBELS - truth[0]), numpy.abs(numpy.cos(p) - truth[1])
            print(f"| {name} | {error} | {numpy.median(e):.2f}, {numpy.percentile(e, 95):.2f} | "
                  f"{numpy.median(c):.3f}, {numpy.percentile(c, 95):.3f} |")


if __name__ == "__main__":
    main()
