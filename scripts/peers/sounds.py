"""Sound for the vocoders, and the peers' own vocoders."""

import sys
import time
from pathlib import Path

import librosa
import numpy as np
import soundfile
import torch
import torchaudio

ROOT = Path(__file__).resolve().parents[2]
# Behind the peers, whose `training` is another.
sys.path.append(str(ROOT / "scripts" / "reference"))
import spectra as reference  # noqa: E402

ITERATIONS = 32


def processor():
    names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return names[0] if names else "an unknown processor"


def mel(configuration, seconds):
    """The first samples of Samples/ in a row: the bands' mean powers `[band, frame]`, and mel values `[frame, band]`."""
    samples = np.concatenate([soundfile.read(path)[0] for path in sorted((ROOT / "Samples").glob("*.flac"))])
    samples = samples[: seconds * configuration["mel"]["sampleRate"]]
    unit, area = reference.warped_bank()
    values, _ = reference.mel_values(samples, unit, area)
    return powers(values), values


def powers(values):
    """Mel values, −1 … 1, as mean powers; silent below −97 dB."""
    decibels = (1 - np.minimum(values, 1)) / 2 * reference.FLOOR
    return np.where(decibels >= -97, 10 ** (decibels / 10) * (reference.FFT / 4) ** 2, 0).T


def bank():
    unit, area = reference.warped_bank()
    return unit / area


def by_librosa(power):
    """librosa's way: non-negative least squares, then fast Griffin-Lim."""
    magnitudes = np.sqrt(librosa.util.nnls(bank(), power))
    return librosa.griffinlim(
        magnitudes.astype(np.float32), n_iter=ITERATIONS, hop_length=reference.HOP, n_fft=reference.FFT)


class Torchaudio:
    """torchaudio's way: least squares, negative values cut off, then fast Griffin-Lim."""

    def __init__(self):
        self.bank = torch.from_numpy(bank().astype(np.float32))
        self.phase = torchaudio.transforms.GriffinLim(
            n_fft=reference.FFT, hop_length=reference.HOP, n_iter=ITERATIONS, power=1)

    def __call__(self, power):
        wanted = torch.from_numpy(np.ascontiguousarray(power, dtype=np.float32))
        found = torch.linalg.lstsq(self.bank, wanted, driver="gelsd").solution
        return self.phase(found.clamp(min=0).sqrt())


def vocoders(power):
    """Two dictionaries of runs that return their seconds: the slow, and the quick."""
    torchaudio_vocoder = Torchaudio()
    torchaudio_vocoder(power)

    def clock(work):
        def run():
            start = time.perf_counter()
            work()
            return time.perf_counter() - start

        return run

    return (
        {"librosa": clock(lambda: by_librosa(power))}, {"torchaudio": clock(lambda: torchaudio_vocoder(power))})
