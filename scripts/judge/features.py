"""Log-mel pictures of clips, which is all that the recogniser sees."""

from pathlib import Path

import numpy
import soundfile

SAMPLE_RATE = 44_100
FFT_LENGTH = 2048
HOP_LENGTH = 1024
BAND_COUNT = 96
MINIMUM_HERTZ = 40.0
MAXIMUM_HERTZ = 16_000.0
# Below the loudest value of the clip, in dB: fainter things are not heard, so they shall not decide.
RANGE_DECIBELS = 80.0


def read(path: Path) -> numpy.ndarray:
    """The mono samples of a file at 44.1 kHz."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    if rate != SAMPLE_RATE:
        raise SystemExit(f"judge: {path}: the sample rate is {rate}, not {SAMPLE_RATE}")
    return samples.mean(axis=1)


def power_frames(samples: numpy.ndarray, length: int, hop: int) -> numpy.ndarray:
    """`[frame, bin]`: the power spectra of centred Hann windows."""
    padded = numpy.pad(samples, length // 2)
    frames = numpy.lib.stride_tricks.sliding_window_view(padded, length)[::hop]
    window = numpy.hanning(length + 1)[:-1].astype(numpy.float32)
    spectra = numpy.fft.rfft(frames * window)
    return (spectra.real**2 + spectra.imag**2).astype(numpy.float32)


def bank(count: int, low: float, high: float, warp: float, length: int) -> numpy.ndarray:
    """`[band, bin]`: triangles evenly spaced in ln(1 + hertz / warp); with a warp of 700 that is mel."""
    edges = warp * numpy.expm1(numpy.linspace(numpy.log1p(low / warp), numpy.log1p(high / warp), count + 2))
    # At least a bin wide, or low bands would hold nothing.
    bin_hertz = SAMPLE_RATE / length
    hertz = numpy.arange(length // 2 + 1) * bin_hertz
    center = edges[1:-1, None]
    below = numpy.minimum(edges[:-2, None], center - bin_hertz)
    above = numpy.maximum(edges[2:, None], center + bin_hertz)
    triangles = numpy.minimum((hertz - below) / (center - below), (above - hertz) / (above - center))
    return numpy.maximum(triangles, 0).astype(numpy.float32)


_BANK = bank(BAND_COUNT, MINIMUM_HERTZ, MAXIMUM_HERTZ, 700, FFT_LENGTH)


def log_mel(samples: numpy.ndarray) -> numpy.ndarray:
    """`[frame, band]`: dB below the clip's loudest value, from −80 to 0, as half floats."""
    mel = power_frames(samples, FFT_LENGTH, HOP_LENGTH) @ _BANK.T
    decibels = 10 * numpy.log10(numpy.maximum(mel, 1e-10))
    return numpy.maximum(decibels - decibels.max(), -RANGE_DECIBELS).astype(numpy.float16)


def log_mels(paths: list[Path], cache: Path | None = None) -> list[numpy.ndarray]:
    """The pictures of files, kept in `cache` if one is named."""
    names = [f"{p.parent.name}/{p.name}" for p in paths]
    if cache is not None and cache.exists():
        with numpy.load(cache, allow_pickle=False) as kept:
            if list(kept["names"]) == names:
                return numpy.split(kept["frames"], kept["ends"][:-1])
    pictures = [log_mel(read(path)) for path in paths]
    if cache is not None:
        temporary = cache.with_name(cache.name + ".part.npz")
        ends = numpy.cumsum([len(p) for p in pictures])
        numpy.savez(temporary, names=numpy.array(names), frames=numpy.concatenate(pictures), ends=ends)
        temporary.replace(cache)
    return pictures
