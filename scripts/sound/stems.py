"""Measures songs in stems; scripts/check-stems runs it and says how."""

import argparse
import json
import os
import subprocess
import sys
import tempfile

import numpy

from onsets import delays, strokes
from pitchclass import lowest, whole
from scores import events, programs, real
from songs import colour, fit, join, likeness, theme
from verdict import judged

PROMPTS = [
    "funk, 104 bpm", "lofi, melancholic", "techno", "calm piano ballad", "jazz guitar", "sad waltz", "synthwave, 100 bpm",
    "happy reggae", "rock, fast", "bossa nova",
]
FORMS = ["AABA", "verse 4 chorus 4 verse 4 chorus 4", "ABAC", "intro 2 verse 4 chorus 4 verse 4 outro 2"]
STEMS = ["drums", "bass", "chords", "lead"]
RATE = 44100
OWN_ERROR = 0.007


def made(number, options, folder):
    """What hiss says of a song; every fourth is a prompt of hiss generate."""
    prompt, form = options.prompt or PROMPTS[number % len(PROMPTS)], options.form or FORMS[number // 3 % len(FORMS)]
    command = [os.environ["HISS"], *(["generate", prompt, "--stems", ",".join(STEMS)] if number % 4 == 3 else ["idea", prompt, "--stems"])]
    if not options.plain:
        command += ["--form", form, "--bars", "4"]
    command += ["--seed", str(options.seed + number), "--json", "--output", os.path.join(folder, str(number))]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        sys.exit(result.stderr)
    return json.loads(result.stdout)[0]


def measured(song, folder, timbre):
    """All figures of one song."""
    beat, bar = 60 / song["bpm"], {"3/4": 3}.get(song["timeSignature"], 4)
    mix, parts = whole(song["mix"]), {stem: whole(path) for stem, path in song["stems"].items()}
    row = {"difference": int(numpy.abs(mix - sum(parts.values())).max()), "onsets": {}, "own": {}, "joins": [], "lines": []}
    sounds, reals, scores = {}, {}, {}
    for stem, samples in parts.items():
        path = os.path.join(os.path.dirname(song["mix"]), stem + ".mid")
        notes, _ = events(path)
        kit = stem == "drums"
        rendered = os.path.join(folder, "real.mid")
        program = 0 if kit else programs(path)[0]
        sounds[stem], scores[stem] = samples / 2**23, notes
        reals[stem] = real(rendered, notes, beat, program, 9 if kit else 0)[: len(samples)]
        reals[stem] = numpy.pad(reals[stem], (0, len(samples) - len(reals[stem])))
        times = sorted({start * beat for start, *_ in notes})
        if kit:
            row["onsets"][stem], row["own"][stem] = strokes(sounds[stem], times).tolist(), strokes(reals[stem], times).tolist()
            continue
        row["onsets"][stem] = delays(sounds[stem], reals[stem], times).tolist()
        # The measure's own error: the same notes otherwise played, and later by as much as is known.
        other = real(rendered, notes, beat, program, softer=25, late=OWN_ERROR, reverb=True)
        row["own"][stem] = (delays(other, reals[stem], times) - 1000 * OWN_ERROR).tolist()
    _, markers = events(os.path.join(os.path.dirname(song["mix"]), "idea.mid"))
    sections = [(s["name"], (s["firstBar"] - 1) * bar, s["bars"] * bar) for s in song["sections"]]
    row["roots"] = roots(sounds, scores, markers, sections, beat)
    row["chords"] = chords(sounds, reals, scores, markers, sections, beat)
    row["again"], row["other"] = themes(sounds, scores, sections, beat)
    row["colours"], row["seeds"] = colours(song, sounds, sections, beat, folder, timbre)
    lines = numpy.arange(bar, len(mix) / RATE / beat - 0.01, bar)
    starts = [start for _, start, _ in sections[1:]]
    for stem in sounds.keys() - {"drums"}:
        for line in lines:
            found = join(sounds[stem], reals[stem], line * beat)
            kind = "joins" if any(abs(line - start) < 0.01 for start in starts) else "lines"
            row[kind] += [[*found, stem, float(line)]] if found else []
    return row


def changes(markers, sections):
    """Where chords begin."""
    names = {name for name, *_ in sections}
    return sorted({beat for beat, text in markers if text not in names} | {start for _, start, _ in sections})


def roots(sounds, scores, markers, sections, beat):
    """Whether the bass sounds what it should where a chord begins; its key says what, and tests hold that to the root."""
    found = []
    starts = [start for start, *_ in scores.get("bass", [])]
    for change in changes(markers, sections):
        here = [key for start, _, key, _ in scores.get("bass", []) if abs(start - change) < 0.02]
        if here:
            length = min(1, min([start for start in starts if start > change + 0.02], default=change + 1) - change) * beat
            part = sounds["bass"][int(change * beat * RATE) : int((change * beat + max(length, 0.25)) * RATE)]
            found.append(bool(lowest(part, RATE) == here[0] % 12))
    return found


def chords(sounds, reals, scores, markers, sections, beat):
    """Of each section how well its chords are heard, as a share of how well they are in the real thing."""
    if "chords" not in sounds:
        return []
    places = changes(markers, sections) + [len(sounds["chords"]) / RATE / beat]
    pair = [sum(group[stem] / max(numpy.abs(group[stem]).max(), 1e-9) for stem in group if stem in ("bass", "chords")) for group in (sounds, reals)]
    shares = []
    for _, start, length in sections or [("", 0, places[-1])]:
        scored = []
        for first, last in zip(places, places[1:]):
            tones = {key % 12 for begins, _, key, _ in scores["chords"] if first - 0.02 <= begins < last - 0.02}
            if start - 0.02 <= first < start + length - 0.02 and len(tones) > 1:
                scored.append([fit(sound[int(first * beat * RATE) : int(last * beat * RATE)], tones) for sound in pair])
        if scored:
            own, other = numpy.mean(scored, axis=0)
            shares.append(own / other)
    return shares


def themes(sounds, scores, sections, beat):
    """How like the first section its later ones are, and how like it the others are."""
    heard = [(name, theme(sounds["lead"], start, length, beat)) for name, start, length in sections
             if "lead" in sounds and sum(start <= begins < start + length for begins, *_ in scores["lead"]) > 4]
    same, other = [], []
    for place, (name, first) in enumerate(heard):
        for later, second in heard[place + 1 :]:
            (same if later == name else other).append(likeness(first, second))
    return same, other


def colours(song, sounds, sections, beat, folder, timbre):
    """Decibels between the colours of a section and of its second time, and of the same section from other noise."""
    same, other = [], []
    for stem in sounds:
        place = {}
        for name, start, length in sections:
            part = sounds[stem][int(start * beat * RATE) : int((start + length) * beat * RATE)]
            if stem == "drums" or numpy.abs(part).max() < 1e-2:
                continue
            if name in place:
                same.append(float(numpy.abs(colour(part) - place[name][0]).mean()))
            else:
                place[name] = (colour(part), start, length)
        seconds = (sections[-1][1] if sections else 0) * beat
        if not timbre or stem == "drums" or not place or seconds > 110:
            continue
        clip = os.path.join(folder, "other.wav")
        midi = os.path.join(os.path.dirname(song["mix"]), stem + ".mid")
        command = [os.environ["HISS"], "generate", song["prompts"][stem], "--midi", midi, "--duration", str(seconds), "--seed"]
        subprocess.run([*command, str(song["seed"] + 1000), "--no-trim", "--novelty", "0", "--force", "--output", clip], check=True, capture_output=True)
        samples = whole(clip) / 2**23
        for first, start, length in list(place.values())[:1]:
            part = samples[int(start * beat * RATE) : int((start + length) * beat * RATE)]
            other.append(float(numpy.abs(colour(part) - first).mean()))
    return same, other


def main():
    parser = argparse.ArgumentParser(prog="scripts/check-stems")
    parser.add_argument("--ideas", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--prompt", help="of all songs, instead of ten")
    parser.add_argument("--form", help="of all songs, instead of four; 4 bars where it says none")
    parser.add_argument("--plain", action="store_true", help="without a form")
    parser.add_argument("--timbre", type=int, default=0, help="compare so many songs with ones from other noise")
    parser.add_argument("--json", help="also write all figures to this file")
    parser.add_argument("--folder", help="keep songs and figures there; what is there is not made again")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(options.ideas):
            rows.append(figures(number, options, options.folder or temporary))
            if options.json:
                with open(options.json, "w") as file:
                    json.dump(rows, file, indent=2)
    sys.exit(judged(rows))


def figures(number, options, folder):
    """The figures of one song, made where it is not there."""
    own, said = os.path.join(folder, str(number)), os.path.join(folder, f"{number}.json")
    measures = os.path.join(folder, f"{number}-figures.json")
    if os.path.exists(measures):
        return json.load(open(measures))
    if not os.path.exists(said):
        subprocess.run(["rm", "-rf", own], check=True)
        os.makedirs(folder, exist_ok=True)
        song = made(number, options, folder)
        with open(said, "w") as file:
            json.dump(song, file)
    song = json.load(open(said))
    row = {"prompt": options.prompt or PROMPTS[number % len(PROMPTS)], "prompts": song["prompts"], "seconds": song["seconds"]}
    row |= measured(song, folder, number < options.timbre)
    if options.folder:
        with open(measures, "w") as file:
            json.dump(row, file)
    else:
        subprocess.run(["rm", "-rf", own, said], check=True)
    return row


if __name__ == "__main__":
    main()
