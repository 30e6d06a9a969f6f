"""Measures how well generated notes are in tune; scripts/check-pitch runs it and says how."""

import argparse
import json
import os
import subprocess
import tempfile

import numpy

from clips import batch, read, write

NAMES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
# Sounding ranges, in MIDI keys, cut to E1 … C6.
INSTRUMENTS = {
    "electric bass": (28, 55),
    "piano": (33, 84),
    "cello": (36, 72),
    "nylon guitar": (40, 76),
    "church organ": (36, 84),
    "clarinet": (50, 84),
    "violin": (55, 84),
    "synth lead": (45, 84),
}


def name(key):
    return f"{NAMES[key % 12]}{key // 12 - 1}"


def key_of(text):
    pitch = NAMES.index(text.rstrip("-0123456789"))
    return 12 * (int(text[len(NAMES[pitch]):]) + 1) + pitch


def hertz(key):
    return 440 * 2 ** ((key - 69) / 12)


def sounding(samples, rate):
    """The part of a clip that a note is measured in: from 80 ms behind its loudest moment on, as long as it sounds."""
    block = rate // 50
    count = len(samples) // block
    levels = numpy.sqrt((samples[: count * block].reshape(count, block) ** 2).mean(axis=1))
    # What is loudest at the very end is the beginning of something else.
    start = int(levels[: max(1, count - 10)].argmax())
    quiet = numpy.flatnonzero(levels[start:] < levels[start] / 30)
    end = start + int(quiet[0]) if len(quiet) else count
    first = min(start + 4, max(start, end - 10))
    return samples[first * block : min(end * block, first * block + 2 * rate)]


def peak(power, bin_hertz, wanted, cents, width):
    """Frequency and power of the tone within so many cents of one: where the energy around the highest peak lies on
    average, which of a vibrato is its middle. `width` is what a steady tone fills to either side, in hertz."""
    low = max(1, int(wanted * 2 ** (-cents / 1200) / bin_hertz))
    high = int(numpy.ceil(wanted * 2 ** (cents / 1200) / bin_hertz))
    if high + 2 > len(power):
        return None
    place = float(low + int(power[low : high + 1].argmax()))
    reach = max(wanted * (2 ** (40 / 1200) - 1), width) / bin_hertz
    for _ in range(5):
        bins = numpy.arange(max(1, int(place - reach)), int(place + reach) + 2)
        share = power[bins] * numpy.clip(reach + 0.5 - numpy.abs(bins - place), 0, 1)
        place = float((bins * share).sum() / share.sum())
    return place * bin_hertz, share.sum()


def partials(samples, rate, wanted, count=6):
    """Cents and decibels of the lowest partials, against their places and the strongest of them."""
    part = sounding(samples, rate)
    if len(part) < rate // 10 or not numpy.abs(part).max() > 1e-4:
        return None
    length = 1 << 19
    power = numpy.abs(numpy.fft.rfft(part * numpy.hanning(len(part)), length)) ** 2
    found = [peak(power, rate / length, wanted * k, 90, 2 * rate / len(part)) for k in range(1, count + 1)]
    loudest = max(f[1] for f in found if f)
    return [
        (1200 * numpy.log2(f[0] / (wanted * k)), 10 * numpy.log10(f[1] / loudest + 1e-9))
        for k, f in enumerate(found, 1) if f
    ]


def deviation(found):
    if found[0][1] > -20:
        return found[0][0]
    weights = numpy.array([10 ** (level / 20) for _, level in found])
    return float((weights * numpy.array([cents for cents, _ in found])).sum() / weights.sum())


def sawtooth(key, seconds=2.0, rate=44100):
    time = numpy.arange(int(seconds * rate)) / rate
    harmonics = range(1, int(min(rate / 2.2, 12000) / hertz(key)) + 1)
    samples = sum(numpy.sin(2 * numpy.pi * hertz(key) * k * time + k * k) / k for k in harmonics)
    fade = numpy.minimum(1, numpy.minimum(time, time[::-1]) / 0.02)
    return 0.4 * samples / numpy.abs(samples).max() * fade


def made(folder, instruments, options):
    """Paths of clips of notes, made in one batch: (instrument, key, path)."""
    jobs, clips = [], []
    for instrument in instruments:
        low, high = INSTRUMENTS[instrument]
        for key in range(low, high + 1):
            if (key - 28) % options.every:
                continue
            for seed in range(options.seed, options.seed + options.seeds):
                number = f"{instrument.replace(' ', '-')}-{name(key).replace('#', 's')}-{seed}"
                job = {"id": number, "prompt": instrument, "note": name(key), "seed": seed}
                job |= {"duration": options.duration} | json.loads(options.fields)
                jobs.append(job)
                clips.append((instrument, key, os.path.join(folder, number + ".wav")))
    batch(folder, jobs)
    return clips


def vocoded(folder):
    clips = []
    for key in range(28, 85, 3):
        source, target = (os.path.join(folder, f"{word}-{key}.wav") for word in ("saw", "vocoded"))
        write(source, sawtooth(key))
        subprocess.run([os.environ["HISS"], "vocode", source, target], check=True, capture_output=True)
        clips.append(("sawtooth, vocoded", key, target))
    return clips


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=3)
    parser.add_argument("--duration", type=float, default=2)
    parser.add_argument("--instrument", action="append")
    parser.add_argument("--fields", default="{}", help="further fields of every job, as JSON")
    parser.add_argument("--vocoder", action="store_true")
    parser.add_argument("--files", nargs="+", default=[])
    parser.add_argument("--keep", help="a folder for the clips")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        if options.files:
            pairs = [text.split("=", 1) for text in options.files]
            clips = [("files", key_of(note), path) for note, path in pairs]
        elif options.vocoder:
            clips = vocoded(folder)
        else:
            clips = made(folder, options.instrument or list(INSTRUMENTS), options)
        report(clips)


def report(clips):
    totals = [0, 0]
    for instrument in dict.fromkeys(clip[0] for clip in clips):
        notes, out = [], []
        for _, key, path in (clip for clip in clips if clip[0] == instrument):
            found = partials(*read(path), hertz(key))
            off = deviation(found) if found else None
            notes.append(off)
            if off is None or abs(off) > 10:
                lines = " ".join(f"{cents:+.0f}/{level:.0f}" for cents, level in found or [])
                out.append(f"    {name(key):4} {'silent' if off is None else f'{off:+6.1f}'}   partials {lines}")
        good = sum(off is not None and abs(off) <= 10 for off in notes)
        heard = [abs(off) for off in notes if off is not None]
        totals[0] += good
        totals[1] += len(notes)
        print(f"{instrument:20} {good} of {len(notes)} within 10 cents; median {numpy.median(heard):.1f}")
        print("\n".join(out)) if out else None
    print(f"{'all':20} {totals[0]} of {totals[1]} ({100 * totals[0] / totals[1]:.0f} %)")


if __name__ == "__main__":
    main()
