"""Stereo clips that nobody tuned on: renders of MIDI phrases, their parts placed, and music and sounds of games."""

import random
import subprocess
from pathlib import Path

import mido
import numpy
import soundfile

from transform import RATE

SECONDS = 4
SECOND = [Path("/usr/share/sounds") / name for name in
          ("sf3/MuseScore_General_Full.sf3", "sf2/MuseScore_General_Full.sf2", "sf3/MuseScore_General.sf3")]
# The second one stands at another place, and in another format, where its package is older.
SOUNDFONTS = ["/usr/share/sounds/sf2/FluidR3_GM.sf2", str(next(filter(Path.exists, SECOND), SECOND[0]))]


def placed(source, target, seed):
    """The MIDI file with a place, a reverberation and a chorus for each channel."""
    chance = random.Random(seed)
    score = mido.MidiFile(source)
    channels = sorted({message.channel for track in score.tracks for message in track if hasattr(message, "channel")})
    track = mido.MidiTrack()
    for channel in channels:
        place = 64 if len(channels) == 1 and chance.random() < 0.3 else chance.choice([10, 24, 40, 52, 64, 76, 88, 104, 118])
        for number, value in [(10, place), (91, chance.choice([0, 30, 60, 100])), (93, chance.choice([0, 0, 50, 100]))]:
            track.append(mido.Message("control_change", channel=channel, control=number, value=value, time=0))
    score.tracks.insert(0, track)
    if score.type == 0:
        score.type = 1
    score.save(target)
    return len(channels)


def cut(samples, rate, start=0.0):
    if rate != RATE:
        import scipy.signal
        samples = scipy.signal.resample_poly(samples, RATE, rate, axis=0)
    samples = samples[int(start * RATE) : int((start + SECONDS) * RATE)]
    peak = numpy.abs(samples).max() if len(samples) else 0
    return samples * (0.5 / peak) if peak > 0 else samples


def is_stereo(samples):
    if samples.ndim < 2 or samples.shape[1] != 2 or len(samples) < RATE // 4:
        return False
    mid, side = samples.mean(1), (samples[:, 0] - samples[:, 1]) / 2
    return (side**2).sum() > 1e-3 * (mid**2).sum() > 0


def renders(scores, folder, count):
    """`count` renders of scores, every eighth with the second soundfont (it is slow to load), two of three with several parts."""
    several, single = [], []
    for path in sorted(Path(scores).glob("*.mid")):
        score = mido.MidiFile(path)
        channels = {m.channel for t in score.tracks for m in t if m.type == "note_on"}
        (several if len(channels) > 1 else single).append(path)
        if len(several) >= count and len(single) >= count:
            break
    chosen = several[: 2 * count // 3] + single[: count - min(len(several), 2 * count // 3)]
    for number, path in enumerate(chosen):
        target = folder / f"render-{number:02}.wav"
        if not target.exists():
            placed(path, folder / "score.mid", number)
            subprocess.run(
                ["fluidsynth", "-ni", "-q", "-g", "0.5", "-r", str(RATE), "-F", folder / "raw.wav",
                 SOUNDFONTS[number % 8 == 2], folder / "score.mid"], check=True, stdout=subprocess.DEVNULL)
            samples, rate = soundfile.read(folder / "raw.wav", always_2d=True)
            samples = cut(samples, rate)
            soundfile.write(target, samples, RATE, subtype="PCM_16")
        yield target


def recordings(folders, folder, count):
    """As many cuts of stereo files below `folders`, from a third into each."""
    files = [path for source in folders for path in sorted(Path(source).rglob("*")) if path.suffix in (".ogg", ".wav", ".flac")]
    random.Random(5).shuffle(files)
    music = [path for path in files if "usic" in str(path)]
    sounds = [path for path in files if "usic" not in str(path)]
    number = 0
    for group, most in [(music, 2 * count // 3), (sounds, count - 2 * count // 3)]:
        taken = 0
        for path in group:
            if taken >= most:
                break
            try:
                samples, rate = soundfile.read(path, always_2d=True, stop=RATE * 90)
            except soundfile.LibsndfileError:
                continue
            samples = cut(samples, rate, len(samples) / rate / 3 if group is music else 0)
            if not is_stereo(samples):
                continue
            target = folder / f"recording-{number:02}.wav"
            if not target.exists():
                soundfile.write(target, samples, RATE, subtype="PCM_16")
            (folder / f"recording-{number:02}.txt").write_text(path.name + "\n")
            number, taken = number + 1, taken + 1
            yield target


def vocoded(path, hiss, folder, samples, name, iterations=32):
    """What `hiss vocode` makes of mono samples."""
    target = folder / f"{path.stem}-{name}-{iterations}.wav"
    if not target.exists():
        source = folder / f"{path.stem}-{name}-in.wav"
        soundfile.write(source, samples, RATE, subtype="FLOAT")
        subprocess.run([hiss, "vocode", source, target, "--iterations", str(iterations), "--threads", "1"], check=True,
                       capture_output=True)
    return soundfile.read(target)[0]
