"""A voice to follow: somebody who sings or whistles a line."""

import numpy

import features


def sung(keys: list[int], seconds: float, whistled: bool, seed: int) -> numpy.ndarray:
    """Somebody who sings or whistles: a glide into each note, vibrato, breath."""
    rate, random = features.SAMPLE_RATE, numpy.random.default_rng(seed)
    length = int(seconds * rate)
    pitch = numpy.concatenate([numpy.full(length, key, float) for key in keys])
    glide = numpy.hanning(int(0.06 * rate))
    pitch = numpy.convolve(numpy.pad(pitch, len(glide) // 2, "edge"), glide / glide.sum(), "same")
    pitch = pitch[len(glide) // 2 :][: length * len(keys)]
    time = numpy.arange(len(pitch)) / rate
    hertz = 440 * 2 ** ((pitch + 0.25 * numpy.sin(2 * numpy.pi * 5.5 * time) - 69) / 12)
    phase = 2 * numpy.pi * numpy.cumsum(hertz) / rate
    if whistled:
        sound = numpy.sin(phase)
    else:
        # An "oo": harmonics under two formants.
        sound = sum(
            (numpy.exp(-(((n * hertz - 320) / 200) ** 2)) + 0.2 * numpy.exp(-(((n * hertz - 800) / 300) ** 2)) + 0.02)
            * numpy.sin(n * phase) for n in range(1, 13))
    swell = numpy.tile(numpy.minimum(1, 8 * numpy.sin(numpy.pi * (numpy.arange(length) + 0.5) / length)), len(keys))
    sound = 0.2 * swell * sound / numpy.abs(sound).max() + 0.002 * random.standard_normal(len(pitch))
    return sound.astype(numpy.float32)
