"""Measures ends, loops and lengths of clips; scripts/check-ends runs it and says how."""

import tempfile

import numpy

from clips import batch, read, write

PHRASES = ["rock drum beat", "funk bass line", "warm electric piano chords", "solo violin melody", "dark synth pad",
           "nylon guitar arpeggio", "church organ chords", "jazz drum groove", "marimba riff", "string ensemble"]
SHOTS = ["snare drum one-shot", "kick drum, single hit", "closed hi-hat one-shot", "a short note on a piccolo",
         "pizzicato strings, C4 note", "woodblock hit", "brass stab", "tubular bells one-shot, D4",
         "slap bass, E1 note", "crash cymbal, single hit"]


def decibels(value):
    return 20 * numpy.log10(max(value, 1e-9))


def ends(folder):
    """First and last samples of what is made."""
    write(f"{folder}/take.wav", 0.3 * numpy.sin(numpy.arange(66150) * 2 * numpy.pi * 220 / 44100))
    jobs = [{"id": f"bars-{i}", "prompt": p, "bpm": 90 + 7 * i, "bars": 2, "seed": i} for i, p in enumerate(PHRASES)]
    jobs += [{"id": f"tail-{i}", "prompt": p, "bpm": 90 + 7 * i, "bars": 1, "tail": 1.5, "seed": i}
             for i, p in enumerate(PHRASES)]
    jobs += [{"id": f"shot-{i}", "prompt": p, "seed": i} for i, p in enumerate(SHOTS)]
    jobs += [{"id": f"plain-{i}", "prompt": p, "duration": 1 + 0.37 * i, "sample-rate": rate, "seed": i}
             for i, (p, rate) in enumerate(zip(PHRASES, [44100, 48000, 22050, 8000, 96000] * 2))]
    jobs += [{"id": f"variation-{i}", "prompt": p, "init-audio": f"{folder}/take.wav", "strength": 0.1 * i + 0.1}
             for i, p in enumerate(PHRASES[:5])]
    batch(folder, jobs)
    worst = {}
    for job in jobs:
        samples, _ = read(f"{folder}/{job['id']}.wav")
        kind = job["id"].split("-")[0]
        worst.setdefault(kind, []).append(decibels(max(abs(samples[0]), abs(samples[-1]))))
    for kind, values in worst.items():
        good = sum(value < -60 for value in values)
        print(f"ends, {kind:10} {good} of {len(values)} below -60 dBFS, the loudest {max(values):.1f} dBFS")


def tails(folder):
    """Whether anything is struck in a tail: its levels against those before it."""
    good, last = 0, []
    for i in range(len(PHRASES)):
        samples, rate = read(f"{folder}/tail-{i}.wav")
        tail = samples[-int(1.5 * rate):]
        blocks = numpy.sqrt((tail[: len(tail) // 2205 * 2205].reshape(-1, 2205) ** 2).mean(axis=1))
        before = numpy.sqrt((samples[-int(2 * rate): -int(1.5 * rate)].reshape(-1, 2205) ** 2).mean(axis=1)).max()
        good += blocks.max() <= 1.2 * before
        last.append(decibels(blocks[-4:].max()) - decibels(before))
    print(f"tails              {good} of {len(PHRASES)} nowhere louder than before; ends {numpy.median(last):.0f} dB")


def shots(folder):
    """Silence at the end of one-shots, and their lengths."""
    lengths, silences = [], []
    for i in range(len(SHOTS)):
        samples, rate = read(f"{folder}/shot-{i}.wav")
        sounding = numpy.flatnonzero(numpy.abs(samples) > 1e-3)
        lengths.append(len(samples) / rate)
        silences.append((len(samples) - (sounding[-1] if len(sounding) else 0)) / rate)
    print(f"one-shots          {min(lengths):.2f} to {max(lengths):.2f} s, silence behind up to {max(silences):.2f} s")


def loops(folder):
    """Error of loops at another sample rate, against their exact periodic interpolation, in decibels of the clip."""
    rates = [48000, 22050, 96000, 8000]
    jobs = [{"id": f"loop-{i}-{rate}", "prompt": p, "duration": 1 + 0.1237 * i, "loop": True, "seed": i,
             "sample-rate": rate}
            for i, p in enumerate(PHRASES[:6]) for rate in [44100, *rates]]
    batch(folder, jobs)
    for rate in rates:
        seams, others = [], []
        for i in range(6):
            exact, _ = read(f"{folder}/loop-{i}-44100.wav")
            made, _ = read(f"{folder}/loop-{i}-{rate}.wav")
            spectrum = numpy.fft.rfft(exact)
            # The converter leaves 96 % of the band that both can hold.
            keep = int(0.85 * min(len(made), len(exact)) / 2)
            wanted = numpy.zeros(len(made) // 2 + 1, complex)
            wanted[:keep] = spectrum[:keep]
            found = numpy.fft.rfft(made)
            found[keep:] = 0
            error = numpy.fft.irfft(found - wanted * len(made) / len(exact), len(made))
            scale = numpy.sqrt((exact**2).mean())
            reach = rate // 50
            ring = numpy.abs(numpy.roll(error, reach)) / scale
            seams.append(decibels(ring[: 2 * reach].max()))
            others.append(decibels(ring[2 * reach:].max()))
        print(f"loops at {rate:6} Hz  error at the seam {max(seams):.0f} dB at most, elsewhere {max(others):.0f} dB")


def main():
    with tempfile.TemporaryDirectory() as folder:
        ends(folder)
        tails(folder)
        shots(folder)
        loops(folder)


if __name__ == "__main__":
    main()
