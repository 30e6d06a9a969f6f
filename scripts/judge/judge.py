"""Measures how well a model's clips are what their prompts asked for. See docs/judge.md."""

import argparse
import json
import sys
from pathlib import Path

import numpy
import torch

import bench
import features
import hiss as program
import measures
import recogniser
import report
import words


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/judge/judge", description="Measures how well a model's clips are what their prompts asked for.",
        epilog="The first run renders corpora and teaches a recogniser (about ten minutes); .cache/judge keeps them.",
    )
    parser.add_argument("--model", default="first", help="a model's folder, or its name under Models")
    parser.add_argument("--per-instrument", type=int, default=3, metavar="N", help="prompts per instrument (default 3)")
    parser.add_argument("--prompts", type=int, metavar="N", help="judge N of those prompts only, drawn at random")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything that was measured")
    parser.add_argument("--steps", type=int, help="steps of generation (default: the program's)")
    parser.add_argument("--cfg-scale", type=float, help="guidance (default: the program's)")
    parser.add_argument("--time-shift", type=float, help="smaller steps near the noise (default: the program's)")
    parser.add_argument("--control-scale", type=float, help="how strongly controls are followed (default: the program's)")
    parser.add_argument(
        "--voice", action="append", default=[], metavar="FOLDER[:WEIGHT]", help="a voice to add; may be given several times")
    parser.add_argument("--sampler", help="how the steps are taken (default: the program's)")
    parser.add_argument(
        "--trained-on", type=Path, action="append", default=[], metavar="FOLDER",
        help="a corpus that the model learned from: prompts that are captions there are left out")
    parser.add_argument("--train-clips", type=int, default=8000, help="clips for the recogniser (default 8000)")
    parser.add_argument("--test-clips", type=int, default=2000, help="clips to take prompts from (default 2000)")
    parser.add_argument("--threads", type=int, default=2, help="threads of the program and of PyTorch (default 2)")
    return parser.parse_args()


def files_of(
    hiss: str, model: Path, clips: list[program.Clip], sizes: dict, settings: program.Settings, threads: int,
) -> dict[str, list[Path]]:
    """The files of each column of the tables, clip by clip."""
    def made(**how) -> list[Path]:
        requests = [program.Request.like(clip, **how) for clip in clips]
        return program.generated(hiss, model, requests, settings, threads)

    files = {
        "real": [clip.audio for clip in clips],
        "vocoded": program.vocoded(hiss, clips, bench.ITERATIONS),
        "generated": made(),
    }
    if sizes["denoiser"].get("controlCount", 0) > 0:
        files["from notes"] = made(with_notes=True)
    return files


def measured(paths: list[Path], clips: list[program.Clip], sizes: dict) -> tuple[list[numpy.ndarray], list[dict]]:
    """Each file's picture for the recogniser, and its plain measurements."""
    pictures, facts = [], []
    for path, clip in zip(paths, clips):
        samples = features.read(path)
        pictures.append(features.log_mel(samples))
        found = measures.level_facts(samples) | measures.blur_facts(samples, pictures[-1])
        found["seams"] = measures.seam_ratio(samples, sizes["denoiser"]["patchLength"], sizes["mel"]["hopLength"])
        asked = measures.asked_pitches(clip.caption, clip.labels)
        if asked and clip.family != "drums":
            found["asked"] = asked[0]
            found["pitch"] = measures.pitch_share(samples, asked[1])
            found["chance"] = len(asked[1]) / 12
        facts.append(found)
    return pictures, facts


def unread_words(hiss, model, network, classes, settings, options) -> tuple[str, dict, list[dict]]:
    """Prompts with words that are in no caption that the model learned: how many are answered."""
    entries = words.unread(bench.captions_in(options.trained_on), classes)
    requests = [
        program.Request(entry.prompt, words.SECONDS, seed) for entry in entries for seed in range(words.SEEDS)
    ]
    paths = program.generated(hiss, model, requests, settings, options.threads)
    sounds = [features.read(path) for path in paths]
    guesses = recogniser.probabilities(network, [features.log_mel(samples) for samples in sounds])
    heard = [classes[index] for index in guesses.argmax(axis=1)]
    answers = [heard[i * words.SEEDS : (i + 1) * words.SEEDS] for i in range(len(entries))]
    right = [name in entry.accepted for entry, names in zip(entries, answers) for name in names]
    text = f"Words that no caption contains: {report.percent(report.share(right))} of {len(right)} clips answer one of {len(entries)}\n"
    missed = [
        f"{entry.word} heard as {', '.join(sorted(set(names) - entry.accepted))}"
        for entry, names in zip(entries, answers) if set(names) - entry.accepted
    ]
    text += f"  missed: {'; '.join(missed) or 'none'}\n"
    records = [{"prompt": e.prompt, "word": e.word, "heard": n} for e, n in zip(entries, answers)]
    return text, {"right": report.share(right), "prompts": records}, [measures.level_facts(samples) for samples in sounds]


def heard_as(files: dict[str, list[Path]], clips, network, classes, families, sizes) -> tuple[list[bench.Verdicts], dict]:
    """What the recogniser says of every file, and the plain measurements of each."""
    all_verdicts, facts = [], {}
    for name, paths in files.items():
        pictures, facts[name] = measured(paths, clips, sizes)
        guesses = recogniser.probabilities(network, pictures)
        all_verdicts.append(bench.Verdicts(name, clips, guesses, classes, families))
    return all_verdicts, facts


def records(clips: list[program.Clip], all_verdicts: list[bench.Verdicts], facts: dict[str, list[dict]]) -> list[dict]:
    """All that was found, clip by clip."""
    return [
        {
            "prompt": clip.caption, "instrument": clip.instrument, "family": clip.family, "seed": clip.seed,
            **{v.name: {"heard": v.heard[i], "right": v.right[i], **facts[v.name][i]} for v in all_verdicts},
        }
        for i, clip in enumerate(clips)
    ]


def main():
    options = parsed()
    torch.set_num_threads(options.threads)
    model = program.weights_of(options.model)
    sizes = json.loads((model / "config.json").read_text())
    hiss = program.program()
    network, classes = bench.recogniser_for(hiss, options.train_clips, options.threads)
    clips = bench.test_clips(
        hiss, options.test_clips, options.per_instrument, classes, bench.captions_in(options.trained_on),
        options.threads, options.prompts)
    lessons = bench.lessons(hiss, options.train_clips, options.threads)
    families = {clip.instrument: clip.family for clip in lessons}
    settings = program.Settings(
        options.steps, options.cfg_scale, options.sampler, options.time_shift, options.control_scale,
        tuple(options.voice))
    files = files_of(hiss, model, clips, sizes, settings, options.threads)
    all_verdicts, facts = heard_as(files, clips, network, classes, families, sizes)
    heard, numbers = report.recognition(all_verdicts)
    sounding, sound_numbers = report.sound(facts)
    told, unread, levels = "", None, []
    if options.prompts is None:
        told, unread, levels = unread_words(hiss, model, network, classes, settings, options)
    levels += [fact for name in files if name not in ("real", "vocoded") for fact in facts[name]]
    print(f"{heard}\n{told}\n{sounding}\n{report.broken(levels)}", end="")
    if options.json:
        about = {"model": str(options.model), "voices": options.voice, "settings": settings.named, "classes": len(classes)}
        found = {"unread": unread, "sound": sound_numbers, "clips": records(clips, all_verdicts, facts)}
        result = about | numbers | found
        program.write(options.json, json.dumps(result, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
