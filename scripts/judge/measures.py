"""Plain measurements of sound: pitch classes, blur, level, silence."""

import re

import numpy

import features

SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
MODES = {
    "major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10), "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10), "phrygian": (0, 1, 3, 5, 7, 8, 10), "lydian": (0, 2, 4, 6, 7, 9, 11),
}
# Semitones above the root, by the qualities of the program's chord names.
CHORDS = {
    "": (0, 4, 7), "m": (0, 3, 7), "dim": (0, 3, 6), "aug": (0, 4, 8), "5": (0, 7), "sus2": (0, 2, 7),
    "sus4": (0, 5, 7), "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9), "7": (0, 4, 7, 10), "maj7": (0, 4, 7, 11),
    "m7": (0, 3, 7, 10), "mmaj7": (0, 3, 7, 11), "m7b5": (0, 3, 6, 10), "dim7": (0, 3, 6, 9),
    "7sus4": (0, 5, 7, 10), "add9": (0, 2, 4, 7), "madd9": (0, 2, 3, 7), "9": (0, 2, 4, 7, 10),
    "maj9": (0, 2, 4, 7, 11), "m9": (0, 2, 3, 7, 10),
}


def root(name: str) -> tuple[int, str]:
    """The pitch class that a name begins with, and the rest of the name."""
    accidental = name[1:2] if name[1:2] in ("#", "b") else ""
    return (SEMITONES[name[0].upper()] + {"#": 1, "b": -1, "": 0}[accidental]) % 12, name[1 + len(accidental) :]


def chord_pitches(name: str) -> frozenset[int]:
    """The pitch classes of a chord, without its bass."""
    base, rest = root(name.split("/")[0])
    return frozenset((base + interval) % 12 for interval in CHORDS[rest])


def asked_pitches(caption: str, labels: dict) -> tuple[str, frozenset[int]] | None:
    """What a caption says of pitch, most exact first: ("note" | "chord" | "chords" | "key", pitch classes)."""
    if labels["kind"] == "note":
        note = re.search(r"\b([A-Ga-g][#b]?)-?\d\b", caption)
        return ("note", frozenset([root(note[1])[0]])) if note else None
    names = list(dict.fromkeys(chord["name"] for chord in labels["chords"]))
    if names and (labels["kind"] == "chord" or all(_says(caption, name) for name in names)):
        pitches = set()
        for name in names:
            pitches |= chord_pitches(name)
        return "chord" if len(names) == 1 else "chords", frozenset(pitches)
    if labels.get("key"):
        base, _ = root(labels["key"])
        tonic, mode = labels["key"].split()
        short = {"major": f"in {tonic}", "minor": f"{tonic}m"}.get(mode)
        if _says(caption, labels["key"]) or (short and _says(caption, short)):
            return "key", frozenset((base + interval) % 12 for interval in MODES[mode])
    return None


def _says(caption: str, name: str) -> bool:
    """Whether the caption has the name as a word of its own; the article is not the chord of A."""
    if caption == caption.lower():
        if name in ("A", "in A"):
            return False
        name = name.lower()
    words = caption[2:] if caption.startswith("A ") else caption
    return re.search(r"(?<![\w#])" + re.escape(name) + r"(?![\w#])", words) is not None


