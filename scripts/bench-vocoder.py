#!/usr/bin/env python3
"""Measures the vocoder against librosa; scripts/bench-vocoder runs this in the environment it needs.

The clips are phrases rendered by FluidSynth, and a sentence spoken by espeak-ng, which is no soundfont. Convergences are
librosa.stft's, on the grid of 3072/768, in decibels; times are processor seconds of one thread per second of audio, the
least of three runs (of the least squares, one).
"""

import argparse
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import librosa
import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parent / "reference"))
import spectra as reference  # noqa: E402

FFT, HOP, ITERATIONS, SEEDS = reference.FFT, reference.HOP, 32, range(3)
RATE, SECONDS = 44100, 4
SOUNDFONTS = ["/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/sounds/sf2/default-GM.sf2"]
SENTENCE = "She sells sea shells by the sea shore, and the quick brown fox jumps over the lazy dog."
TICKS = 480

# A phrase is (beat, beats, keys, velocity); at 120 beats a minute eight beats are four seconds.
CHORDS = [(0, 2, (57, 60, 64), 84), (2, 2, (53, 57, 60), 78), (4, 2, (55, 60, 64), 88), (6, 1.8, (55, 59, 62), 80)]
MELODY = [(0, 0.9, (76,), 90), (1, 0.4, (74,), 80), (1.5, 0.5, (72,), 78), (2, 1.4, (69,), 86), (3.5, 0.5, (71,), 76),
          (4, 1, (72,), 92), (5, 0.5, (76,), 84), (5.5, 0.5, (79,), 88), (6, 1.9, (77,), 94)]
LOW = [(0, 0.9, (33,), 100), (1, 0.4, (33,), 88), (1.5, 0.5, (36,), 90), (2, 0.9, (29,), 100), (3, 1, (41,), 84),
       (4, 0.9, (36,), 98), (5, 0.9, (31,), 92), (6, 0.5, (31,), 98), (6.5, 0.5, (35,), 88), (7, 0.9, (43,), 94)]
PICKED = [(index / 2, 1.2, (key,), 84) for index, key in enumerate(
    [45, 52, 57, 60, 64, 60, 57, 52, 41, 48, 53, 57, 60, 57, 55, 59])]
BRASS = [(0, 0.3, (60, 64, 67), 112), (0.75, 0.25, (60, 64, 67), 100), (1.5, 1.2, (62, 65, 69), 110),
         (4, 0.3, (60, 64, 67), 114), (4.75, 0.25, (58, 62, 65), 104), (5.5, 2, (60, 64, 67, 72), 116)]
DRUMS = ([(beat / 2, 0.2, (42,), 70 + 20 * (beat % 2 == 0)) for beat in range(16)]
         + [(beat, 0.2, (36,), 112) for beat in (0, 2.5, 4, 5.5)] + [(beat, 0.2, (38,), 108) for beat in (1, 3, 5, 7)]
         + [(0, 0.2, (49,), 90), (7.5, 0.2, (45,), 96), (7.75, 0.2, (43,), 96)])
MALLET = [(index / 2, 0.5, (key,), 76 + 6 * (index % 3)) for index, key in enumerate(
    [72, 76, 79, 84, 83, 79, 76, 74, 72, 77, 81, 84, 86, 84, 79, 76])]


def up(phrase, keys):
    return [(beat, length, tuple(key + keys for key in chord), velocity) for beat, length, chord, velocity in phrase]


# Name to parts of (General MIDI program, counted from 0, or None for drums; phrase).
CLIPS = {
    "piano": [(0, CHORDS + up(MELODY, -5))],
    "bass": [(33, LOW)],
    "strings": [(48, CHORDS)],
    "flute": [(73, up(MELODY, 5))],
    "drums": [(None, DRUMS)],
    "guitar": [(25, PICKED)],
    "brass": [(61, BRASS)],
    "mallet": [(12, MALLET)],
    "choir": [(52, CHORDS)],
    "organ": [(19, CHORDS + LOW)],
    "mix-pop": [(None, DRUMS), (33, LOW), (4, CHORDS), (73, MELODY)],
    "mix-brass": [(None, DRUMS), (35, LOW), (27, up(PICKED, 12)), (61, up(BRASS, -3))],
}


