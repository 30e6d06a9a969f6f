"""Says what was measured of songs in stems, and what was to be reached."""

import numpy

STEMS = ["drums", "bass", "chords", "lead"]


def judged(rows):
    """Says all figures and their bars; 1 where one is missed."""
    missed = []

    def bar(name, value, reaches, wanted, text="{:.2f}"):
        reached = reaches(value)
        missed.append(name) if not reached else None
        print(f"{'ok  ' if reached else 'MISS'} {name}: {text.format(value)} (wanted: {wanted})")

    def gathered(key):
        return [value for row in rows for value in row[key]]

    def median(values):
        return float(numpy.median(numpy.abs(values)))

    print(f"{len(rows)} compositions")
    bar("mix − sum of stems, of 2^23", max(row["difference"] for row in rows), lambda v: v == 0, "0", "{}")
    for stem in STEMS:
        heard = [row["onsets"][stem] for row in rows if len(row["onsets"].get(stem, [])) > 2]
        own = [value for row in rows for value in row["own"].get(stem, [])]
        everything = [value for found in heard for value in found]
        if heard:
            near = sum(median(found) <= 10 for found in heard)
            print(f"     {stem}: within 10 ms (median) in {near} of {len(heard)}; all notes {numpy.median(everything):+.1f} ms, "
                  f"off by {median(everything):.1f}; the measure itself {numpy.median(own):+.1f}, off by {median(own):.1f}")
    whole_songs = [[abs(v) for found in row["onsets"].values() for v in found] for row in rows]
    print(f"     of all notes {numpy.mean(numpy.concatenate(whole_songs) <= 10):.2f} are within 10 ms")
    near = sum(numpy.median(values) <= 10 for values in whole_songs if values) / max(1, sum(bool(v) for v in whole_songs))
    bar("songs whose notes begin within 10 ms (median of all stems)", near, lambda v: v >= 0.95, "≥ 0.95")
    each = [median(found) <= 10 for row in rows for found in row["onsets"].values() if len(found) > 2]
    bar("stems whose notes begin within 10 ms (median)", numpy.mean(each), lambda v: v >= 0.95, "≥ 0.95")
    bar("bass on the root where a chord begins", numpy.mean(gathered("roots")), lambda v: v >= 0.9, "≥ 0.90")
    shares = gathered("chords")
    bar("chords of sections against real ones", numpy.mean(shares), lambda v: v >= 0.95, "≥ 0.95", "{:.3f}")
    bar("sections whose chords reach 0.95 of real", numpy.mean(numpy.array(shares) >= 0.95), lambda v: v >= 0.95, "≥ 0.95")
    if gathered("again"):
        bar("theme that comes again", numpy.mean(gathered("again")), lambda v: v >= 0.95, "≥ 0.95", "{:.3f}")
    if gathered("other"):
        bar("theme of another section", numpy.mean(gathered("other")), lambda v: v <= 0.6, "≤ 0.60", "{:.3f}")
    if gathered("colours"):
        print(f"     colour of a section that comes again: {median(gathered('colours')):.1f} dB away"
              + (f"; from other noise {median(gathered('seeds')):.1f} dB" if gathered("seeds") else ""))
    if gathered("joins"):
        jumps, dips = (numpy.array([found[place] for found in gathered("joins")]) for place in (0, 1))
        others = numpy.array([found[:2] for found in gathered("lines")]).reshape(-1, 2)
        bar("joins that click (jump over 3 × their surroundings')", numpy.mean(jumps > 3), lambda v: v == 0, "0", "{:.3f}")
        # Where notes end before a bar line, stems dip without any join, and so does another real thing than FluidR3.
        within = numpy.mean(others[:, 1] < -6) if len(others) else 0
        bar("joins that dip 6 dB more than real bar lines, over what bar lines within sections do", numpy.mean(dips < -6) - within,
            lambda v: v <= 0.05, "≤ 0.05", "{:+.3f}")
        print(f"     {len(jumps)} joins: jump {numpy.median(jumps):.2f} × in the middle, {jumps.max():.2f} × at most; "
              f"level {numpy.median(dips):+.1f} dB in the middle, dips {numpy.mean(dips < -6):.3f}")
        print(f"     {len(others)} bar lines within sections: jump over 3 × at {numpy.mean(others[:, 0] > 3):.3f}, "
              f"dips {numpy.mean(others[:, 1] < -6):.3f}")
    return 1 if missed else 0
