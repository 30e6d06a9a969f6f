"""Listeners whose taste is known: utilities of sounds by measures that are not Hiss's (librosa's), and their choices."""

from concurrent.futures import ProcessPoolExecutor

import numpy

# Krumhansl and Kessler 1982, of C.
MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]
MINOR = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]
# How often a choice is by chance.
CARELESS = 0.15


def measures(path, prompt):
    """What a listener may care for, by name."""
    import librosa

    samples, rate = librosa.load(path, sr=22050, mono=True)
    power = numpy.abs(librosa.stft(samples)) ** 2
    onset = librosa.onset.onset_detect(y=samples, sr=rate)
    level = librosa.amplitude_to_db(librosa.feature.rms(y=samples)[0], ref=numpy.max, top_db=60)
    chroma = librosa.feature.chroma_stft(S=power, sr=rate).mean(axis=1)
    harmonic, percussive = librosa.decompose.hpss(numpy.sqrt(power))
    fits = {
        name: max(numpy.corrcoef(numpy.roll(profile, shift), chroma)[0, 1] for shift in range(12))
        for name, profile in (("major", MAJOR), ("minor", MINOR))}
    words = prompt.lower()
    tempo = next((float(part.split()[0]) for part in words.split(", ") if part.endswith(" bpm")), 0.0)
    return {
        "brightness": float(numpy.log2(librosa.feature.spectral_centroid(S=numpy.sqrt(power), sr=rate).mean() + 1)),
        "rolloff": float(numpy.log2(librosa.feature.spectral_rolloff(S=power, sr=rate, roll_percent=0.5).mean() + 1)),
        "density": len(onset) / (len(samples) / rate),
        "percussive": float(numpy.log((percussive ** 2).sum() / ((harmonic ** 2).sum() + 1e-9) + 1e-6)),
        "sustain": float((level > -25).mean()),
        "minor": 1.0 if " minor" in words else -1.0 if " major" in words else float(fits["minor"] - fits["major"]),
        "width": float(librosa.feature.spectral_bandwidth(S=numpy.sqrt(power), sr=rate).mean() / 1000),
        "dynamics": float(level.std()),
        "tempo": tempo,
        "guitar": float("guitar" in words or "banjo" in words),
        "pad": float("pad" in words),
    }


def rows(clips):
    """The measures of pairs of a file and its prompt, in their order."""
    with ProcessPoolExecutor(2) as workers:
        return list(workers.map(measures, *zip(*clips), chunksize=8))


def standard(table, of):
    """Columns of measures, in deviations of those of another table, whose mean is 0."""
    names = list(of[0])
    values = numpy.array([[row[name] for name in names] for row in table])
    reference = numpy.array([[row[name] for name in names] for row in of])
    values = (values - reference.mean(axis=0)) / (reference.std(axis=0) + 1e-9)
    return {name: values[:, n] for n, name in enumerate(names)}


def utilities(table, of=None):
    """The utility of each sound for each listener, in deviations of the sounds of another table (or this one), whose mean is 0;
    `changing` has a second one for later."""
    of = table if of is None else of
    made, later = raw(table, of)
    usual, usual_later = raw(of, of)

    def scaled(values, reference):
        return (values - reference.mean()) / (reference.std() + 1e-9)

    return ({name: scaled(values, usual[name]) for name, values in made.items()},
            {"changing": scaled(later, usual_later)})


def raw(table, reference):
    of = standard(table, reference)
    tempo = numpy.array([row["tempo"] for row in table])
    moderate = numpy.where(tempo > 0, -((numpy.log2(numpy.maximum(tempo, 1) / 105) / 0.45) ** 2), -1.0)
    dark = -of["brightness"] - 0.8 * of["density"]
    made = {
        "dark and sparse": dark,
        "fast, bright, percussive": 0.6 * of["tempo"] + of["brightness"] + of["percussive"] + 0.5 * of["density"],
        "minor, legato, low": of["minor"] + 0.8 * of["sustain"] - of["rolloff"],
        "wide and roomy": of["width"] + 0.7 * of["sustain"] - 0.5 * of["dynamics"],
        "guitars, no pads": 2 * of["guitar"] - of["pad"] + 0.3 * of["dynamics"],
        "moderate tempo": moderate,
        "changing": dark,
        "random": numpy.zeros(len(table)),
    }
    return made, of["brightness"] + of["density"] + 0.3 * of["percussive"]


def choice(chance, utility, shown):
    """Which of those shown a listener picks."""
    if chance.random() < CARELESS or not utility.any():
        return int(chance.integers(len(shown)))
    return int(numpy.argmax(utility[shown]))
