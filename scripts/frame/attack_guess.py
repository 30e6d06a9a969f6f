"""Whether attack values follow from the mel frames: a ridge regression and a small network on seven frames.

    attack_guess.py FOLDER RECORDED...
"""

import sys
from pathlib import Path

import numpy
import soundfile

import attacks
from attack_study import UNIT
from strokes import loops, strokes
from transform import FULL_SCALE, forward


def features(samples):
    mel = numpy.abs(forward(samples)) ** 2 @ (UNIT / UNIT.sum(1, keepdims=True)).T
    levels = 1 - 2 * numpy.clip(10 * numpy.log10(mel / FULL_SCALE**2 + 1e-12), -100, 0) / -100
    coarse = levels.reshape(len(levels), 48, 4).mean(2)
    padded = numpy.pad(coarse, ((3, 3), (0, 0)), constant_values=-1)
    return numpy.concatenate([padded[i : i + len(levels)] for i in range(7)], axis=1)


def main():
    folder = Path(sys.argv[1])
    clips = [s for _, s in strokes(folder, [Path(p) for p in sys.argv[2:]])] + [s for _, s in loops(folder)]
    clips += [soundfile.read(path)[0] for path in sorted(folder.glob("re*-mid-in.wav"))]
    order = numpy.random.default_rng(0).permutation(len(clips))
    X = [features(clips[i]) for i in order]
    Y = [attacks.analyse(clips[i], 64) for i in order]
    X = [x[: len(y)] for x, y in zip(X, Y)]
    cut = len(X) * 3 // 4
    x, y = numpy.concatenate(X[:cut]), numpy.concatenate(Y[:cut])
    u, v = numpy.concatenate(X[cut:]), numpy.concatenate(Y[cut:])
    mean, scale = x.mean(0), x.std(0) + 1e-3
    x, u = (x - mean) / scale, (u - mean) / scale
    report = lambda name, guess: print(
        f"| {name} | {1 - ((v - guess) ** 2).sum() / (v**2).sum():.2f} | "
        + " | ".join(f"{numpy.sqrt(((v - guess)[m] ** 2).mean()):.1f}" for m in (abs(v).max(1) < 3, abs(v).max(1) >= 6)) + " |")
    print(f"{len(x)} frames to learn, {len(u)} to judge; deviation {v.std():.1f} dB\n"
          "| guess | variance explained | error, steady frames, dB | error, attacks, dB |\n|---|---:|---:|---:|")
    report("0 dB", numpy.zeros_like(v))
    weights = numpy.linalg.solve(x.T @ x + 300 * numpy.eye(x.shape[1]), x.T @ (y - y.mean(0)))
    report("ridge", u @ weights + y.mean(0))
    # A network of 128 hidden units by Adam, in numpy.
    random = numpy.random.default_rng(1)
    sizes = [x.shape[1], 128, 128, 4]
    layers = [random.standard_normal((a, b)) * numpy.sqrt(2 / a) for a, b in zip(sizes, sizes[1:])]
    biases = [numpy.zeros(b) for b in sizes[1:]]
    moments = [[numpy.zeros_like(p), numpy.zeros_like(p)] for p in layers + biases]
    for step in range(6000):
        pick = random.integers(0, len(x), 128)
        acts = [x[pick]]
        for index, (w, b) in enumerate(zip(layers, biases)):
            z = acts[-1] @ w + b
            acts.append(numpy.maximum(z, 0) if index < 2 else z)
        delta = (acts[-1] - y[pick] / 6) / 128
        grads_w, grads_b = [], []
        for index in (2, 1, 0):
            grads_w.insert(0, acts[index].T @ delta + 1e-4 * layers[index])
            grads_b.insert(0, delta.sum(0))
            delta = (delta @ layers[index].T) * (acts[index] > 0)
        rate = 1e-3 * min(1, 3 * (1 - step / 6000))
        for parameter, gradient, moment in zip(layers + biases, grads_w + grads_b, moments):
            moment[0] += 0.1 * (gradient - moment[0])
            moment[1] += 0.01 * (gradient**2 - moment[1])
            parameter -= rate * moment[0] / (numpy.sqrt(moment[1]) + 1e-8)
    act = u
    for index, (w, b) in enumerate(zip(layers, biases)):
        act = act @ w + b
        act = numpy.maximum(act, 0) if index < 2 else act
    report("a network of 128 and 128", act * 6)
    print("| percentiles 1, 5, 25, 50, 75, 95, 99 | " + ", ".join(f"{p:.1f}" for p in numpy.percentile(v, [1, 5, 25, 50, 75, 95, 99])) + " dB |")


if __name__ == "__main__":
    main()
