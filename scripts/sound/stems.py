"""Measures ideas with stems; scripts/check-stems runs it and says how."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import wave

import numpy

PROMPTS = [
    "funk, 104 bpm", "lofi, melancholic", "techno", "calm piano ballad", "jazz guitar", "sad waltz", "synthwave, 100 bpm",
    "happy reggae", "rock, fast", "bossa nova",
]
STEMS = ["drums", "bass", "chords", "lead"]


def whole(path):
    """The samples of a file of 24 bits as integers, and its rate."""
    with wave.open(path) as file:
        raw = numpy.frombuffer(file.readframes(file.getnframes()), dtype=numpy.uint8).reshape(-1, 3)
        padded = numpy.zeros((len(raw), 4), dtype=numpy.uint8)
        padded[:, 1:] = raw
        return padded.view("<i4")[:, 0].astype(numpy.int64) >> 8, file.getframerate()


def notes(path):
    """Beginnings of the notes of a file of ours, in quarter notes, with their keys."""
    data = open(path, "rb").read()
    division, place, found = int.from_bytes(data[12:14], "big"), 14, []
    while place < len(data):
        end = place + 8 + int.from_bytes(data[place + 4 : place + 8], "big")
        place, tick, status = place + 8, 0, 0

        def number():
            nonlocal place
            value = 0
            while True:
                byte = data[place]
                place += 1
                value = value << 7 | byte & 127
                if byte < 128:
                    return value

        while place < end:
            tick += number()
            if data[place] >= 128:
                status = data[place]
                place += 1
            if status == 0xFF:
                place += 1
                length = number()
                place += length
            elif status in (0xF0, 0xF7):
                length = number()
                place += length
            else:
                length = 1 if (status & 0xF0) in (0xC0, 0xD0) else 2
                if (status & 0xF0) == 0x90 and data[place + 1]:
                    found.append((tick / division, data[place]))
                place += length
        place = end
    return sorted(found)


def onsets(samples, rate, times):
    """How many milliseconds from each time the level rises most, within 60 ms; nothing where it hardly rises."""
    hop = rate // 500
    count = len(samples) // hop
    levels = 10 * numpy.log10((samples[: count * hop].reshape(count, hop) ** 2).mean(axis=1) + 1e-9)
    smooth = numpy.convolve(levels, numpy.ones(5) / 5, "same")
    rise = numpy.zeros(count)
    rise[4:-4] = smooth[8:] - smooth[:-8]
    found = []
    for time in times:
        middle = int(time * rate / hop)
        low, high = max(0, middle - 30), min(count, middle + 31)
        if middle < 8 or high - low < 40:
            continue
        best = low + int(rise[low:high].argmax())
        if rise[best] > 6:
            found.append(1000 * (best - middle) * hop / rate)
    return found


def lowest(samples, rate):
    """The pitch class that a bass sounds, by its harmonic sum between 35 and 260 Hz."""
    length = 1 << 17
    power = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples)), length))
    best = None
    for key in range(24, 60):
        hertz = 440 * 2 ** ((key - 69) / 12)
        total = 0
        for order in range(1, 6):
            low = int(hertz * order * 2 ** (-0.4 / 12) * length / rate)
            high = int(hertz * order * 2 ** (0.4 / 12) * length / rate) + 1
            total += power[low : high + 1].max() * 0.85**order
        # A sub-octave collects only every other of its partials.
        if best is None or total > 1.05 * best[0]:
            best = (total, key)
    return best[1] % 12



def main():
    parser = argparse.ArgumentParser(prog="scripts/check-stems")
    parser.add_argument("--ideas", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", help="also write all figures to this file")
    options = parser.parse_args()
    medians, differences, roots, rows = {stem: [] for stem in STEMS}, [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.ideas):
            prompt = PROMPTS[number % len(PROMPTS)]
            output = os.path.join(folder, str(number))
            command = [os.environ["HISS"], "idea", prompt, "--stems", "--seed", str(options.seed + number), "--json"]
            result = subprocess.run([*command, "--output", output], capture_output=True, text=True)
            if result.returncode:
                sys.exit(result.stderr)
            idea = json.loads(result.stdout)[0]
            mix, rate = whole(idea["mix"])
            parts = {stem: whole(path)[0] for stem, path in idea["stems"].items()}
            differences.append(int(numpy.abs(mix - sum(parts.values())).max()))
            beat = 60 / idea["bpm"]
            for stem in STEMS:
                written = notes(os.path.join(os.path.dirname(idea["mix"]), stem + ".mid"))
                times = sorted({start * beat for start, _ in written})
                found = onsets(parts[stem] / 2**23, rate, times)
                if len(found) >= 3:
                    medians[stem].append(float(numpy.median(numpy.abs(found))))
            bass = parts["bass"] / 2**23
            written = notes(os.path.join(os.path.dirname(idea["mix"]), "bass.mid"))
            # The first bass note of each bar; its own key says what is meant, and tests hold that to the chord's root.
            bar = {"3/4": 3}.get(idea["timeSignature"], 4)
            for start in range(0, idea["bars"] * bar, bar):
                here = [(begins, key) for begins, key in written if abs(begins - start) < 0.02]
                if here:
                    length = min(beat, (min([b for b, _ in written if b > start + 0.02], default=start + 1) - start) * beat)
                    part = bass[int(start * beat * rate) : int((start * beat + max(length, 0.25)) * rate)]
                    roots.append(lowest(part, rate) == here[0][1] % 12)
            rows.append({"prompt": prompt, "difference": differences[-1], "chords": idea["chords"]})
    print(f"{options.ideas} ideas: mix − sum of stems: {max(differences)} (largest, of 2^23)")
    for stem in STEMS:
        near = sum(value <= 10 for value in medians[stem])
        print(f"{stem:8} notes begin on the grid within 10 ms (median) in {near} of {len(medians[stem])}; "
              f"median of all {numpy.median(medians[stem]):.1f} ms")
    print(f"bass on the chord's root at its first beat: {sum(roots)} of {len(roots)} ({numpy.mean(roots):.0%})")
    missed = [f"{stem} on the grid in {sum(v <= 10 for v in medians[stem])} of {len(medians[stem])}" for stem in STEMS
              if medians[stem] and numpy.mean([v <= 10 for v in medians[stem]]) < 0.95]
    if max(differences) > 0:
        missed.append(f"the mix is {max(differences)} off the sum of its stems")
    if numpy.mean(roots) < 0.9:
        missed.append(f"the bass is on the root in {numpy.mean(roots):.0%}")
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"medians": medians, "roots": float(numpy.mean(roots)), "ideas": rows}, file, indent=2)
    if missed:
        sys.exit(f"check-stems: {len(missed)} bars are missed: {'; '.join(missed)}")


if __name__ == "__main__":
    main()
