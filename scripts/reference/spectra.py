#!/usr/bin/env python3
"""Writes the reference data of SpectraTests: what librosa and plain numpy make of three short synthesised signals.

    python3 scripts/reference/spectra.py        (librosa 0.11, numpy 2, scipy)

Everything is seeded; files are raw little-endian (.s16 signals, .f32 values) and one JSON of figures.
"""

import json
from pathlib import Path

import librosa
import numpy as np

HERE = Path(__file__).resolve().parents[2] / "Tests" / "SpectraTests" / "Reference"
RATE, FFT, HOP, BANDS, CORNER, TOP, FLOOR = 44100, 3072, 768, 192, 200.0, 20000.0, -100.0
COUNT = 33075  # 0.75 s
SEEDS = range(5)


def signals():
    """Name to samples, each exactly a 16-bit integer over 32768."""
    time = np.arange(COUNT) / RATE
    tones = np.zeros(COUNT)
    for start, hertz in [(0.0, 110.0), (0.15, 277.2), (0.3, 659.3), (0.45, 1480.0)]:
        since = np.maximum(time - start, 0)
        for harmonic in range(1, 9):
            decay = np.exp(-since * (3 + 2 * harmonic)) * (1 - np.exp(-since * 300))
            tones += 0.22 / harmonic * decay * np.sin(2 * np.pi * hertz * harmonic * since)
    ratio = 12000 / 50
    chirp = 0.5 * np.sin(2 * np.pi * 50 * 0.75 / np.log(ratio) * (ratio ** (time / 0.75) - 1))
    noise = np.random.default_rng(20).standard_normal(COUNT)
    bursts = np.zeros(COUNT)
    for start, decay, level in [(0.02, 60, 0.25), (0.2, 12, 0.15), (0.5, 120, 0.3)]:
        since = time - start
        bursts += np.where(since >= 0, level * np.exp(-np.maximum(since, 0) * decay), 0) * noise
    return {
        name: np.clip(np.round(samples * 32768), -32768, 32767).astype("<i2")
        for name, samples in [("tones", tones), ("chirp", chirp), ("bursts", bursts)]
    }


