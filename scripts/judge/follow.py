"""Whether clips follow a line that is sung or whistled."""

import numpy
import soundfile

import features
import measures
import voice
from player import Player

PROMPTS = ("solo violin melody", "flute melody", "trumpet melody", "clarinet melody", "saw lead melody", "choir melody")


def measure(player: Player, count: int) -> dict:
    """In how many notes of a line the loudest pitch class is the one that was sung; the same of the line itself."""
    right, itself = [], []
    for seed in range(count):
        random = numpy.random.default_rng(seed)
        steps = numpy.clip(random.choice([-2, -1, 1, 2], 8).cumsum() + 4, 0, 11)
        scale = numpy.array([0, 2, 4, 5, 7, 9, 11])
        base = 52 if seed % 2 == 0 else 64
        keys = [int(base + seed % 12 + 12 * (s // 7) + scale[s % 7]) for s in steps]
        line = voice.sung(keys, 0.5, seed % 2 == 1, seed)
        path = player.path()
        soundfile.write(path, line, features.SAMPLE_RATE)
        made = player.play(PROMPTS[seed % len(PROMPTS)], "--follow", path, "--duration", 4, "--seed", seed)
        for samples, found in ((made, right), (line, itself)):
            for number, key in enumerate(keys):
                part = samples[int((0.5 * number + 0.06) * features.SAMPLE_RATE) :][: int(0.4 * features.SAMPLE_RATE)]
                shares = [measures.pitch_share(part, frozenset([p])) for p in range(12)]
                found.append(int(numpy.argmax(shares)) == key % 12)
    return {"clips": count, "made": float(numpy.mean(right)), "real": float(numpy.mean(itself))}
