"""Lets sfizz play an SFZ file (pysfizz, of PyPI)."""

import time

import numpy


def available():
    try:
        import pysfizz  # noqa: F401
    except ImportError:
        return False
    return True


def played(path, notes, rate=44100):
    """What each of some notes (key, velocity, seconds held, seconds) sounds like, one channel of it."""
    import pysfizz

    synth = pysfizz.Synth(rate, 64)
    if not synth.load_sfz_file(path):
        raise SystemExit(f"check-instrument: sfizz does not read {path}")
    sounds = []
    for key, velocity, held, seconds in notes:
        # sfizz reads all but the beginning of a sample on a thread of its own, and plays silence where that is late.
        tries = []
        for _ in range(3):
            tries.append(numpy.array(synth.render_note(key, velocity, held, seconds)[0]))
            time.sleep(0.02)
        sounds.append(max(tries, key=lambda sound: float((sound**2).sum())))
    return sounds
