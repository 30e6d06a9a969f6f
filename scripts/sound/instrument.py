"""Lets other programs play the instruments of hiss instrument and hiss kit, and measures what they play;
scripts/check-instrument runs it and says how."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy

import hydrogen
import sfz
from clips import read
from partials import deviation, partials
from pitch import hertz, key_of, length, name

# The range of each, within A1 … C6, and its General MIDI program.
INSTRUMENTS = {
    "soft felt piano": ("A1", "C6", 0), "church organ": ("C2", "C6", 19), "nylon guitar": ("E2", "E5", 24),
    "violin": ("G3", "C6", 40), "electric bass": ("A1", "G3", 33), "synth lead": ("A2", "C6", 81),
    "flute": ("C4", "C6", 73), "choir": ("C3", "C5", 52),
}
SPACING, HELD = 2.5, 2.0
TICKS = 480
SOUNDFONT = "/usr/share/sounds/sf2/FluidR3_GM.sf2"
# What is asked for: cents, decibels from key to key, milliseconds, decibels of a seam, the chords' correlation, seconds of 51
# samples.
BARS = {"cents": 5, "step": 2, "attack": 5, "seam": -60, "chords": 0.95, "seconds": 20}
CHORDS = [("C", (48, 64, 67)), ("Am", (45, 64, 69)), ("F", (53, 65, 69)), ("G", (43, 62, 67)), ("Em", (52, 64, 67)), ("Dm", (50, 62, 65))]


def midi(path, notes, channel=0, program=0):
    """Notes as (start, seconds, key, velocity), at 120 beats a minute."""
    events = []
    for start, seconds, key, velocity in notes:
        events.append((start, bytes([0x90 | channel, key, velocity])))
        events.append((start + seconds, bytes([0x80 | channel, key, 0])))
    track, now = b"\0" + bytes([0xC0 | channel, program]), 0
    for moment, event in sorted(events, key=lambda item: (item[0], item[1][0] & 0xF0 == 0x90)):
        tick = round(moment * 2 * TICKS)
        track += length(tick - now) + event
        now = tick
    track += b"\0\xff\x2f\0"
    with open(path, "wb") as file:
        file.write(b"MThd" + (6).to_bytes(4, "big") + b"\0\0\0\1" + TICKS.to_bytes(2, "big"))
        file.write(b"MTrk" + len(track).to_bytes(4, "big") + track)


def played(font, path):
    """What FluidSynth makes of a MIDI file with a soundfont, without reverb and chorus."""
    out = path + ".wav"
    subprocess.run(
        ["fluidsynth", "-q", "-n", "-i", "-R", "0", "-C", "0", "-g", "0.6", "-r", "44100", "-O", "s16", "-F", out, font, path],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return read(out)


def attack(samples, rate):
    """Milliseconds until a tenth of the peak of the first half second."""
    part = numpy.abs(samples[: rate // 2])
    return 1000 * numpy.argmax(part >= part.max() / 10) / rate


def level(samples, rate):
    part = samples[: int(0.4 * rate)]
    return 10 * numpy.log10((part**2).mean() + 1e-12)


def seams(folder):
    """How far what comes before each loop's end is from what comes before its beginning, in decibels beneath its level."""
    with open(os.path.join(folder, "instrument.json")) as file:
        found = json.load(file)["samples"]
    clicks = []
    for sample in found:
        if "loopStart" not in sample:
            continue
        samples, _ = read(os.path.join(folder, sample["file"]))
        start, end = sample["loopStart"], sample["loopEnd"]
        difference = numpy.abs(samples[end - 8 : end] - samples[start - 8 : start]).max()
        clicks.append(20 * numpy.log10(difference / numpy.sqrt((samples[start:end] ** 2).mean()) + 1e-9))
    return clicks, len(found)