def quantity(value):
    """A MIDI variable-length quantity."""
    parts = [value & 127]
    while value := value >> 7:
        parts.insert(0, 128 | value & 127)
    return bytes(parts)


def midi(parts):
    """A format 0 file of the parts, 120 beats a minute."""
    events = []
    for number, (program, phrase) in enumerate(parts):
        channel = 9 if program is None else number
        if program is not None:
            events.append((0, 0, bytes([0xC0 | channel, program])))
        for beat, length, keys, velocity in phrase:
            for key in keys:
                events.append((round(beat * TICKS), 2, bytes([0x90 | channel, key, velocity])))
                events.append((round((beat + length) * TICKS), 1, bytes([0x80 | channel, key, 0])))
    track, now = b"", 0
    for tick, _, message in sorted(events):
        track += quantity(tick - now) + message
        now = tick
    track += b"\x00\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(track)) + track


def mono(path):
    """The first seconds of a file as mono at RATE, its peak at −6 dB, where nothing clips."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    samples = samples.mean(axis=1)
    if rate != RATE:
        samples = librosa.resample(samples, orig_sr=rate, target_sr=RATE)
    samples = samples[: RATE * SECONDS]
    return samples * (0.5 / np.abs(samples).max())


def make(folder):
    """Renders all clips into `folder` as WAV files of 16 bits; returns name to path."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    soundfont = next(path for path in SOUNDFONTS if Path(path).exists())
    paths = {}
    for name in [*CLIPS, "speech"]:
        paths[name] = folder / f"{name}.wav"
        if paths[name].exists():
            continue
        raw = folder / "raw.wav"
        if name == "speech":
            subprocess.run(["espeak-ng", "-w", raw, SENTENCE], check=True)
        else:
            (folder / "clip.mid").write_bytes(midi(CLIPS[name]))
            subprocess.run(
                ["fluidsynth", "-ni", "-q", "-g", "0.5", "-r", str(RATE), "-F", raw, soundfont, folder / "clip.mid"],
                check=True, stdout=subprocess.DEVNULL)
        soundfile.write(paths[name], mono(raw), RATE, subtype="PCM_16")
    return paths


def convergence(truth, samples):
    made = np.abs(librosa.stft(samples, n_fft=FFT, hop_length=HOP))
    return float(20 * np.log10(np.linalg.norm(truth - made) / np.linalg.norm(truth)))


def timed(function, repeats=3):
    """What the function gives, and the least processor time that it took."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        result = function()
        times.append(time.process_time() - start)
    return result, min(times)


def griffin_lim(magnitudes, count, seed):
    return librosa.griffinlim(
        magnitudes.astype(np.float32), n_iter=ITERATIONS, hop_length=HOP, n_fft=FFT, random_state=seed, length=count)


def mel_power(samples, unit, area):
    """The bands' mean powers as the mel frames keep them: silent below −97 dB."""
    values, _ = reference.mel_values(samples.astype(np.float64), unit, area)
    decibels = (1 - np.minimum(values, 1)) / 2 * reference.FLOOR
    return np.where(decibels >= -97, 10 ** (decibels / 10) * (FFT / 4) ** 2, 0).T


def measure(path, folder):
    """Everything about one clip."""
    samples, _ = soundfile.read(path, dtype="float32")
    seconds = len(samples) / RATE
    truth = np.abs(librosa.stft(samples, n_fft=FFT, hop_length=HOP))
    truth.T.astype("<f4").tofile(folder / "magnitudes.f32")
    figures = {}
    first, loop = timed(lambda: griffin_lim(truth, len(samples), 0))
    others = [griffin_lim(truth, len(samples), seed) for seed in SEEDS[1:]]
    figures["librosa32"] = float(np.mean([convergence(truth, made) for made in [first, *others]]))
    command = [os.environ["HISS"], "bench-vocoder", path, folder / "magnitudes.f32", folder]
    times = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    for name in ["true0", "true8", "true32", "mel0", "mel8", "mel32"]:
        figures[name] = convergence(truth, np.fromfile(folder / f"{name}.f32", "<f4"))
    figures["random32"] = float(np.mean(
        [convergence(truth, np.fromfile(folder / f"random32-{seed}.f32", "<f4")) for seed in SEEDS]))
    unit, area = reference.warped_bank()
    power = mel_power(samples, unit, area)
    bins, squares = timed(lambda: np.sqrt(librosa.util.nnls(unit / area, power)), repeats=1)
    figures["librosaMel32"] = float(np.mean(
        [convergence(truth, griffin_lim(bins, len(samples), seed)) for seed in SEEDS]))
    times |= {"librosaLoop": loop, "librosaChain": squares + loop}
    return {"convergence": figures, "seconds": {name: value / seconds for name, value in times.items()}}


