"""What the judge prints: tables, and the figures behind them."""

import numpy

import bench


def share(flags: list[bool]) -> float:
    """How many of them hold, 0 to 1; not a number where there are none."""
    return float(numpy.mean(flags)) if flags else float("nan")


def table(title: str, header: list[str], rows: list[list]) -> str:
    """Rows in columns, the first to the left."""
    def text(value) -> str:
        return f"{value:.2f}" if isinstance(value, float) else str(value)

    cells = [header] + [[text(v) for v in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = [f"{title}"]
    for row in cells:
        lines.append("  " + row[0].ljust(widths[0]) + "".join("  " + v.rjust(w) for v, w in zip(row[1:], widths[1:])))
    return "\n".join(lines) + "\n"


def percent(value: float) -> str:
    return "–" if numpy.isnan(value) else f"{100 * value:.1f} %"


def recognition(all_verdicts: list[bench.Verdicts]) -> tuple[str, dict]:
    """Instruments, families and confusions: in words, and in figures."""
    names = [v.name for v in all_verdicts]
    clips = all_verdicts[0].clips
    real = share(all_verdicts[0].right)
    rows = [
        ["instrument", *(percent(share(v.right)) for v in all_verdicts)],
        ["the same / real", *(percent(share(v.right) / real if real > 0 else numpy.nan) for v in all_verdicts)],
        ["among the first three", *(percent(share(v.top3)) for v in all_verdicts)],
        ["family", *(percent(share(v.family)) for v in all_verdicts)],
    ]
    text = table(f"Recognised as what was asked for, {len(clips)} prompts", ["", *names], rows)
    rows, families = [], {}
    for family in sorted({clip.family for clip in clips}):
        inside = [i for i, clip in enumerate(clips) if clip.family == family]
        shares = [share([v.right[i] for i in inside]) for v in all_verdicts]
        families[family] = dict(zip(names, shares)) | {"prompts": len(inside)}
        rows.append([family, len(inside), *map(percent, shares)])
    text += "\n" + table("Instrument, by family", ["", "prompts", *names], rows)
    for verdicts in all_verdicts[1:]:
        listed = [f"{a} heard as {b}" + (f" ({n})" if n > 1 else "") for a, b, n in verdicts.confusions()[:12]]
        text += f"\nConfused, {verdicts.name}: {'; '.join(listed) or 'nothing'}\n"
    numbers = {
        v.name: {"instrument": share(v.right), "top3": share(v.top3), "family": share(v.family)} for v in all_verdicts
    }
    return text, {"accuracy": numbers, "families": families}


def pitch(facts: dict[str, list[dict]]) -> tuple[str, dict]:
    """Energy on the pitch classes asked for, and what the generated clips have of the vocoded ones'."""
    names = list(facts)
    asked = [f.get("asked") for f in facts[names[0]]]
    rows, numbers = [], {name: {} for name in names}
    kinds = {"note": "a note", "chord": "a chord", "chords": "several chords", "key": "a key only", "all": "all"}
    for kind, label in kinds.items():
        inside = [i for i, kind_asked in enumerate(asked) if kind_asked and kind in (kind_asked, "all")]
        if not inside:
            continue
        means = {n: float(numpy.mean([facts[n][i]["pitch"] for i in inside])) for n in names}
        chance = float(numpy.mean([facts[names[0]][i]["chance"] for i in inside]))
        ratios = [f"{means[n] / means['vocoded']:.3f}" for n in names[2:]]
        rows.append([label, len(inside), chance, *means.values(), *ratios])
        for name, value in means.items():
            numbers[name][f"pitch_{kind}"] = value
    title = "Energy on the pitch classes asked for, 60 Hz–2 kHz, by what the prompt names"
    return table(title, ["", "prompts", "chance", *names, *(f"{n} / vocoded" for n in names[2:])], rows), numbers


def sound(facts: dict[str, list[dict]]) -> tuple[str, dict]:
    """The means of the plain measurements: in words, and in figures."""
    names = list(facts)
    text, numbers = pitch(facts)
    rows = []
    for key, label in (
        ("level", "level while it sounds, dBFS"), ("flatness", "spectral flatness, dB"),
        ("detail", "step from band to band, dB"), ("attack", "rise from frame to frame, dB"),
        ("motion", "motion of single bands at 7 to 16 Hz, dB"),
        ("seams", "change at the seams of patches, ratio"), ("start", "silence before the first sound, s"),
        ("end", "sounding until, share of the clip"),
    ):
        means = [float(numpy.mean([f[key] for f in facts[n]])) for n in names]
        rows.append([label, *means])
        for name, value in zip(names, means):
            numbers[name][key] = value
    for key in ("silent", "clipped"):
        counts = [sum(f[key] for f in facts[n]) for n in names]
        rows.append([f"{key} clips", *counts])
        for name, value in zip(names, counts):
            numbers[name][key] = value
    return text + "\n" + table("Sound, means", ["", *names], rows), numbers


def broken(facts: list[dict]) -> str:
    """How many of all the clips that the model made are no result at all."""
    silent, clipped = (sum(fact[key] for fact in facts) for key in ("silent", "clipped"))
    return f"Of {len(facts)} clips made, {silent} are silent and {clipped} clipped\n"
