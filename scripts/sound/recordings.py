"""Measures what goes on from recordings, and follows them; scripts/check-recordings runs it and says how."""

import os
import tempfile

import numpy

from clips import batch, read, write

SOURCES = [
    ("rock drum beat", {"bpm": 137}), ("jazz drum groove", {"bpm": 104}), ("funk bass line", {"bpm": 100}),
    ("warm electric piano chords in A minor", {"bpm": 90}), ("nylon guitar arpeggio", {"bpm": 120}),
    ("solo violin melody", {"bpm": 90}), ("dark synth pad", {}),
]
# Whose pulse is as clear as a drum's.
PULSED = 5
# What is hummed, in MIDI keys, for whom, and in which octave a C it should come out: the instrument's.
HUMS = [([60, 62, 64, 60], "solo violin", 0), ([48, 50, 52, 48], "solo violin", 1), ([60, 64, 67, 60], "cello", 0),
        ([72, 74, 76, 72], "bass guitar", -2), ([55, 59, 62, 55], "flute", 1), ([60, 62, 64, 60], "clarinet", 0)]


def decibels(samples):
    return 10 * numpy.log10((samples**2).mean() + 1e-12)


def tempo(samples, rate, length=1024, hop=256):
    """Quarter notes a minute by the autocorrelation of the spectrum's rises, near 120."""
    count = 1 + (len(samples) - length) // hop
    index = numpy.arange(count)[:, None] * hop + numpy.arange(length)
    levels = numpy.log1p(1000 * numpy.abs(numpy.fft.rfft(samples[index] * numpy.hanning(length), axis=1)) / length)
    rises = numpy.maximum(numpy.diff(levels, axis=0), 0).sum(axis=1)
    rises -= rises.mean()
    likeness = numpy.correlate(rises, rises, "full")[len(rises) - 1:]
    lags = numpy.arange(len(likeness))

    def score(beats):
        multiples = 60 * rate / hop / beats * numpy.arange(1, 5)
        return numpy.interp(multiples, lags, likeness).mean() * numpy.exp(-0.5 * numpy.log2(beats / 120) ** 2)

    return max(numpy.arange(50, 240, 0.25), key=score)


def agrees(found, wanted):
    return any(abs(found / (wanted * factor) - 1) < 0.02 for factor in (1 / 3, 0.5, 1, 2, 3))


def continuing(folder):
    batch(folder, [{"id": f"source-{i}", "prompt": prompt, "seed": 40 + i, "duration": 4, **fields}
                   for i, (prompt, fields) in enumerate(SOURCES)])
    jobs = []
    for i, (prompt, _) in enumerate(SOURCES):
        samples, _ = read(f"{folder}/source-{i}.wav")
        for softer in (0, 10):
            path = f"{folder}/take-{i}-{softer}.wav"
            write(path, samples * 10 ** (-softer / 20))
            jobs += [{"id": f"on-{i}-{softer}-{seed}", "prompt": prompt, "continue-from": path, "duration": 9,
                      "seed": seed}
                     for seed in (1, 2)]
    batch(folder, jobs)
    differences, right = [], 0
    for job in jobs:
        i = int(job["id"].split("-")[1])
        take, rate = read(job["continue-from"])
        clip, _ = read(f"{folder}/{job['id']}.wav")
        made = clip[len(take) + rate // 20:]
        differences.append(decibels(made) - decibels(take))
        found = tempo(made, rate)
        right += i < PULSED and agrees(found, SOURCES[i][1]["bpm"])
        print(f"{SOURCES[i][0]:40} {decibels(take):6.1f} dB, goes on {differences[-1]:+5.1f} dB"
              + (f", {SOURCES[i][1]['bpm']} > {found:.1f} bpm" if i < PULSED else ""))
    print(f"levels within {max(abs(d) for d in differences):.1f} dB, median {numpy.median(numpy.abs(differences)):.1f};"
          f" tempo right in {right} of {PULSED * 4}")


def hum(keys, rate=44100):
    parts = []
    for key in keys:
        time = numpy.arange(int(0.6 * rate)) / rate
        tone = sum(numpy.sin(2 * numpy.pi * 440 * 2 ** ((key - 69) / 12) * k * time) / k**2 for k in range(1, 6))
        parts.append(0.2 * tone * numpy.minimum(1, numpy.minimum(time, time[::-1]) / 0.05))
    return numpy.concatenate(parts)


def octave(samples, rate, key):
    """Of which octave a note of this key's pitch class is: where the partials of one have most energy."""
    power = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples)), 1 << 17)) ** 2
    bins = (1 << 17) / rate

    def energy(hertz):
        low, high = int(hertz * bins * 0.97), int(hertz * bins * 1.03) + 1
        return power[low:high].sum()

    def score(candidate):
        hertz = 440 * 2 ** ((candidate - 69) / 12)
        own = sum(energy(hertz * k) for k in range(1, 9))
        odd = sum(energy(hertz * k) for k in range(1, 9, 2))
        return own if odd > 0.1 * own else 0

    return max((key + 12 * shift for shift in (-3, -2, -1, 0, 1, 2, 3)), key=score)


def following(folder):
    jobs = []
    for i, (keys, prompt, _) in enumerate(HUMS):
        write(f"{folder}/hum-{i}.wav", hum(keys))
        jobs += [{"id": f"hum-{i}-{seed}", "prompt": prompt, "follow": f"{folder}/hum-{i}.wav", "duration": 2.4,
                  "seed": seed}
                 for seed in (1, 2, 3, 4)]
    os.makedirs(f"{folder}/follow")
    batch(f"{folder}/follow", jobs)
    right = total = 0
    for job in jobs:
        keys, prompt, shift = HUMS[int(job["id"].split("-")[1])]
        samples, rate = read(f"{folder}/follow/{job['id']}.wav")
        found = []
        for place, key in enumerate(keys):
            part = samples[int((0.6 * place + 0.15) * rate): int((0.6 * place + 0.5) * rate)]
            found.append((octave(part, rate, key) - key) // 12)
        right += sum(f == shift for f in found)
        total += len(found)
        print(f"{prompt:15} hummed from key {keys[0]}, wanted {shift:+d} octaves, heard {found}")
    print(f"notes in the octave that was wanted: {right} of {total}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        continuing(folder)
        following(folder)


if __name__ == "__main__":
    main()
