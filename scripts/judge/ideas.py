"""Whether an idea's clip plays the notes of its MIDI file."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy

import features
import hiss as program
import measures
import notes
from player import Player

SOUNDFONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
PROMPTS = ("lofi, melancholic", "happy music box", "jazz guitar", "sad string ensemble", "pop piano", "slow organ")


def spans_of(played: list[tuple[float, float, int]]) -> list[tuple[float, float, frozenset[int]]]:
    """The pitch classes that sound, quarter of a second by quarter of a second."""
    last = max(stop for _, stop, _ in played)
    spans = []
    for number in range(int(last / 0.25)):
        start, end = 0.25 * number, 0.25 * (number + 1)
        sounding = frozenset(key % 12 for a, b, key in played if a < end - 0.05 and b > start + 0.05)
        if sounding:
            spans.append((start, end, sounding))
    return spans


def measure(player: Player, count: int) -> dict | None:
    """The energy on the notes of an idea's MIDI file: in its clip, and in FluidSynth's render of the file."""
    if shutil.which("fluidsynth") is None or not SOUNDFONT.exists():
        print("controls: ideas are left out: they want fluidsynth and fluid-soundfont-gm", file=sys.stderr)
        return None
    made, real = [], []
    for seed in range(count):
        folder = player.path("idea")
        program.call(
            player.hiss, "idea", PROMPTS[seed % len(PROMPTS)], "--model", player.model, "--bars", 4, "--seed", seed,
            "--output", folder, "--threads", player.threads, *player.scale)
        clip, midi, rendered = next(folder.glob("*.wav")), next(folder.glob("*.mid")), player.path()
        subprocess.run(
            ["fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-r", str(features.SAMPLE_RATE), "-F", rendered, SOUNDFONT,
             midi], check=True, capture_output=True)
        spans = spans_of(notes.notes_of(midi))
        made.append(measures.pitch_share_of_spans(features.read(clip), spans))
        real.append(measures.pitch_share_of_spans(player.vocoded(rendered), spans))
    return {"clips": count, "made": float(numpy.mean(made)), "real": float(numpy.mean(real))}
