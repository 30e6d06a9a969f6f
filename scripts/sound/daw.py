"""Has LMMS play a loop and stems at their tempo; scripts/check-daw runs it and says how."""

import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy

from clips import read

RATE = 44100
TICKS = 192  # Of a bar of four quarters.
PROJECT = """<?xml version="1.0"?>
<!DOCTYPE lmms-project>
<lmms-project version="1.0" type="song" creator="LMMS" creatorversion="1.2.2">
  <head bpm="{tempo}" timesig_numerator="4" timesig_denominator="4" mastervol="100" masterpitch="0"/>
  <song><trackcontainer type="song">{tracks}</trackcontainer></song>
</lmms-project>
"""
TRACK = """<track type="2" name="{number}" muted="0" solo="0"><sampletrack vol="100" pan="0"/>{clips}</track>"""
CLIP = """<sampletco pos="{at}" len="{ticks}" muted="0" src="{path}"/>"""


def rendered(folder, tempo, tracks):
    """What LMMS makes of tracks of (path, first bar, bars)."""
    project, out = os.path.join(folder, "project.mmp"), os.path.join(folder, "out.wav")
    text = "".join(
        TRACK.format(number=number, clips="".join(
            CLIP.format(at=round(TICKS * first), ticks=round(TICKS * bars), path=path) for path, first, bars in clips))
        for number, clips in enumerate(tracks))
    with open(project, "w") as file:
        file.write(PROJECT.format(tempo=tempo, tracks=text))
    command = ["lmms", "--allowroot", "render", project, "--output", out, "--format", "wav", "--samplerate", "44100"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": folder}
    result = subprocess.run(command, capture_output=True, text=True, env=environment)
    if not os.path.exists(out):
        sys.exit(f"check-daw: LMMS made nothing: {result.stderr.strip()[-400:]}")
    return read(out)[0]


def apart(found, wanted, pieces):
    """The samples by which the latest piece of what was rendered is late, and how far all is from what was wanted, in decibels
    of that: below 2 kHz, at the fraction of a sample that fits best, as LMMS reads between samples."""
    count = min(len(found), len(wanted))
    hertz = numpy.fft.rfftfreq(count, 1 / RATE)
    one, other = [numpy.fft.rfft(samples[:count]) * (hertz < 2000) for samples in (found, wanted)]
    fractions = numpy.arange(-1, 1.01, 0.25)
    errors = [(numpy.abs(one - other * numpy.exp(-2j * numpy.pi * hertz * late / RATE)) ** 2).sum() for late in fractions]
    best = int(numpy.argmin(errors))
    late, first, second = [], numpy.fft.irfft(one, count), numpy.fft.irfft(other, count)
    for piece in numpy.array_split(numpy.arange(count), pieces):
        product = [(first[piece][20 + shift : len(piece) - 20 + shift] * second[piece][20:-20]).sum() for shift in range(-20, 21)]
        late.append(int(numpy.argmax(product)) - 20)
    return max(late, key=abs), 10 * numpy.log10(errors[best] / (numpy.abs(other) ** 2).sum() + 1e-18)


def hiss(*words):
    done = subprocess.run([os.environ["HISS"], *words], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"check-daw: {done.stderr.strip()}")
    return done.stdout


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        clips = os.path.join(folder, "clips")
        hiss("generate", "rock drum beat, 120 bpm", "--bars", "2", "--loop", "--seed", "1", "--draft", "--output", clips + "/")
        path = glob.glob(clips + "/*.wav")[0]
        tempo = int(re.search(r"_(\d+)bpm", path).group(1))
        loop = read(path)[0]
        found = rendered(folder, tempo, [[(path, 2 * turn, 2) for turn in range(3)]])
        shift, error = apart(found, numpy.tile(loop, 3), 6)
        failures += abs(shift) > 4 or error > -30
        print(f"a loop of two bars, three times at the {tempo} bpm of its name: {shift} samples late, {error:.0f} dB from three of it")
        song = json.loads(hiss(
            "idea", "funk, 104 bpm", "--stems", "--form", "A4 B4", "--seed", "2", "--draft", "--json", "--output", os.path.join(folder, "song")))[0]
        bars = song["bars"]
        found = rendered(folder, round(song["bpm"]), [[(path, 0, bars)] for path in song["stems"].values()])
        shift, error = apart(found, read(song["mix"])[0], bars)
        failures += abs(shift) > 4 or error > -30
        print(f"four stems of {bars} bars at {song['bpm']:g} bpm: {shift} samples late, {error:.0f} dB from the mix")
    print("as asked for" if not failures else f"check-daw: {failures} not as asked for")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
