"""Judges a model by the second corpus: instruments of two soundfonts, synthesizers, sounds, combinations that corpora leave
out, words of synthesis, both ears, attacks and variety. See docs/judge.md."""

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy
import torch

import bench
import ears
import features
import hiss as program
import probes
import recogniser

# Clips that the recogniser learns from, and those that prompts are taken from, by part.
LESSONS = {"music": 5000, "synths": 2700, "sounds": 4500}
TESTS = {"music": 1500, "synths": 900, "sounds": 1500}
HELD_OUT = 240
CAPTIONS = 3
# Of clips of one caption, as rendered and as generated.
SAME = 4


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/judge/world", description="Judges a model by what the second corpus has.",
        epilog="The first run renders corpora and teaches a recogniser (half an hour); .cache/judge keeps them.")
    parser.add_argument("--model", default="first", help="a model's folder, or its name under Models")
    parser.add_argument("--per-class", type=int, default=2, metavar="N", help="prompts of each instrument and sound (default 2)")
    parser.add_argument("--held-out", type=int, default=120, metavar="N", help="prompts of combinations left out (default 120)")
    parser.add_argument(
        "--trained-on", type=Path, action="append", default=[], metavar="FOLDER",
        help="a corpus that the model learned from: prompts that are captions there are left out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def lessons(hiss: str, threads: int) -> dict[str, list[program.Clip]]:
    return {
        part: [clip for clip in program.corpus(hiss, bench.TRAINING_SEED, count, threads, (part,), captions=CAPTIONS) if clip.is_solo]
        for part, count in LESSONS.items()}


def pictures_of(part: str, clips: list[program.Clip]) -> list[numpy.ndarray]:
    return features.log_mels([clip.audio for clip in clips], program.CACHE / f"features-world-{part}.npz")


def taught(hiss: str, threads: int, known: dict[str, list[program.Clip]]):
    """The recogniser of all instruments and sounds, and its classes."""
    facts = {"lessons": LESSONS, "seed": bench.TRAINING_SEED, "epochs": recogniser.EPOCHS, "bands": features.BAND_COUNT}
    folder = program.CACHE / "recogniser-world"
    kept = recogniser.load(facts, folder)
    if kept:
        return kept
    clips = [clip for part in known.values() for clip in part]
    plain = [picture for part, those in known.items() for picture in pictures_of(part, those)]
    classes = sorted({clip.instrument for clip in clips})
    network = recogniser.train([plain], [classes.index(clip.instrument) for clip in clips], len(classes))
    recogniser.save(network, classes, facts, folder)
    return network, classes


def generated(hiss: str, model: Path, clips: list[program.Clip], threads: int, with_notes: bool = False) -> list[Path]:
    requests = [program.Request.like(clip, with_notes=with_notes and clip.family != "sound") for clip in clips]
    return program.generated(hiss, model, requests, program.Settings(), threads)


def share_right(network, classes, clips, paths) -> tuple[float, list[str]]:
    """The share that is heard as asked, and what is not."""
    heard = recogniser.probabilities(network, [features.log_mel(features.read(path)) for path in paths]).argmax(axis=1)
    pairs = [(clip.instrument, classes[index]) for clip, index in zip(clips, heard)]
    wrong = Counter(f"{asked} as {name}" for asked, name in pairs if asked != name)
    return float(numpy.mean([asked == name for asked, name in pairs])), [f"{n}× {what}" for what, n in wrong.most_common(12)]


def recognition(hiss, model, network, classes, tests, threads) -> dict:
    figures = {}
    for part, clips in tests.items():
        real, _ = share_right(network, classes, clips, [clip.audio for clip in clips])
        made, wrong = share_right(network, classes, clips, generated(hiss, model, clips, threads))
        row = {"prompts": len(clips), "real": real, "generated": made, "of real": made / real, "wrong": wrong}
        if part != "sounds":
            noted, _ = share_right(network, classes, clips, generated(hiss, model, clips, threads, with_notes=True))
            row |= {"from notes": noted, "from notes, of real": noted / real}
        figures[part] = row
        print(f"{part:>9}: {len(clips)} prompts, real {real:.3f}, generated {made:.3f} ({made / real:.3f} of real)"
              + (f", from notes {noted / real:.3f} of real" if part != "sounds" else "") + f"; {'; '.join(wrong[:6])}", flush=True)
    return figures


def synthesis_words(hiss, model, known, tests, threads) -> dict:
    """How many words of synthesis are told rightly, of real clips and of generated ones."""
    taught_by = probes.learned(known["synths"], pictures_of("synths", known["synths"]))
    clips = [clip for clip in tests if probes.said(clip, probes.words())]
    real = probes.told(clips, [features.log_mel(features.read(clip.audio)) for clip in clips], taught_by)
    made = probes.told(clips, [features.log_mel(features.read(path)) for path in generated(hiss, model, clips, threads)], taught_by)
    shares = [float(numpy.mean([right for rows in found.values() for right in rows])) for found in (real, made)]
    by_word = {name: [len(real[name]), float(numpy.mean(real[name])), float(numpy.mean(made[name]))] for name in sorted(real)}
    print(f"    words: {sum(map(len, real.values()))}, real {shares[0]:.3f}, generated {shares[1]:.3f} "
          f"({shares[1] / shares[0]:.3f} of real)", flush=True)
    return {"real": shares[0], "generated": shares[1], "of real": shares[1] / shares[0], "parameters": by_word}


def both_ears(hiss, model, tests, threads) -> dict:
    """Spreads of pan and width, and rises of drum hits, generated over real."""
    clips = [clip for part in tests.values() for clip in part]
    made = generated(hiss, model, clips, threads)
    real, ours = ears.spreads([clip.audio for clip in clips]), ears.spreads(made)
    hits = [n for n, clip in enumerate(clips) if clip.labels["kind"] == "drum hit"]
    rises = [float(numpy.nanmedian([ears.rise_of(path) for path in paths]))
             for paths in ([clips[n].audio for n in hits], [made[n] for n in hits])] if hits else [0.0, 0.0]
    print(f"     ears: spread of pan {ours['pan']:.2f} dB (real {real['pan']:.2f}), of width {ours['width']:.2f} dB "
          f"(real {real['width']:.2f}); rise of {len(hits)} hits {rises[1]:.1f} ms (real {rises[0]:.1f})", flush=True)
    return {"generated": ours, "real": real, "rise": {"hits": len(hits), "real": rises[0], "generated": rises[1]}}


def variety(hiss, model, known, threads) -> dict:
    """The mean distance of clips of one caption, generated over rendered: of captions that several lessons have."""
    found = defaultdict(list)
    for clip in known["sounds"]:
        for caption in {text.lower() for text in (clip.caption, *clip.captions)}:
            found[caption].append(clip)
    groups = [(caption, clips[:SAME]) for caption, clips in sorted(found.items()) if len(clips) >= SAME][:40]
    requests = [program.Request(caption, clip.labels["seconds"], 500 + n) for caption, clips in groups for n, clip in enumerate(clips)]
    made = program.generated(hiss, model, requests, program.Settings(), threads)

    def within(paths: list[Path]) -> float:
        rows = numpy.stack([probes.pooled(features.log_mel(features.read(path)))[:192] for path in paths])
        groups_of = rows.reshape(-1, SAME, rows.shape[1])
        return float(numpy.mean([numpy.linalg.norm(group[i] - group[j]) for group in groups_of for i in range(SAME) for j in range(i)]))

    real, ours = within([clip.audio for _, clips in groups for clip in clips]), within(made)
    print(f"  variety: {len(groups)} captions of {SAME} clips, {ours / real:.3f} of real", flush=True)
    return {"captions": len(groups), "of real": ours / real}


def main():
    options = parsed()
    torch.set_num_threads(options.threads)
    hiss, model = program.program(), program.weights_of(options.model)
    known = lessons(hiss, options.threads)
    network, classes = taught(hiss, options.threads, known)
    seen = bench.captions_in(options.trained_on)

    def prompts(parts: tuple[str, ...], count: int, **how) -> list[program.Clip]:
        return program.corpus(hiss, bench.TEST_SEED, count, options.threads, parts, **how)

    tests = {part: bench.numbered(prompts((part,), count, captions=CAPTIONS), options.per_class, classes, seen)
             for part, count in TESTS.items()}
    left_out = bench.numbered(prompts(("music", "synths"), HELD_OUT, held_out=True), HELD_OUT, classes, seen)[: options.held_out]
    figures = {"model": str(options.model), "recognition": recognition(
        hiss, model, network, classes, tests | {"held out": left_out}, options.threads)}
    figures["words"] = synthesis_words(
        hiss, model, known, prompts(("synths",), TESTS["synths"], captions=CAPTIONS)[:300], options.threads)
    figures["ears"] = both_ears(hiss, model, tests, options.threads)
    figures["variety"] = variety(hiss, model, known, options.threads)
    if options.json:
        program.write(options.json, json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
