"""How well clips keep to the key that was asked for, as the judge measures it (docs/judge.md)."""

import re
import sys
from pathlib import Path

import numpy

sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "judge"))


def pitches(files, prompts):
    """The mean share of energy, of clips whose prompt names a key, that lies on the pitch classes of its scale."""
    import features
    import measures

    shares = []
    for file, prompt in zip(files, prompts):
        key = re.search(r"\b([A-G][b#]?) (major|minor)\b", prompt)
        if key is None:
            continue
        tonic, _ = measures.root(key[1])
        scale = frozenset((tonic + step) % 12 for step in measures.MODES[key[2]])
        shares.append(measures.pitch_share(features.read(file), scale))
    return float(numpy.mean(shares))