def table(title, rows, results):
    """Prints columns of one kind of measurement as Markdown, with their means."""
    print(f"\n{title}\n\n| clip | " + " | ".join(label for _, label in rows) + " |\n|---|" + "---:|" * len(rows))
    kind, places = ("convergence", 2) if rows[0][0] in results[0][1]["convergence"] else ("seconds", 4)
    columns = np.array([[result[kind][key] for key, _ in rows] for _, result in results])
    for (name, _), values in [*zip(results, columns), (("**mean**", None), columns.mean(axis=0))]:
        print(f"| {name} | " + " | ".join(f"{value:.{places}f}" for value in values) + " |")


def summary(results):
    """Prints what was to be reached beside what was."""
    def column(key, kind="convergence"):
        return np.array([result[kind][key] for _, result in results])

    def seconds(key):
        return column(key, "seconds").mean()

    gain, mel = column("librosa32") - column("true32"), column("librosaMel32") - column("mel32")
    rows = [
        ("random phase, 32 iterations, less librosa's", "mean within 0.5 dB",
         f"{(column('random32') - column('librosa32')).mean():+.2f} dB"),
        ("true magnitude, 32 iterations, better than librosa's by", "≥ 9 dB on average, ≥ 5 on every clip",
         f"{gain.mean():.2f} dB, least {gain.min():.2f} ({results[gain.argmin()][0]})"),
        ("mel magnitude, 32 iterations, better than librosa's by", "≥ 1.3 dB on average, never worse",
         f"{mel.mean():.2f} dB, least {mel.min():.2f} ({results[mel.argmin()][0]})"),
        ("mel magnitude, 8 iterations, less librosa's 32", "≤ 1 dB",
         f"{(column('mel8') - column('librosaMel32')).mean():+.2f} dB"),
        ("loop, share of librosa's time", "≤ 0.20", f"{seconds('loop') / seconds('librosaLoop'):.3f}"),
        ("loop, times FFTW's real transforms", "aim: 1.5", f"{seconds('loop') / seconds('libraryTransforms'):.2f}"),
        ("loop, times its own transforms", "", f"{seconds('loop') / seconds('transforms'):.2f}"),
        ("mel to WAV, share of librosa's time", "≤ 0.15", f"{seconds('chain') / seconds('librosaChain'):.4f}"),
    ]
    print("\n| measure | to reach | measured |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def main():
    parser = argparse.ArgumentParser(prog="bench-vocoder", description=__doc__)
    parser.add_argument("--clips", nargs="+", choices=[*CLIPS, "speech"], default=[*CLIPS, "speech"])
    parser.add_argument("--output", type=Path, help="keep the clips and results.json here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.output or Path(scratch)
        paths = make(folder)
        results = []
        for name in arguments.clips:
            results.append((name, measure(paths[name], Path(scratch))))
            print(name, json.dumps(results[-1][1]), file=sys.stderr, flush=True)
        if arguments.output:
            (folder / "results.json").write_text(json.dumps(dict(results), indent=1) + "\n")
    summary(results)
    table("Spectral convergence, dB:", [
        ("librosa32", "librosa, true, 32"), ("random32", "random, true, 32"), ("true0", "true, 0"),
        ("true8", "true, 8"), ("true32", "true, 32"), ("librosaMel32", "librosa, mel, 32"), ("mel0", "mel, 0"),
        ("mel8", "mel, 8"), ("mel32", "mel, 32")], results)
    table("Processor seconds per second of audio, one thread:", [
        ("libraryTransforms", "FFTW's real"), ("transforms", "transforms"), ("loop", "loop, 32"), ("librosaLoop", "librosa's loop"),
        ("integration", "integration"), ("start", "mel → WAV, 0"), ("draft", "mel → WAV, 8"),
        ("chain", "mel → WAV, 32"), ("librosaChain", "librosa's chain")], results)


if __name__ == "__main__":
    main()
