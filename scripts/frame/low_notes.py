"""Whether the frame moves low notes: E1…B2 of basses and pianos before and after `hiss vocode`.

    low_notes.py HISS FOLDER
"""

import subprocess
import sys
from pathlib import Path

import mido
import numpy
import soundfile

from material import SOUNDFONTS, vocoded
from transform import RATE

PROGRAMS = {"piano": 0, "acoustic bass": 32, "finger bass": 33, "pick bass": 34, "slap bass": 36, "synth bass": 38, "cello": 42,
            "tuba": 58}


def cents(samples, key):
    """How far the fundamental lies from its key: the mean frequency of the energy around its peak, over 1.5 s."""
    hertz = 440 * 2 ** ((key - 69) / 12)
    piece = samples[int(0.15 * RATE) : int(1.65 * RATE)]
    power = numpy.abs(numpy.fft.rfft(piece * numpy.hanning(len(piece)), 8 * len(piece))) ** 2
    axis = numpy.arange(len(power)) * RATE / (8 * len(piece))
    near = (axis > hertz * 0.955) & (axis < hertz * 1.047)
    peak = axis[near][power[near].argmax()]
    around = (axis > peak - 1.5) & (axis < peak + 1.5)
    return 1200 * numpy.log2((axis[around] * power[around]).sum() / power[around].sum() / hertz)


def main():
    hiss, folder = sys.argv[1], Path(sys.argv[2])
    print("| instrument | notes | as played, within 10 cents | moved by ≤ 10 cents | median, largest move |\n|---|---:|---:|---:|---|")
    everything = []
    for name, program in PROGRAMS.items():
        file = mido.MidiFile()
        track = mido.MidiTrack()
        file.tracks.append(track)
        track.append(mido.Message("program_change", program=program))
        keys = range(28, 48)
        for key in keys:
            track.append(mido.Message("note_on", note=key, velocity=100, time=0))
            track.append(mido.Message("note_off", note=key, velocity=0, time=1824))
            track.append(mido.Message("note_off", note=key, velocity=0, time=96))
        file.save(folder / "low.mid")
        subprocess.run(["fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-g", "0.5", "-r", str(RATE), "-F", folder / "low.wav",
                        SOUNDFONTS[0], folder / "low.mid"], check=True, stdout=subprocess.DEVNULL)
        whole = soundfile.read(folder / "low.wav", always_2d=True)[0].mean(1)
        rows = []
        for index, key in enumerate(keys):
            samples = whole[2 * index * RATE : 2 * (index + 1) * RATE]
            samples = samples * (0.5 / numpy.abs(samples).max())
            made = vocoded(Path(f"low-{program}-{key}"), hiss, folder, samples, "mono")
            rows.append((cents(samples, key), cents(made, key)))
        rows = numpy.array(rows)
        moves = numpy.abs(rows[:, 1] - rows[:, 0])
        everything += list(moves)
        print(f"| {name} | {len(rows)} | {(abs(rows[:, 0]) <= 10).sum()} | {(moves <= 10).sum()} | "
              f"{numpy.median(moves):.1f}, {moves.max():.1f} |", flush=True)
    print(f"| all | {len(everything)} | | {(numpy.array(everything) <= 10).sum()} | {numpy.median(everything):.1f}, {max(everything):.1f} |")


if __name__ == "__main__":
    main()
