"""What a model makes that has learned a listener's picks (`hiss train --picks`), beside what it made before."""

import json
import os
import re
import subprocess
from pathlib import Path

import numpy

import listeners
import shown

ROOT = Path(__file__).resolve().parents[2]
PICKS = 300


def learned(hiss, cache, clips, name, seed=0):
    """The voice of a listener after 300 picks, trained where it is not there yet, and the taste's file."""
    folder = cache / "voices" / re.sub(r"[^a-z]+", "-", name)
    taste = folder.with_suffix(".jsonl")
    chance = numpy.random.default_rng(seed)
    picks = [clips.pick(chance, clips.utilities[name]) for _ in range(PICKS)]
    folder.parent.mkdir(parents=True, exist_ok=True)
    clips.write(taste, picks)
    if not (folder / "config.json").exists():
        subprocess.run([hiss, "train", "--picks", taste, "--output", folder], check=True, stderr=subprocess.DEVNULL)
    return folder, taste


def best_of_eight(hiss, taste, folder, utility):
    """The mean utility of the best of eight by a taste, drawn from the clips of a folder in the order of their names."""
    files = sorted(folder.glob("*.wav"))
    told = json.loads(subprocess.run(
        [hiss, "taste", taste, *files, "--json"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)
    by_name = {Path(clip["file"]).name: clip["score"] for clip in told["files"]}
    score, chance = numpy.array([by_name[file.name] for file in files]), numpy.random.default_rng(96)
    drawn = [chance.choice(len(files), 8, replace=False) for _ in range(300)]
    return float(numpy.mean([utility[places[numpy.argmax(score[places])]] for places in drawn]))


def compared(hiss, cache, table, name, voice, taste, prompts):
    """Gain of utility, and ratios of variety and novelty, of clips with a voice over those without."""
    before = cache / f"before-{prompts}-{shown.SECONDS}.json"
    if not before.exists():
        before.write_text(json.dumps(shown.shown(hiss, cache / "shown" / "before", prompts)))
    plain = json.loads(before.read_text())
    liked = shown.shown(hiss, cache / "shown" / "voice", prompts, ["--voice", str(voice)])

    def utility(made):
        return listeners.utilities(made["rows"], table)[0][name]

    gain = utility(liked) - utility(plain)
    best = best_of_eight(hiss, taste, cache / "shown" / "voice", utility(liked))
    return {
        "together": best - float(utility(plain).mean()),
        "gain": float(gain.mean()), "error": float(gain.std() / len(gain) ** 0.5),
        "key": liked["pitches"] / plain["pitches"],
        "variety": liked["variety"] / plain["variety"], "novelty": liked["novelty"] / plain["novelty"]}


def judged(hiss, cache, prompts, voice=None):
    """What the judge says of the bundled model, with a voice: the share of clips in which the instrument that was asked for is
    recognised, and of energy on the pitches that were."""
    report = cache / "judge.json"
    python = os.environ.get("HISS_JUDGE_PYTHON", str(ROOT / ".venv-judge/bin/python"))
    subprocess.run(
        [ROOT / "scripts" / "judge" / "judge", "--model", "first", "--prompts", str(prompts), "--json", report,
         *(["--voice", str(voice)] if voice else [])],
        check=True, stdout=subprocess.DEVNULL, env=os.environ | {"HISS_BINARY": hiss, "HISS_PYTHON": python})
    clips = [clip["generated"] for clip in json.loads(report.read_text())["clips"]]
    return {
        "instruments": float(numpy.mean([clip["right"] for clip in clips])),
        "pitches": float(numpy.mean([clip["pitch"] for clip in clips if "pitch" in clip]))}
