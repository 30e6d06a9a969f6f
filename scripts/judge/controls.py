"""Measures how closely a model's clips do what they were told besides the prompt. See docs/judge.md."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import soundfile

import bench
import features
import hiss as program
import measures
import notes
import voice

TONAL = {"progression", "arpeggio", "chord"}
RHYTHMIC = {"drum pattern", "arpeggio"}
HOP = 256
SOUNDFONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
LINES = ("solo violin melody", "flute melody", "trumpet melody", "clarinet melody", "saw lead melody", "choir melody")
IDEAS = ("lofi, melancholic", "happy music box", "jazz guitar", "sad string ensemble", "pop piano", "slow organ")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/judge/controls",
        description="Measures how closely a model's clips keep to chords, tempo, a line that is sung, and ideas' MIDI.")
    parser.add_argument("--model", default="first", help="a model's folder, or its name under Models")
    parser.add_argument("--clips", type=int, default=40, help="clips of each kind (default 40)")
    parser.add_argument("--control-scale", type=float, help="how strongly controls are followed (default: the program's)")
    parser.add_argument("--test-clips", type=int, default=2000, help="clips to take phrases from (default 2000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures")
    parser.add_argument("--threads", type=int, default=2, help="threads of the program (default 2)")
    return parser.parse_args()


class Player:
    """The model, which plays what it is told."""

    def __init__(self, options: argparse.Namespace, folder: Path):
        self.hiss, self.folder, self.threads = program.program(), folder, options.threads
        self.model = program.weights_of(options.model)
        self.scale = [] if options.control_scale is None else ["--control-scale", options.control_scale]
        self.count = 0

    def path(self, ending: str = "wav") -> Path:
        self.count += 1
        return self.folder / f"{self.count}.{ending}"

    def play(self, prompt: str, *arguments) -> numpy.ndarray:
        path = self.path()
        program.call(
            self.hiss, "generate", prompt, "--model", self.model, "--output", path, "--threads", self.threads,
            *self.scale, *arguments)
        return features.read(path)

    def vocoded(self, clip: Path) -> numpy.ndarray:
        """What the vocoder makes of a real clip: the best that a perfect model could do."""
        path = self.path()
        program.call(self.hiss, "vocode", clip, path)
        return features.read(path)


def spread(clips: list, count: int) -> list:
    return [clips[i * len(clips) // count] for i in range(count)] if len(clips) > count else clips


def share(samples: numpy.ndarray, spans: list[tuple[float, float, frozenset[int]]]) -> float:
    """The share of the energy that lies on the pitch classes asked for, of spans in which any are; 0 where it is silent."""
    parts, lengths = [], []
    for start, end, pitches in spans:
        part = samples[int(start * features.SAMPLE_RATE) : int(end * features.SAMPLE_RATE)]
        if len(part) > features.SAMPLE_RATE // 10:
            is_silent = measures.decibels(float(numpy.mean(part**2))) < -60
            parts.append(0.0 if is_silent else measures.pitch_share(part, pitches))
            lengths.append(len(part))
    return float(numpy.average(parts, weights=lengths)) if parts else 0.0


# MARK: Chords


def chords(player: Player, clips: list[program.Clip], count: int) -> dict:
    """Chords by name and tempo, as phrases of the corpus have them: beside these phrases, through the vocoder."""
    def beats(clip: program.Clip) -> set[float]:
        tempo = clip.labels.get("tempo", 120)
        return {round((c["endSeconds"] - c["startSeconds"]) * tempo / 60, 1) for c in clip.labels["chords"]}

    def suits(clip: program.Clip) -> bool:
        names = clip.labels["chords"]
        return clip.labels["kind"] in TONAL and len(names) > 0 and len(beats(clip)) == 1 and all(
            measures.root(c["name"].split("/")[0])[1] in measures.CHORDS for c in names)

    made, real = [], []
    for seed, clip in enumerate(spread([c for c in clips if suits(c)], count)):
        names = clip.labels["chords"]
        spans = [(c["startSeconds"], c["endSeconds"], measures.chord_pitches(c["name"])) for c in names]
        samples = player.play(
            clip.caption, "--chords", " ".join(c["name"] for c in names), "--bpm", clip.labels.get("tempo", 120),
            "--beats-per-chord", beats(clip).pop(), "--duration", clip.labels["seconds"], "--seed", seed)
        made.append(share(samples, spans))
        real.append(share(player.vocoded(clip.audio), spans))
    return {"clips": len(made), "made": float(numpy.mean(made)), "real": float(numpy.mean(real))}


# MARK: Tempo


def repeats(samples: numpy.ndarray) -> numpy.ndarray:
    """The autocorrelation of the spectrum's rises, by lag.

    A rise may be anywhere in the 23 ms that a frame hears, so it is spread over them. As sharp as they come, the rises of
    two onsets fall a step of 6 ms before or behind a beat, and the grid that happens to catch most of them wins: phrases'
    own tempos are then found to 0.10 % instead of 0.05 % (a probe that is not in the repository).
    """
    levels = numpy.log1p(100 * numpy.sqrt(features.power_frames(samples, 1024, HOP)))
    rises = numpy.maximum(numpy.diff(levels, axis=0), 0).sum(axis=1)
    rises = rises - numpy.convolve(rises, numpy.ones(87) / 87, "same")
    bell = numpy.exp(-0.5 * (numpy.arange(-8, 9) / 2) ** 2)
    rises = numpy.convolve(rises, bell / bell.sum(), "same")
    lags = numpy.correlate(rises, rises, "full")[len(rises) - 1 :]
    return lags / numpy.maximum(len(rises) - numpy.arange(len(rises)), 1)


def tempo_error(lags: numpy.ndarray, asked: float) -> float:
    """How far the grid of beats and half beats that fits a clip best is from the one asked for, as a share of the tempo.

    Only grids within a tenth of it are looked at. Which of its multiples a clip's tempo is, is no fact of the clip: a free
    search takes two thirds or three quarters of the tempo for the beat of one real arpeggio in ten.
    """
    def fit(tempo: float) -> float:
        scores = []
        for beats in (1, 0.5):
            multiples = numpy.arange(1, int(8 / beats) + 1) * beats * 60 * features.SAMPLE_RATE / HOP / tempo
            multiples = multiples[multiples < 0.8 * len(lags)]
            if len(multiples):
                scores.append(numpy.interp(multiples, numpy.arange(len(lags)), lags).mean())
        return float(numpy.mean(scores)) if scores else 0.0

    candidates = asked * numpy.exp(numpy.arange(-0.1, 0.1 + 1e-9, 0.0025))
    return float(candidates[int(numpy.argmax([fit(tempo) for tempo in candidates]))] / asked - 1)


def tempo(player: Player, clips: list[program.Clip], count: int) -> dict:
    suited = [c for c in clips if c.labels["kind"] in RHYTHMIC and c.labels.get("tempo") and c.labels["seconds"] > 3.5]
    chosen = spread(suited, count)
    tempos = [clip.labels["tempo"] for clip in chosen]
    made, real = [], []
    for seed, (clip, asked) in enumerate(zip(chosen, tempos)):
        samples = player.play(clip.caption, "--bpm", asked, "--duration", clip.labels["seconds"], "--seed", seed)
        made.append(repeats(samples))
        real.append(repeats(player.vocoded(clip.audio)))

    def kept(lags: list[numpy.ndarray], asked: list[float]) -> float:
        return float(numpy.mean([abs(tempo_error(part, tempo)) <= 0.01 for part, tempo in zip(lags, asked)]))

    # What clips score against the tempo of another: by chance.
    others = tempos[len(tempos) // 2 :] + tempos[: len(tempos) // 2]
    off = [kept(real, [tempo * factor for tempo in tempos]) for factor in (0.98, 1.02)]
    return {
        "clips": len(made), "made": kept(made, tempos), "real": kept(real, tempos), "chance": kept(real, others),
        "off": float(numpy.mean(off))}


# MARK: A line that is sung


def follow(player: Player, count: int) -> dict:
    """In how many notes of a line the loudest pitch class is the one that was sung; the same of the line itself."""
    right, itself = [], []
    for seed in range(count):
        random = numpy.random.default_rng(seed)
        steps = numpy.clip(random.choice([-2, -1, 1, 2], 8).cumsum() + 4, 0, 11)
        scale = numpy.array([0, 2, 4, 5, 7, 9, 11])
        base = 52 if seed % 2 == 0 else 64
        keys = [int(base + seed % 12 + 12 * (s // 7) + scale[s % 7]) for s in steps]
        line = voice.sung(keys, 0.5, seed % 2 == 1, seed)
        path = player.path()
        soundfile.write(path, line, features.SAMPLE_RATE)
        made = player.play(LINES[seed % len(LINES)], "--follow", path, "--duration", 4, "--seed", seed)
        for samples, found in ((made, right), (line, itself)):
            for number, key in enumerate(keys):
                part = samples[int((0.5 * number + 0.06) * features.SAMPLE_RATE) :][: int(0.4 * features.SAMPLE_RATE)]
                shares = [measures.pitch_share(part, frozenset([p])) for p in range(12)]
                found.append(int(numpy.argmax(shares)) == key % 12)
    return {"clips": count, "made": float(numpy.mean(right)), "real": float(numpy.mean(itself))}


# MARK: Ideas


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


def ideas(player: Player, count: int) -> dict | None:
    """The energy on the notes of an idea's MIDI file: in its clip, and in FluidSynth's render of the file."""
    if shutil.which("fluidsynth") is None or not SOUNDFONT.exists():
        print("controls: ideas are left out: they want fluidsynth and fluid-soundfont-gm", file=sys.stderr)
        return None
    made, real = [], []
    for seed in range(count):
        folder = player.path("idea")
        program.call(
            player.hiss, "idea", IDEAS[seed % len(IDEAS)], "--model", player.model, "--bars", 4, "--seed", seed,
            "--output", folder, "--threads", player.threads, *player.scale)
        clip, midi, rendered = next(folder.glob("*.wav")), next(folder.glob("*.mid")), player.path()
        subprocess.run(
            ["fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-r", str(features.SAMPLE_RATE), "-F", rendered, SOUNDFONT,
             midi], check=True, capture_output=True)
        spans = spans_of(notes.notes_of(midi))
        made.append(share(features.read(clip), spans))
        real.append(share(player.vocoded(rendered), spans))
    return {"clips": count, "made": float(numpy.mean(made)), "real": float(numpy.mean(real))}


def main():
    options = parsed()
    with tempfile.TemporaryDirectory() as folder:
        player = Player(options, Path(folder))
        clips = [c for c in program.corpus(player.hiss, bench.TEST_SEED, options.test_clips, options.threads) if c.is_solo]
        found = {}
        for name, measured in (
            ("chords", lambda: chords(player, clips, options.clips)),
            ("tempo", lambda: tempo(player, clips, options.clips)),
            ("follow", lambda: follow(player, options.clips)), ("ideas", lambda: ideas(player, options.clips)),
        ):
            found[name] = measured()
            report(name, found[name])
    if options.json:
        program.write(options.json, json.dumps(found, indent=1) + "\n")


def report(name: str, found: dict | None):
    if found is None:
        return
    if name == "tempo":
        print(f"tempo, {found['clips']} clips: onsets keep the asked beat to 1 % in {100 * found['made']:.0f} % (phrases "
              f"through the vocoder: {100 * found['real']:.0f} %, by chance {100 * found['chance']:.0f} %, of a tempo that is "
              f"2 % off {100 * found['off']:.0f} %)", flush=True)
        return
    words = {
        "chords": "energy on the chord's pitch classes", "follow": "notes whose loudest pitch class is the one sung",
        "ideas": "energy on the pitch classes of the MIDI file"}[name]
    against = {"chords": "phrases through the vocoder", "follow": "the line itself",
               "ideas": "FluidSynth's render through the vocoder"}[name]
    print(f"{name}, {found['clips']} clips: {words} {found['made']:.2f} ({against}: {found['real']:.2f}), "
          f"ratio {found['made'] / found['real']:.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
