"""Lets sfizz play an SFZ file (pysfizz, of PyPI)."""

import numpy


def available():
    try:
        import pysfizz  # noqa: F401
    except ImportError:
        return False
    return True


def played(path, notes, rate=44100):
    """What each of some notes (key, velocity, seconds held, seconds) sounds like, one channel of it; each take of a round robin in
    its turn."""
    import pysfizz

    synth = pysfizz.Synth(rate, 64)
    if not synth.load_sfz_file(path):
        raise SystemExit(f"check-instrument: sfizz does not read {path}")
    sounds = []
    for key, velocity, held, seconds in notes:
        sounds.append(numpy.array(synth.render_note(key, velocity, held, seconds)[0]))
    return sounds
