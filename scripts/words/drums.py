"""How much of a clip is drums: percussive energy, by median-filter separation (Fitzgerald 2010), and broadband onsets."""

import sys

import numpy as np
import soundfile

LENGTH, HOP, REACH = 2048, 512, 17


def medians(levels: np.ndarray, axis: int) -> np.ndarray:
    """The median of REACH neighbours along an axis."""
    pad = [(0, 0), (0, 0)]
    pad[axis] = (REACH // 2, REACH // 2)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(levels, pad, mode="reflect"), REACH, axis=axis)
    return np.median(windows, axis=-1)


def measure(path: str) -> dict[str, float]:
    """The share of the energy that is percussive, in dB, and onsets a second in which most bands rise together."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    samples = samples.mean(axis=1)
    frames = 1 + max(0, len(samples) - LENGTH) // HOP
    index = np.arange(frames)[:, None] * HOP + np.arange(LENGTH)
    magnitude = np.abs(np.fft.rfft(samples[index] * np.hanning(LENGTH), axis=1))
    harmonic, percussive = medians(magnitude, 0), medians(magnitude, 1)
    mask = percussive**2 / (harmonic**2 + percussive**2 + 1e-20)
    energy = magnitude**2
    frequency = np.fft.rfftfreq(LENGTH, 1 / rate)
    high = frequency > 2500
    share = (energy * mask)[:, high].sum() / (energy.sum() + 1e-12)
    # Bands of an octave from 150 Hz to 19.2 kHz; an onset is where five of seven rise by 9 dB within two frames.
    edges = 150 * 2.0 ** np.arange(8)
    bands = np.stack([energy[:, (frequency >= a) & (frequency < b)].sum(axis=1) for a, b in zip(edges, edges[1:])])
    decibels = 10 * np.log10(bands + 1e-7 * energy.sum(axis=1).max() + 1e-12)
    rises = (decibels[:, 2:] - decibels[:, :-2] > 9).sum(axis=0) >= 5
    onsets = int((rises[1:] & ~rises[:-1]).sum() + (rises[:1].sum() if len(rises) else 0))
    return {"percussive_db": 10 * np.log10(share + 1e-12), "onsets": onsets / (len(samples) / rate)}


if __name__ == "__main__":
    for path in sys.argv[1:]:
        values = measure(path)
        print(f"{path}\t{values['percussive_db']:.1f}\t{values['onsets']:.2f}")
