"""Whether a taste is learned quicker from the pairs that it asks about than from pairs by chance."""

import numpy

import listeners

PAIRS = (15, 30)


def told(clips, name, seed, actively):
    """Held-out pairs told rightly after so many pairs, for each number of PAIRS."""
    chance, utility = numpy.random.default_rng(300 + seed), clips.utilities[name]
    picks, figures = [], []
    place = {clip["name"]: n for n, clip in enumerate(clips.heard)}
    for turn in range(max(PAIRS)):
        pair = clips.question(picks) if actively else None
        shown = numpy.array([place[file] for file in pair]) if pair else chance.choice(clips.learned, 2, replace=False)
        picks.append((shown, listeners.choice(chance, utility, shown)))
        if turn + 1 in PAIRS:
            figures.append(clips.told(utility, clips.fit(picks)[1]))
    return figures


def compared(clips, names, seeds):
    """The mean over listeners and seeds of both ways, as rows of PAIRS: asked, and by chance."""
    return [
        numpy.mean([told(clips, name, seed, actively) for name in names for seed in range(seeds)], axis=0).tolist()
        for actively in (True, False)]
