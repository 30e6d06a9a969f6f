"""Holds what Hiss says of prompts against what is known of them: told rightly, known or foreign; and named where unknown."""

import json
import subprocess
import sys
from pathlib import Path


def read(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def explain(hiss: str, model: str, prompts: list[str]) -> list[dict]:
    run = subprocess.run(
        [hiss, "words", "--model", model, "--explain", "-", "--json"], input="\n".join(prompts), text=True,
        capture_output=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def main() -> None:
    hiss, model, folder = sys.argv[1], sys.argv[2], Path(__file__).parent
    failed = False
    for name in ["calibration", "held-out"]:
        rows = read(folder / f"{name}.tsv")
        found = explain(hiss, model, [row[1] for row in rows])
        right = [(entry["confidence"] >= 0.5) == (kind == "known") for (kind, _), entry in zip(rows, found)]
        print(f"{name}: {sum(right)} of {len(rows)} prompts are told rightly ({100 * sum(right) / len(rows):.0f} %)")
        for (kind, prompt), entry, is_right in zip(rows, found, right):
            if not is_right or "--all" in sys.argv:
                notes = ", ".join(f"{n['words']} {n['kind']} {n.get('similarity', '')}" for n in entry["notes"])
                print(f"  {kind:8}{entry['confidence']:.2f}  {prompt}  [{notes}]")
        failed |= name == "held-out" and sum(right) < 0.9 * len(rows)
    rows = read(folder / "told.tsv")
    found = explain(hiss, model, [row[0] for row in rows])
    for (prompt, word), entry in zip(rows, found):
        unknown = [note["words"] for note in entry["notes"] if note["kind"] == "unknown"]
        if not any(word in words for words in unknown):
            failed = True
            print(f"not told: {prompt}: {entry}")
    print(f"{len(rows)} prompts that must be told: {'see above' if failed else 'all are'}")
    sys.exit(failed)


main()
