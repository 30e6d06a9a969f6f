"""Whether prompts of another language are answered with the instrument that they name, or told to be unknown."""

import argparse
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import bench
import features
import hiss as program
import recogniser

SECONDS = 4
BAR = 0.9
WORDS = program.ROOT / "scripts" / "words"
# What becomes of a clip, from best to worst; the last two are wrong.
HEARD, STAND_IN, TOLD, OTHER, SILENT = (
    "heard as asked", "heard as what Hiss says it takes it for", "told to be unknown",
    "told to be taken for something, and heard as another", "heard as another, without a word")
RIGHT = {HEARD, STAND_IN, TOLD}


@dataclass(frozen=True)
class Entry:
    """A prompt, its words for what is to sound, and the classes that answer them."""

    prompt: str
    words: list[str]
    names: list[str]
    classes: set[str]


def rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def entries(prompts: Path, known: list[str]) -> list[Entry]:
    classes = {row[0]: set(filter(None, row[1].split("|"))) for row in rows(WORDS / "heard-as.tsv")}
    unheard = set().union(*classes.values()) - set(known)
    if unheard:
        print(f"The recogniser has no class for {', '.join(sorted(unheard))}", file=sys.stderr)
    found = []
    for prompt, words, accepted in rows(prompts):
        names = [name for name in accepted.replace("&", "|").replace("/", "|").split("|") if name != "unknown"]
        found.append(Entry(prompt, words.split("|"), names, set().union(*(classes[name] for name in names))))
    return found


def explained(hiss: str, model: Path, prompts: list[str]) -> list[dict]:
    """What the program says of each prompt before it makes a clip."""
    run = subprocess.run(
        [hiss, "words", "--model", model, "--explain", "-", "--json"], input="\n".join(prompts), text=True,
        capture_output=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def class_names(hiss: str, model: Path) -> dict[str, str]:
    """The class of every name that the model knows for an instrument or for a stroke of drums."""
    run = subprocess.run([hiss, "words", "--model", model, "--json"], text=True, capture_output=True, check=True)
    names = {}
    for group in json.loads(run.stdout)["groups"]:
        if group["name"] not in ("instruments", "drums", "drum styles"):
            continue
        for entry in group["entries"]:
            instrument = entry["name"] if group["name"] == "instruments" else "drums"
            names |= {name.lower(): instrument for name in [entry["name"], *entry["others"]]}
    return names


def told(entry: Entry, notes: list[dict], names: dict[str, str]) -> tuple[bool, set[str]]:
    """Whether what is to sound is said to be unknown, and the classes that it is said to be taken for."""
    def is_about(words: str) -> bool:
        return any(words in word or word in words for word in entry.words) or words.lower() in entry.names

    about = [note for note in notes if is_about(note["words"])]
    meanings = {note["meaning"].lower() for note in about if note["kind"] in ("explained", "near") and "meaning" in note}
    stand_ins = {names.get(meaning) or next((c for n, c in names.items() if n in meaning), "?") for meaning in meanings}
    # Of "acid bass" the acid may be unknown; of the sound of rain it is enough that the rain is.
    unknown = [note["words"] for note in about if note["kind"] == "unknown"]
    return any(not entry.names or word in words for words in unknown for word in entry.words), stand_ins


def verdict(entry: Entry, heard: str, is_unknown: bool, stand_ins: set[str]) -> str:
    if heard in entry.classes:
        return HEARD
    if heard in stand_ins:
        return STAND_IN
    if is_unknown:
        return TOLD
    return OTHER if stand_ins else SILENT


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/check-translation",
        description="Measures whether prompts of another language are answered with the instrument that they name.",
        epilog="Exits with 1 where fewer than 90 % of the clips are right. The first run makes the judge's recogniser.")
    parser.add_argument("--model", default="first", help="a model's folder, or its name under Models")
    parser.add_argument("--prompts", type=Path, default=WORDS / "chinese.tsv", help="the prompts (default: 60 Chinese)")
    parser.add_argument("--seeds", type=int, default=2, metavar="N", help="clips of each prompt (default 2)")
    parser.add_argument("--threads", type=int, default=2, help="threads of the program and of PyTorch (default 2)")
    parser.add_argument("--all", action="store_true", help="show every prompt")
    return parser.parse_args()


def main() -> int:
    options = parsed()
    hiss, model = program.program(), program.weights_of(options.model)
    network, classes = bench.recogniser_for(hiss, 8000, options.threads)
    asked = entries(options.prompts, classes)
    requests = [program.Request(entry.prompt, SECONDS, seed) for entry in asked for seed in range(options.seeds)]
    paths = program.generated(hiss, model, requests, program.Settings(), options.threads)
    pictures = [features.log_mel(features.read(path)) for path in paths]
    heard = [classes[index] for index in recogniser.probabilities(network, pictures).argmax(axis=1)]
    said, names = explained(hiss, model, [entry.prompt for entry in asked]), class_names(hiss, model)
    counts = Counter()
    for index, (entry, about) in enumerate(zip(asked, said)):
        is_unknown, stand_ins = told(entry, about["notes"], names)
        answers = heard[options.seeds * index : options.seeds * (index + 1)]
        verdicts = [verdict(entry, answer, is_unknown, stand_ins) for answer in answers]
        counts.update(verdicts)
        if options.all or not set(verdicts) <= RIGHT:
            taken = f", taken for {', '.join(sorted(stand_ins))}" if stand_ins else ""
            print(f"  {entry.prompt} ({about.get('understood') or '-'}{taken}): {', '.join(answers)}: {'; '.join(verdicts)}")
    right = sum(count for kind, count in counts.items() if kind in RIGHT)
    for kind in (HEARD, STAND_IN, TOLD, OTHER, SILENT):
        print(f"{counts[kind]:4} {kind}")
    print(f"{right} of {len(paths)} clips of {len(asked)} prompts are right ({100 * right / len(paths):.1f} %)")
    return 0 if right >= BAR * len(paths) else 1


if __name__ == "__main__":
    sys.exit(main())
