"""What the vocoder and librosa make of a clip, and how long they take."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import librosa
import numpy as np
import soundfile

from clips import RATE

sys.path.append(str(Path(__file__).resolve().parents[1] / "reference"))
import spectra as reference  # noqa: E402

FFT, HOP, ITERATIONS, SEEDS = reference.FFT, reference.HOP, 32, range(3)


def convergence(truth, samples):
    made = np.abs(librosa.stft(samples, n_fft=FFT, hop_length=HOP))
    return float(20 * np.log10(np.linalg.norm(truth - made) / np.linalg.norm(truth)))


def timed(function, repeats=3):
    """What the function gives, and the least processor time that it took."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        result = function()
        times.append(time.process_time() - start)
    return result, min(times)


def griffin_lim(magnitudes, count, seed):
    return librosa.griffinlim(
        magnitudes.astype(np.float32), n_iter=ITERATIONS, hop_length=HOP, n_fft=FFT, random_state=seed, length=count)


def mel_power(samples, unit, area):
    """The bands' mean powers as the mel frames keep them: silent below −97 dB."""
    values, _ = reference.mel_values(samples.astype(np.float64), unit, area)
    decibels = (1 - np.minimum(values, 1)) / 2 * reference.FLOOR
    return np.where(decibels >= -97, 10 ** (decibels / 10) * (FFT / 4) ** 2, 0).T


def measure(path, folder):
    """Everything about one clip."""
    samples, _ = soundfile.read(path, dtype="float32")
    seconds = len(samples) / RATE
    truth = np.abs(librosa.stft(samples, n_fft=FFT, hop_length=HOP))
    truth.T.astype("<f4").tofile(folder / "magnitudes.f32")
    figures = {}
    first, loop = timed(lambda: griffin_lim(truth, len(samples), 0))
    others = [griffin_lim(truth, len(samples), seed) for seed in SEEDS[1:]]
    figures["librosa32"] = float(np.mean([convergence(truth, made) for made in [first, *others]]))
    command = [os.environ["HISS"], "bench-vocoder", path, folder / "magnitudes.f32", folder]
    times = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    for name in ["true0", "true8", "true32", "mel0", "mel8", "mel32"]:
        figures[name] = convergence(truth, np.fromfile(folder / f"{name}.f32", "<f4"))
    figures["random32"] = float(np.mean(
        [convergence(truth, np.fromfile(folder / f"random32-{seed}.f32", "<f4")) for seed in SEEDS]))
    unit, area = reference.warped_bank()
    power = mel_power(samples, unit, area)
    bins, squares = timed(lambda: np.sqrt(librosa.util.nnls(unit / area, power)), repeats=1)
    figures["librosaMel32"] = float(np.mean(
        [convergence(truth, griffin_lim(bins, len(samples), seed)) for seed in SEEDS]))
    times |= {"librosaLoop": loop, "librosaChain": squares + loop}
    return {"convergence": figures, "seconds": {name: value / seconds for name, value in times.items()}}
