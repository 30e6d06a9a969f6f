"""Whether clips keep to the chords that they are given."""

import numpy

import bench
import hiss as program
import measures
from player import Player

TONAL = {"progression", "arpeggio", "chord"}


def measure(player: Player, clips: list[program.Clip], count: int) -> dict:
    """Chords by name and tempo, as phrases of the corpus have them: beside these phrases, through the vocoder."""
    def beats(clip: program.Clip) -> set[float]:
        tempo = clip.labels.get("tempo", 120)
        return {round((c["endSeconds"] - c["startSeconds"]) * tempo / 60, 1) for c in clip.labels["chords"]}

    def suits(clip: program.Clip) -> bool:
        names = clip.labels["chords"]
        return clip.labels["kind"] in TONAL and len(names) > 0 and len(beats(clip)) == 1 and all(
            measures.root(c["name"].split("/")[0])[1] in measures.CHORDS for c in names)

    made, real = [], []
    for seed, clip in enumerate(bench.spread([c for c in clips if suits(c)], count)):
        names = clip.labels["chords"]
        spans = [(c["startSeconds"], c["endSeconds"], measures.chord_pitches(c["name"])) for c in names]
        samples = player.play(
            clip.caption, "--chords", " ".join(c["name"] for c in names), "--bpm", clip.labels.get("tempo", 120),
            "--beats-per-chord", beats(clip).pop(), "--duration", clip.labels["seconds"], "--seed", seed)
        made.append(measures.pitch_share_of_spans(samples, spans))
        real.append(measures.pitch_share_of_spans(player.vocoded(clip.audio), spans))
    return {"clips": len(made), "made": float(numpy.mean(made)), "real": float(numpy.mean(real))}
