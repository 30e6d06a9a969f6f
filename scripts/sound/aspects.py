"""Measures what `hiss vary --vary ASPECT` keeps and what it changes; `scripts/check-vary --aspects` runs it."""

import argparse
import concurrent.futures
import os
import subprocess
import sys
import tempfile
import wave

import numpy as np

PROMPTS = [
    "warm electric piano chords in A minor, 100 bpm", "solo violin melody", "marimba melody, 110 bpm",
    "nylon guitar arpeggio in E minor", "church organ chords in D minor", "slap bass line, 100 bpm",
    "rock drum beat, 120 bpm", "breakbeat drum beat, 110 bpm",
]
DRUMS = {6, 7}
ASPECTS = ["timbre", "notes", "rhythm", "level"]
RATE, SIZE, HOP = 44100, 4096, 512
# What is kept has at least this likeness, on average: the correlation of pitch classes, that of onsets, and at most so many
# decibels of difference in level and in spectrum.
KEPT = {"notes": 0.85, "rhythm": 0.75, "level": 3, "timbre": 3}


def hiss(*words):
    done = subprocess.run([os.environ["HISS"], *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"check-vary: {done.stderr.strip()}")


def read(path):
    with wave.open(path) as file:
        data = np.frombuffer(file.readframes(file.getnframes()), np.uint8).reshape(-1, 3).astype(np.int32)
        values = data[:, 0] | data[:, 1] << 8 | data[:, 2] << 16
        return np.where(values >= 1 << 23, values - (1 << 24), values) / (1 << 23)


class Sound:
    """What a clip is, as four measures see it."""

    def __init__(self, samples):
        samples = np.concatenate([np.zeros(SIZE // 2), samples, np.zeros(SIZE)])
        count = (len(samples) - SIZE) // HOP
        frames = np.stack([samples[i * HOP : i * HOP + SIZE] for i in range(count)]) * np.hanning(SIZE)
        power = np.abs(np.fft.rfft(frames)) ** 2
        hertz = np.fft.rfftfreq(SIZE, 1 / RATE)
        bands = np.zeros((len(hertz), 40))
        edges = 40 * np.exp(np.linspace(0, np.log(400), 41))
        for band in range(40):
            bands[(hertz >= edges[band]) & (hertz < edges[band + 1]), band] = 1
        bands = bands[:, bands.sum(0) > 0]
        decibels = 10 * np.log10(power @ bands + 1e-8)
        self.chroma = np.zeros((count, 12))
        for index in np.nonzero((hertz > 60) & (hertz < 2500))[0]:
            self.chroma[:, int(round(12 * np.log2(hertz[index] / 440))) % 12] += np.sqrt(power[:, index])
        peak = decibels.max()
        rise = np.maximum(0, np.diff(np.maximum(decibels, peak - 60), axis=0)).sum(1)
        self.onsets = np.convolve(rise, np.hanning(7), "same")
        short = samples[: len(samples) // HOP * HOP].reshape(-1, HOP)
        self.level = 10 * np.log10(np.convolve((short**2).mean(1), np.ones(9) / 9, "same") + 1e-6)
        weights = np.maximum(0, self.level[: len(decibels)] + 50)[:, None]
        mean = (decibels * weights).sum(0) / max(1e-9, weights.sum())
        # The envelope without single partials, which notes move: the lowest of its cosine transform.
        mean = np.maximum(mean, mean.max() - 50)
        count, order = len(mean), np.arange(1, 9)[:, None]
        self.spectrum = np.sqrt(2 / count) * np.cos(np.pi * order * (np.arange(count) + 0.5) / count) @ mean / np.sqrt(count)


def correlation(a, b):
    count = min(len(a), len(b))
    a, b = a[:count] - a[:count].mean(), b[:count] - b[:count].mean()
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum() + 1e-12))


def likeness(one, other, retimed):
    """Of notes, rhythm, level and timbre; notes that begin elsewhere are compared by how long each sounds in all."""
    if retimed:
        notes = correlation(one.chroma.sum(0), other.chroma.sum(0))
    else:
        count = min(len(one.chroma), len(other.chroma))
        a, b = one.chroma[:count], other.chroma[:count]
        a, b = a - a.mean(1, keepdims=True), b - b.mean(1, keepdims=True)
        weights = np.sqrt((a * a).sum(1) * (b * b).sum(1))
        notes = float((a * b).sum() / max(1e-9, weights.sum()))
    # A level that moves with the strokes is compared as a whole.
    if retimed:
        level = abs(one.level.mean() - other.level.mean())
    else:
        count = min(len(one.level), len(other.level))
        heard = np.maximum(one.level[:count], other.level[:count]) > -45
        level = float(np.sqrt(((one.level[:count] - other.level[:count])[heard] ** 2).mean())) if heard.any() else 0
    timbre = float(np.sqrt(((one.spectrum - other.spectrum) ** 2).sum()))
    return [notes, correlation(one.onsets, other.onsets), level, timbre]


def measured(folder, number, aspect, options):
    place = os.path.join(folder, f"{number}-{aspect}")
    source = os.path.join(folder, options.kind, f"{number}.wav")
    words = ["--prompt", PROMPTS[number]] if options.kind == "recordings" else []
    hiss("vary", source, "--vary", aspect, "--distance", options.distance, "--count", options.count, "--seed", 700,
         "--novelty", 0, "--threads", 1, "--output", place, *words)
    clips = [Sound(read(os.path.join(place, name))) for name in sorted(os.listdir(place)) if name.endswith(".wav")]
    own = Sound(read(source))
    return np.mean([likeness(own, clip, aspect == "rhythm") for clip in clips], axis=0)


def unrelated(folder, number):
    own, other = (Sound(read(os.path.join(folder, place, f"{number}.wav"))) for place in ("clips", "others"))
    return likeness(own, other, False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--aspects", action="store_true")
    parser.add_argument("--count", type=int, default=4)
    parser.add_argument("--distance", type=float, default=0.6)
    parser.add_argument("--kind", default="clips", choices=["clips", "recordings"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for number, prompt in enumerate(PROMPTS):
            for place, seed, plain in [("clips", 40, []), ("others", 90, []), ("recordings", 40, ["--plain"])]:
                hiss("generate", prompt, "--duration", 4.8, "--seed", seed + number, "--novelty", 0, "--output",
                     os.path.join(folder, place, f"{number}.wav"), *plain)
        cases = [(aspect, number) for aspect in ASPECTS for number in range(len(PROMPTS))]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            found = list(pool.map(lambda case: measured(folder, case[1], case[0], options), cases))
        found = np.array(found).reshape(len(ASPECTS), len(PROMPTS), 4)
        others = np.array([unrelated(folder, number) for number in range(len(PROMPTS))])
    tonal = [number for number in range(len(PROMPTS)) if number not in DRUMS]
    failures = []
    print(f"{options.kind}, by {options.distance}: notes (correlation), rhythm (correlation), level (dB apart), timbre (dB apart)")
    rows = list(zip(ASPECTS, found)) + [("another take", others)]
    for aspect, row in rows:
        # Of drums there are no notes; and notes of drums are not varied.
        mean = row.mean(0) if aspect != "notes" else row[tonal].mean(0)
        mean[0] = row[tonal, 0].mean()
        print(f"  {aspect:12} {mean[0]:6.3f} {mean[1]:6.3f} {mean[2]:6.2f} {mean[3]:6.2f}")
        if aspect not in ASPECTS:
            continue
        for kept, name in enumerate(["notes", "rhythm", "level", "timbre"]):
            isLike = mean[kept] >= KEPT[name] if kept < 2 else mean[kept] <= KEPT[name]
            if name != aspect and not isLike:
                failures.append(f"--vary {aspect} keeps {name} at {mean[kept]:.2f}, not {KEPT[name]}")
    # What varies differs more than where something else does.
    for kept, name in enumerate(["notes", "rhythm", "level", "timbre"]):
        place = ASPECTS.index(name)
        own = found[place][tonal if name == "notes" else slice(None), kept].mean()
        rest = [found[other][tonal if name == "notes" else slice(None), kept].mean() for other in range(4) if other != place]
        if not (own < min(rest) if kept < 2 else own > max(rest)):
            failures.append(f"--vary {name} changes {name} no more than the others do")
    print("\n".join(failures) or "as asked for")
    sys.exit(len(failures) > 0)


if __name__ == "__main__":
    main()