def chroma(samples, rate):
    window = 8192
    sums = numpy.zeros(12)
    frequencies = numpy.fft.rfftfreq(window, 1 / rate)
    used = (frequencies > 100) & (frequencies < 2000)
    classes = numpy.round(12 * numpy.log2(frequencies[used] / 440) + 69).astype(int) % 12
    for start in range(0, len(samples) - window, window // 2):
        power = numpy.abs(numpy.fft.rfft(samples[start : start + window] * numpy.hanning(window)))[used]
        sums += numpy.bincount(classes, weights=power, minlength=12)
    return sums


def chords(font, folder, keys, program):
    """The mean correlation of the chroma of six chords with the same through the program of FluidR3."""
    low, high = keys

    def inside(key):
        while key < low:
            key += 12
        while key > high:
            key -= 12
        return key

    path = os.path.join(folder, "chords.mid")
    notes = [(2 * i, 1.9, inside(key), 90) for i, (_, chord) in enumerate(CHORDS) for key in chord]
    pair = []
    for sound, number_of in [(font, 0), (SOUNDFONT, program)]:
        midi(path, notes, program=number_of)
        samples, rate = played(sound, path)
        pair.append([chroma(samples[int(2 * i * rate) : int((2 * i + 1.9) * rate)], rate) for i in range(len(CHORDS))])
    return numpy.mean([numpy.corrcoef(a, b)[0, 1] for a, b in zip(*pair)])


def measured(prompt, keys, program, root, seed):
    """Figures of one instrument, as FluidSynth plays it."""
    folder = os.path.join(root, prompt.replace(" ", "-"))
    made([prompt, "--range", f"{name(keys[0])}..{name(keys[1])}", "--seed", str(seed), "--output", folder], "instrument")
    font = os.path.join(folder, os.path.basename(folder) + ".sf2")
    path = os.path.join(folder, "keys.mid")
    every = list(range(keys[0], keys[1] + 1))
    midi(path, [(SPACING * i, HELD, key, 100) for i, key in enumerate(every)])
    samples, rate = played(font, path)
    parts = [samples[int(SPACING * i * rate) : int((SPACING * i + HELD) * rate)] for i in range(len(every))]
    cents = []
    for key, part in zip(every, parts):
        found = partials(part, rate, hertz(key))
        cents.append(deviation(found) if found else None)
    levels = [level(part, rate) for part in parts]
    clicks, count = seams(folder)
    return {
        "sfz": by_sfizz(folder, every) if sfz.available() else None,
        "keys": len(every), "samples": count,
        "in tune": sum(c is not None and abs(c) <= 5 for c in cents), "worst cents": max(
            (abs(c) for c in cents if c is not None), default=None),
        "out of tune": {name(k): c and round(c, 1) for k, c in zip(every, cents) if c is None or abs(c) > 5},
        "level steps": [round(abs(a - b), 2) for a, b in zip(levels, levels[1:])],
        "attacks": [round(float(attack(part, rate)), 2) for part in parts],
        "loops": len(clicks), "worst seam": max(clicks, default=None),
        "chords": float(chords(font, folder, keys, program)),
    }


def figures(parts, keys, rate):
    """Keys in tune, the worst of them, the largest step of level, and the latest attack."""
    found = [partials(part, rate, hertz(key)) for key, part in zip(keys, parts)]
    cents = [deviation(one) if one else None for one in found]
    levels = [level(part, rate) for part in parts]
    return {
        "keys": len(keys), "in tune": sum(c is not None and abs(c) <= BARS["cents"] for c in cents),
        "worst cents": max((abs(c) for c in cents if c is not None), default=None),
        "step": max((abs(a - b) for a, b in zip(levels, levels[1:])), default=0),
        "attack": max(attack(part, rate) for part in parts)}


def by_sfizz(folder, keys):
    """The same of the SFZ file, as sfizz plays it."""
    path = os.path.join(folder, os.path.basename(folder) + ".sfz")
    parts = sfz.played(path, [(key, 100, HELD, HELD) for key in keys])
    return figures(parts, keys, 44100)


def misses(results):
    """Every bar that is missed, in a few words each."""
    found = []
    for prompt, one in results.items():
        if "in tune" not in one:
            continue
        checks = [
            (one["in tune"] == one["keys"], f"{one['keys'] - one['in tune']} keys are more than {BARS['cents']} cents off"),
            (max(one["level steps"], default=0) <= BARS["step"], f"a level step of {max(one['level steps'], default=0):.1f} dB"),
            (max(one["attacks"]) <= BARS["attack"], f"an attack after {max(one['attacks']):.1f} ms"),
            (one["worst seam"] is None or one["worst seam"] <= BARS["seam"], f"a seam of {one['worst seam']} dB"),
            (one["chords"] >= BARS["chords"], f"chords at {one['chords']:.3f}")]
        if one["sfz"]:
            played = one["sfz"]
            checks += [
                (played["in tune"] == played["keys"], f"sfizz: {played['keys'] - played['in tune']} keys off"),
                (played["step"] <= BARS["step"], f"sfizz: a level step of {played['step']:.1f} dB"),
                (played["attack"] <= BARS["attack"], f"sfizz: an attack after {played['attack']:.1f} ms")]
        found += [f"{prompt}: {words}" for isMet, words in checks if not isMet]
    drums, speed = results["kit"], results["speed"]
    if drums["silent"] or max(drums["attacks"]) > BARS["attack"]:
        found.append(f"kit: silent {drums['silent']}, attacks up to {max(drums['attacks'])} ms")
    if drums.get("hydrogen") and (not drums["hydrogen"]["valid"] or drums["hydrogen"]["silent"]):
        found.append(f"Hydrogen: valid {drums['hydrogen']['valid']}, silent {drums['hydrogen']['silent']}")
    if speed["seconds"] > BARS["seconds"]:
        found.append(f"{speed['samples']} samples in {speed['seconds']:.0f} s")
    return found


def by_hydrogen(folder):
    """Whether Hydrogen takes the kit, and which of its drums it plays as silence."""
    out = os.path.join(folder, "song.wav")
    names = hydrogen.played(folder, out)
    samples, rate = read(out)
    span = hydrogen.BEATS * rate
    peaks = {name: float(numpy.abs(samples[i * span : (i + 1) * span]).max(initial=0)) for i, name in enumerate(names)}
    return {"valid": hydrogen.is_valid(folder), "drums": len(names), "silent": [n for n, peak in peaks.items() if peak < 0.01]}


def made(arguments, command):
    start = time.monotonic()
    result = subprocess.run([os.environ["HISS"], command, *arguments], capture_output=True, text=True)
    if result.returncode:
        sys.exit(result.stderr)
    return time.monotonic() - start


def kit(root, seed):
    """Attacks and levels of a kit's drums, and how much of an open hi-hat a closed one leaves."""
    folder = os.path.join(root, "kit")
    made(["808 techno", "--seed", str(seed), "--output", folder], "kit")
    with open(os.path.join(folder, "instrument.json")) as file:
        drums = {sample["name"]: sample["root"] for sample in json.load(file)["samples"]}
    path = os.path.join(folder, "kit.mid")
    midi(path, [(2 * i, 0.1, key, 110) for i, key in enumerate(drums.values())], channel=9)
    samples, rate = played(os.path.join(folder, "kit.sf2"), path)
    parts = [samples[2 * i * rate : 2 * (i + 1) * rate] for i in range(len(drums))]
    silent = [drum for drum, part in zip(drums, parts) if numpy.abs(part).max() < 0.01]
    tails = []
    for stops in [False, True]:
        notes = [(0.0, 0.05, drums["open-hat"], 110)] + ([(0.15, 0.05, drums["closed-hat"], 1)] if stops else [])
        midi(path, notes, channel=9)
        samples, rate = played(os.path.join(folder, "kit.sf2"), path)
        tails.append(level(samples[int(0.25 * rate) : int(0.6 * rate)], rate))
    return {
        "drums": len(drums), "silent": silent, "attacks": [round(float(attack(part, rate)), 2) for part in parts],
        "choked by": float(tails[0] - tails[1]), "hydrogen": by_hydrogen(folder) if hydrogen.available() else None}


def main():
    parser = argparse.ArgumentParser(prog="scripts/check-instrument")
    parser.add_argument("prompts", nargs="*", help="of instruments (default: eight)")
    parser.add_argument("--range", default="A1..C6", help="of the prompts that are given")
    parser.add_argument("--program", type=int, default=0, help="of General MIDI whose chords are compared with")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", help="also write all figures to this file")
    options = parser.parse_args()
    ends = (*options.range.split(".."), options.program)
    wanted = {prompt: ends for prompt in options.prompts} or INSTRUMENTS
    results = {}
    with tempfile.TemporaryDirectory() as root:
        print(f"{'':18}{'keys':>5}{'±5 cents':>9}{'worst':>7}{'level step':>11}{'attack':>8}{'loops':>6}{'seam':>7}{'chords':>7}")
        for prompt, (low, high, program) in wanted.items():
            found = results[prompt] = measured(prompt, (key_of(low), key_of(high)), program, root, options.seed)
            seam = "" if found["worst seam"] is None else f"{found['worst seam']:.0f}"
            print(
                f"{prompt:18}{found['keys']:5}{found['in tune']:9}{found['worst cents']:7.1f}"
                f"{max(found['level steps'], default=0):8.1f} dB{max(found['attacks']):5.1f} ms{found['loops']:6}{seam:>7}"
                f"{found['chords']:7.3f}", flush=True)
            if found["sfz"]:
                own = found["sfz"]
                print(f"{'  by sfizz':18}{own['keys']:5}{own['in tune']:9}{own['worst cents']:7.1f}{own['step']:8.1f} dB{own['attack']:5.1f} ms")
        seconds = made(
            ["soft felt piano", "--every", "3", "--velocities", "3", "--output", os.path.join(root, "speed")], "instrument")
        count = len(json.load(open(os.path.join(root, "speed", "instrument.json")))["samples"])
        found = results["kit"] = kit(root, options.seed)
    results["speed"] = {"samples": count, "seconds": seconds}
    print(f"{count} samples in {seconds:.1f} s")
    print(
        f"kit: {found['drums']} drums, silent: {', '.join(found['silent']) or 'none'}; attacks up to "
        f"{max(found['attacks']):.1f} ms; a closed hi-hat takes {found['choked by']:.0f} dB off an open one")
    if found["hydrogen"]:
        own = found["hydrogen"]
        print(f"Hydrogen: the kit is {'valid' if own['valid'] else 'refused'}, {own['drums'] - len(own['silent'])} of {own['drums']} drums sound")
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=2, default=float)
    missed = misses(results)
    if missed:
        sys.exit(f"check-instrument: {len(missed)} bars are missed: {'; '.join(missed)}")


if __name__ == "__main__":
    main()
