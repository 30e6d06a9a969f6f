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
    parser.add_argument("--sampler", help="how the steps are taken (default: the program's)")
    parser.add_argument(
        "--trained-on", type=Path, action="append", default=[], metavar="FOLDER",
        help="a corpus that the model learned from: prompts that are captions there are left out")
    parser.add_argument("--train-clips", type=int, default=8000, help="clips for the recogniser (default 8000)")
    parser.add_argument("--test-clips", type=int, default=2000, help="clips to take prompts from (default 2000)")
    parser.add_argument("--threads", type=int, default=2, help="threads of the program and of PyTorch (default 2)")
    return parser.parse_args()


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


def share(flags: list[bool]) -> float:
    return float(numpy.mean(flags)) if flags else float("nan")


def table(title: str, header: list[str], rows: list[list]) -> str:
    def text(value) -> str:
        return f"{value:.2f}" if isinstance(value, float) else str(value)

    cells = [header] + [[text(v) for v in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = [f"{title}"]
    for row in cells:
        lines.append("  " + row[0].ljust(widths[0]) + "".join("  " + v.rjust(w) for v, w in zip(row[1:], widths[1:])))
    return "\n".join(lines) + "\n"


def percent(value: float) -> str:
    return "–" if numpy.isnan(value) else f"{100 * value:.1f} %"


def recognition(all_verdicts: list[bench.Verdicts]) -> tuple[str, dict]:
    names = [v.name for v in all_verdicts]
    clips = all_verdicts[0].clips
    real = share(all_verdicts[0].right)
    rows = [
        ["instrument", *(percent(share(v.right)) for v in all_verdicts)],
        ["the same / real", *(percent(share(v.right) / real if real > 0 else numpy.nan) for v in all_verdicts)],
        ["among the first three", *(percent(share(v.top3)) for v in all_verdicts)],
        ["family", *(percent(share(v.family)) for v in all_verdicts)],
    ]
    text = table(f"Recognised as what was asked for, {len(clips)} prompts", ["", *names], rows)
    rows, families = [], {}
    for family in sorted({clip.family for clip in clips}):
        inside = [i for i, clip in enumerate(clips) if clip.family == family]
        shares = [share([v.right[i] for i in inside]) for v in all_verdicts]
        families[family] = dict(zip(names, shares)) | {"prompts": len(inside)}
        rows.append([family, len(inside), *map(percent, shares)])
    text += "\n" + table("Instrument, by family", ["", "prompts", *names], rows)
    for verdicts in all_verdicts[1:]:
        listed = [f"{a} heard as {b}" + (f" ({n})" if n > 1 else "") for a, b, n in verdicts.confusions()[:12]]
        text += f"\nConfused, {verdicts.name}: {'; '.join(listed) or 'nothing'}\n"
    numbers = {
        v.name: {"instrument": share(v.right), "top3": share(v.top3), "family": share(v.family)} for v in all_verdicts
    }
    return text, {"accuracy": numbers, "families": families}


def pitch(facts: dict[str, list[dict]]) -> tuple[str, dict]:
    """Energy on the pitch classes asked for, and what the generated clips have of the vocoded ones'."""
    names = list(facts)
    asked = [f.get("asked") for f in facts[names[0]]]
    rows, numbers = [], {name: {} for name in names}
    kinds = {"note": "a note", "chord": "a chord", "chords": "several chords", "key": "a key only", "all": "all"}
    for kind, label in kinds.items():
        inside = [i for i, kind_asked in enumerate(asked) if kind_asked and kind in (kind_asked, "all")]
        if not inside:
            continue
        means = {n: float(numpy.mean([facts[n][i]["pitch"] for i in inside])) for n in names}
        chance = float(numpy.mean([facts[names[0]][i]["chance"] for i in inside]))
        ratios = [f"{means[n] / means['vocoded']:.3f}" for n in names[2:]]
        rows.append([label, len(inside), chance, *means.values(), *ratios])
        for name, value in means.items():
            numbers[name][f"pitch_{kind}"] = value
    title = "Energy on the pitch classes asked for, 60 Hz–2 kHz, by what the prompt names"
    return table(title, ["", "prompts", "chance", *names, *(f"{n} / vocoded" for n in names[2:])], rows), numbers


def sound(facts: dict[str, list[dict]]) -> tuple[str, dict]:
    names = list(facts)
    text, numbers = pitch(facts)
    rows = []
    for key, label in (
        ("level", "level while it sounds, dBFS"), ("flatness", "spectral flatness, dB"),
        ("detail", "step from band to band, dB"), ("attack", "rise from frame to frame, dB"),
        ("motion", "motion of single bands at 7 to 16 Hz, dB"),
        ("seams", "change at the seams of patches, ratio"), ("start", "silence before the first sound, s"),
        ("end", "sounding until, share of the clip"),
    ):
        means = [float(numpy.mean([f[key] for f in facts[n]])) for n in names]
        rows.append([label, *means])
        for name, value in zip(names, means):
            numbers[name][key] = value
    for key in ("silent", "clipped"):
        counts = [sum(f[key] for f in facts[n]) for n in names]
        rows.append([f"{key} clips", *counts])
        for name, value in zip(names, counts):
            numbers[name][key] = value
    return text + "\n" + table("Sound, means", ["", *names], rows), numbers


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
    text = f"Words that no caption contains: {percent(share(right))} of {len(right)} clips answer one of {len(entries)}\n"
    missed = [
        f"{entry.word} heard as {', '.join(sorted(set(names) - entry.accepted))}"
        for entry, names in zip(entries, answers) if set(names) - entry.accepted
    ]
    text += f"  missed: {'; '.join(missed) or 'none'}\n"
    records = [{"prompt": e.prompt, "word": e.word, "heard": n} for e, n in zip(entries, answers)]
    return text, {"right": share(right), "prompts": records}, [measures.level_facts(samples) for samples in sounds]


def broken(facts: list[dict]) -> str:
    """How many of all the clips that the model made are no result at all."""
    silent, clipped = (sum(fact[key] for fact in facts) for key in ("silent", "clipped"))
    return f"Of {len(facts)} clips made, {silent} are silent and {clipped} clipped\n"


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
        options.steps, options.cfg_scale, options.sampler, options.time_shift, options.control_scale)

    def made(requests: list[program.Request]) -> list[Path]:
        return program.generated(hiss, model, requests, settings, options.threads)

    files = {
        "real": [clip.audio for clip in clips],
        "vocoded": program.vocoded(hiss, clips, bench.ITERATIONS),
        "generated": made([program.Request.like(clip) for clip in clips]),
    }
    if sizes["denoiser"].get("controlCount", 0) > 0:
        files["from notes"] = made([program.Request.like(clip, with_notes=True) for clip in clips])
    all_verdicts, facts = [], {}
    for name, paths in files.items():
        pictures, facts[name] = measured(paths, clips, sizes)
        guesses = recogniser.probabilities(network, pictures)
        all_verdicts.append(bench.Verdicts(name, clips, guesses, classes, families))
    heard, numbers = recognition(all_verdicts)
    sounding, sound_numbers = sound(facts)
    told, unread, levels = "", None, []
    if options.prompts is None:
        told, unread, levels = unread_words(hiss, model, network, classes, settings, options)
    levels += [fact for name in files if name not in ("real", "vocoded") for fact in facts[name]]
    print(f"{heard}\n{told}\n{sounding}\n{broken(levels)}", end="")
    if options.json:
        records = [
            {
                "prompt": clip.caption, "instrument": clip.instrument, "family": clip.family, "seed": clip.seed,
                **{v.name: {"heard": v.heard[i], "right": v.right[i], **facts[v.name][i]} for v in all_verdicts},
            }
            for i, clip in enumerate(clips)
        ]
        about = {"model": str(options.model), "settings": settings.named, "classes": len(classes)}
        result = {**about, **numbers, "unread": unread, "sound": sound_numbers, "clips": records}
        program.write(options.json, json.dumps(result, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
