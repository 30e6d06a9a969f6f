"""How much clips of one prompt differ: the mean distance of their log-mel means and deviations, in decibels."""

import numpy


def picture(path):
    import librosa

    samples, rate = librosa.load(path, sr=22050, mono=True)
    level = librosa.power_to_db(librosa.feature.melspectrogram(y=samples, sr=rate, n_mels=40), top_db=60)
    return numpy.concatenate([level.mean(axis=1) - level.max(), level.std(axis=1)])


def within(paths, count):
    """Over groups of so many neighbouring files."""
    pictures = numpy.array([picture(path) for path in paths])
    groups = pictures.reshape(-1, count, pictures.shape[1])
    pairs = [(i, j) for i in range(count) for j in range(i)]
    return float(numpy.mean([numpy.linalg.norm(group[i] - group[j]) / len(group[i]) ** 0.5 for group in groups for i, j in pairs]))
