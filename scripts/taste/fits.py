"""How well picks are told that a taste was not fitted on."""

import numpy

PICKS = (20, 60, 200)


def learned(clips, seeds):
    table = {}
    for name, utility in clips.utilities.items():
        # `changing` likes the same as another until her mind changes, and is measured by herself.
        if not utility.any() or name == "changing":
            continue
        rows = []
        for seed in range(seeds):
            chance, picks, row = numpy.random.default_rng(seed), [], {}
            for count in PICKS:
                picks += [clips.pick(chance, utility) for _ in range(count - len(picks))]
                told, score = clips.fit(picks)
                row[count] = {"told": clips.told(utility, score), "best": clips.best(utility, score), "learned": told["isLearned"]}
            rows.append(row)
        table[name] = {count: {key: float(numpy.mean([row[count][key] for row in rows])) for key in ("told", "best", "learned")}
                       for count in PICKS}
        print(f"{name:>26}: " + "; ".join(
            f"{count} picks {value['told']:.3f}, best of eight {value['best']:+.2f}" for count, value in table[name].items()), flush=True)
    return table


def changed(clips, seeds):
    """Held-out pairs before a mind changes, and after so many further picks: the most that it has lost after 60."""
    losses = []
    for seed in range(seeds):
        chance = numpy.random.default_rng(50 + seed)
        first, later = clips.utilities["changing"], clips.later["changing"]
        picks = [clips.pick(chance, first) for _ in range(60)]
        before = clips.told(first, clips.fit(picks)[1])
        picks += [clips.pick(chance, later) for _ in range(60)]
        losses.append(before - clips.told(later, clips.fit(picks)[1]))
    return float(numpy.mean(losses))


def believed(clips, count):
    """The share of listeners who pick by chance that are believed all the same, over all numbers of picks."""
    wrong = []
    for seed in range(count):
        chance, picks = numpy.random.default_rng(1000 + seed), []
        for wanted in PICKS:
            picks += [clips.pick(chance, clips.utilities["random"]) for _ in range(wanted - len(picks))]
            wrong.append(clips.fit(picks)[0]["isLearned"])
    return float(numpy.mean(wrong))


def fit_seconds(clips):
    chance = numpy.random.default_rng(7)
    picks = [clips.pick(chance, clips.utilities["guitars, no pads"]) for _ in range(500)]
    return min(clips.fit(picks)[0]["fitSeconds"] for _ in range(15))