def pitch_share(samples: numpy.ndarray, pitches: frozenset[int]) -> float:
    """The share of the energy from 60 Hz to 2 kHz that lies nearest to the pitch classes."""
    length = 8192
    energy = features.power_frames(samples, length, 2048).sum(axis=0)
    hertz = numpy.arange(length // 2 + 1) * features.SAMPLE_RATE / length
    inside = (hertz >= 60) & (hertz <= 2000)
    classes = numpy.round(69 + 12 * numpy.log2(hertz[inside] / 440)).astype(int) % 12
    total = energy[inside].sum()
    return float(energy[inside][numpy.isin(classes, list(pitches))].sum() / total) if total > 0 else 0.0


def decibels(power: float) -> float:
    return 10 * float(numpy.log10(max(power, 1e-12)))


def pitch_share_of_spans(samples: numpy.ndarray, spans: list[tuple[float, float, frozenset[int]]]) -> float:
    """The share of the energy that lies on the pitch classes asked for, of spans in which any are; 0 where it is silent."""
    parts, lengths = [], []
    for start, end, pitches in spans:
        part = samples[int(start * features.SAMPLE_RATE) : int(end * features.SAMPLE_RATE)]
        if len(part) > features.SAMPLE_RATE // 10:
            is_silent = decibels(float(numpy.mean(part**2))) < -60
            parts.append(0.0 if is_silent else pitch_share(part, pitches))
            lengths.append(len(part))
    return float(numpy.average(parts, weights=lengths)) if parts else 0.0


def level_facts(samples: numpy.ndarray) -> dict:
    """Level in dBFS over the tenths of a second within 25 dB of the loudest; begin and end; silent or clipped.

    `start`: seconds until a hundredth of a second is within 30 dB of the loudest.
    """
    tenth = features.SAMPLE_RATE // 10
    powers = [float(numpy.mean(samples[i : i + tenth] ** 2)) for i in range(0, len(samples), tenth)]
    loudest = max(powers)
    sounding = [p for p in powers if p > loudest * 0.00316]
    # Where the sound falls for good 40 dB below its loudest, as a share of the clip.
    audible = [i for i, p in enumerate(powers) if p > loudest * 1e-4]
    hundredth = features.SAMPLE_RATE // 100
    blocks = [float(numpy.mean(samples[i : i + hundredth] ** 2)) for i in range(0, len(samples), hundredth)]
    begun = next((i for i, p in enumerate(blocks) if p > max(blocks) * 1e-3), 0)
    return {
        "start": begun / 100,
        "level": decibels(sum(sounding) / len(sounding)) if sounding else -120.0,
        "silent": decibels(loudest) < -60,
        "clipped": int(numpy.sum(numpy.abs(samples) >= 0.999)) > 3,
        "end": (audible[-1] + 1) / len(powers) if audible else 0.0,
    }


def blur_facts(samples: numpy.ndarray, picture: numpy.ndarray) -> dict:
    """Whiteness and contrast.

    `flatness`: the geometric over the arithmetic mean of power, 60 Hz to 8 kHz, in dB, averaged over frames within
    40 dB of the loudest; noise gives about −2.5, a tone far less. `detail` and `attack`: the mean step between
    neighbouring bands, and the mean rise from frame to frame, of a log-mel picture floored at −60 dB; blur lowers both.
    """
    power = features.power_frames(samples, 2048, 1024)
    hertz = numpy.arange(power.shape[1]) * features.SAMPLE_RATE / 2048
    power = power[:, (hertz >= 60) & (hertz <= 8000)]
    level = power.mean(axis=1)
    loud = power[level > max(level.max() * 1e-4, 1e-12)]
    flatness = -120.0
    if len(loud):
        loud = numpy.maximum(loud, 1e-10)
        flatness = float(numpy.mean(10 * numpy.log10(loud).mean(axis=1) - 10 * numpy.log10(loud.mean(axis=1))))
    clear = numpy.maximum(picture.astype(numpy.float32), -60)
    return {
        "flatness": flatness,
        "detail": float(numpy.abs(numpy.diff(clear, axis=1)).mean()),
        "attack": float(numpy.maximum(numpy.diff(clear, axis=0), 0).mean()) if len(clear) > 1 else 0.0,
        "motion": motion(clear),
    }


def motion(clear: numpy.ndarray) -> float:
    """How far bands of a log-mel picture, floored at −60 dB, move, each for itself, 7 to 16 times a second: the root mean square in dB.

    Vibrato, beating strings and breath are there; what moves up and down together is taken out. A clip that is shorter
    than a half second has none.
    """
    length = 24
    around = numpy.stack([numpy.convolve(frame, numpy.ones(17) / 17, "same") for frame in clear])
    window = numpy.hanning(length + 1)[:-1, None]
    rates = numpy.fft.rfftfreq(length, features.HOP_LENGTH / features.SAMPLE_RATE)
    powers = []
    for start in range(0, len(clear) - length + 1, length // 2):
        heard = clear[start : start + length].mean(axis=0) > -55
        own = (clear - around)[start : start + length, heard]
        spectrum = numpy.abs(numpy.fft.rfft((own - own.mean(axis=0)) * window, axis=0)) ** 2
        powers.append(spectrum[(rates >= 7) & (rates <= 16)].sum(axis=0) * 2 / (length * (window**2).sum()))
    powers = numpy.concatenate(powers) if powers else numpy.zeros(1)
    return float(numpy.sqrt(powers.mean())) if powers.size else 0.0


def seam_ratio(samples: numpy.ndarray, patch_length: int, hop: int) -> float:
    """How much more changes between frames where the network's patches meet than within them; about 1 without seams."""
    power = features.power_frames(samples, 4 * hop, hop)[:, : 4 * hop // 3]
    level = 10 * numpy.log10(numpy.maximum(power, 1e-9))
    steps = numpy.abs(numpy.diff(numpy.maximum(level, level.max() - 70), axis=0)).mean(axis=1)
    at_seam = numpy.arange(len(steps)) % patch_length == patch_length - 1
    within = steps[~at_seam].mean() if (~at_seam).any() else 0.0
    return float(steps[at_seam].mean() / within) if at_seam.any() and within > 0 else 1.0