def warped_bank():
    """The bank by closed form: m edges on bins, then equal steps on ln(1 + f / CORNER) up to TOP."""
    bin_hertz = RATE / FFT
    for m in range(1, BANDS + 1):
        step = (np.log1p(TOP / CORNER) - np.log1p(m * bin_hertz / CORNER)) / (BANDS + 1 - m)
        if CORNER * np.expm1(np.log1p(m * bin_hertz / CORNER) + step) >= (m + 1) * bin_hertz:
            break
    places = np.log1p(m * bin_hertz / CORNER) + step * np.arange(BANDS + 2 - m)
    edges = np.concatenate([np.arange(m), CORNER * np.expm1(places) / bin_hertz])
    edges[m] = m
    bins = np.arange(FFT // 2 + 1)
    rise = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    fall = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    unit = np.maximum(0, np.minimum(rise, fall))
    return unit, unit.sum(axis=1, keepdims=True)


def mel_values(samples, unit, area):
    """Frame by frame in double precision, without librosa."""
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FFT) / FFT)
    padded = np.concatenate([np.zeros(FFT // 2), samples, np.zeros(FFT)])
    frames = np.stack([padded[i * HOP : i * HOP + FFT] for i in range(1 + len(samples) // HOP)])
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    mel = power @ unit.T
    decibels = 10 * np.log10(np.maximum(mel / area.T / (window.sum() / 2) ** 2, 1e-30))
    return 1 - 2 * np.clip(decibels, FLOOR, 0) / FLOOR, power


def multiplicative_updates(unit, energy, updates):
    """Kullback-Leibler updates in double precision."""
    sums = unit.sum(axis=0)[:, None]
    power = unit.T @ energy
    for _ in range(updates):
        power *= (unit.T @ (energy / np.maximum(unit @ power, 1e-30))) / np.maximum(sums, 1e-30)
    return np.sqrt(power)


def convergence(truth, estimate):
    """Spectral convergence in decibels: the norm of the error over the norm of the truth."""
    return round(float(20 * np.log10(np.linalg.norm(truth - estimate) / np.linalg.norm(truth))), 3)


def griffin_lim(magnitudes, momentum):
    figures = []
    for seed in SEEDS:
        samples = librosa.griffinlim(
            magnitudes, n_iter=32, hop_length=HOP, n_fft=FFT, momentum=momentum, random_state=seed, length=COUNT
        )
        figures.append(convergence(magnitudes, np.abs(librosa.stft(samples, n_fft=FFT, hop_length=HOP))))
    return round(float(np.mean(figures)), 3)


def write_floats(name, values):
    np.ascontiguousarray(values).astype("<f4").tofile(HERE / f"{name}.f32")


def complex_frames(name, samples, fft, hop, mode, frames):
    """Some frames of librosa.stft, interleaved."""
    spectrum = librosa.stft(samples, n_fft=fft, hop_length=hop, pad_mode=mode).T
    chosen = np.ascontiguousarray(spectrum[frames]).astype(np.complex64)
    write_floats(name, chosen.view(np.float32))
    return {
        "name": name, "fftLength": fft, "hopLength": hop, "reflect": mode == "reflect",
        "frameCount": len(spectrum), "frames": [index % len(spectrum) for index in frames],
    }


def sparse_bank(name, **arguments):
    """A librosa bank as the weights that are not zero, with each band's first bin and count."""
    bank = librosa.filters.mel(**arguments)
    runs = [np.flatnonzero(row) for row in bank]
    write_floats(name, np.concatenate([row[run] for row, run in zip(bank, runs)]))
    return {"name": name, "firstBins": [int(run[0]) for run in runs], "counts": [len(run) for run in runs]}


def main():
    HERE.mkdir(parents=True, exist_ok=True)
    unit, area = warped_bank()
    figures = {"transforms": [], "banks": [], "signals": []}
    settings = {
        "tones": (3072, 768, "constant", [0, 1, 20, -1]),
        "chirp": (1024, 256, "reflect", [0, 1, 40, -1]),
        "bursts": (2048, 512, "constant", [1, 2, 40, -1]),
    }
    for name, integers in signals().items():
        integers.tofile(HERE / f"{name}.s16")
        samples = integers.astype(np.float32) / 32768
        fft, hop, mode, frames = settings[name]
        figures["transforms"].append(
            {"signal": name} | complex_frames(f"{name}-stft", samples, fft, hop, mode, frames))
        values, power = mel_values(samples.astype(np.float64), unit, area)
        write_floats(f"{name}-mel", values)
        truth = np.sqrt(power.T)
        magnitudes = np.abs(librosa.stft(samples, n_fft=FFT, hop_length=HOP))
        slaney = librosa.feature.melspectrogram(S=truth**2, sr=RATE, n_fft=FFT, n_mels=128)
        figures["signals"].append({
            "name": name,
            "updates": convergence(truth, multiplicative_updates(unit, unit @ power.T, 30)),
            "leastSquares": convergence(truth, np.sqrt(librosa.util.nnls(unit / area, (unit / area) @ power.T))),
            "slaneyLeastSquares": convergence(
                truth, librosa.feature.inverse.mel_to_stft(slaney, sr=RATE, n_fft=FFT, power=2.0)),
            "griffinLim": griffin_lim(magnitudes, 0.99),
            "classicGriffinLim": griffin_lim(magnitudes, 0),
        })
    figures["banks"] = [
        sparse_bank("slaney", sr=44100, n_fft=2048, n_mels=128),
        sparse_bank("htk", sr=22050, n_fft=1024, n_mels=40, fmin=30, fmax=8000, htk=True),
    ]
    (HERE / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
