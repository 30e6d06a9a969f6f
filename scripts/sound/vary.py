"""Measures how far relatives lie from their source and from each other; scripts/check-vary runs it and says how."""

import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile

PROMPTS = [
    "warm electric piano chords in A minor, 90 bpm", "rock drum beat, 120 bpm", "solo violin melody", "dark synth pad",
    "nylon guitar arpeggio in E minor", "slap bass line, 100 bpm", "tubular bells, C4 note", "kick drum", "choir",
    "church organ chords in D minor", "marimba melody, 110 bpm", "jazz trio",
]
HELD = [0.1, 0.3, 0.5, 0.7]
SEED = 0


def hiss(*words):
    done = subprocess.run([os.environ["HISS"], *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"check-vary: {done.stderr.strip()}")
    return done.stdout


def measured(source, prompt, distance, count, folder):
    """Mean distances of a set's fingerprints: from the source, and from each other."""
    words = ["vary", source, "--distance", distance, "--count", count, "--seed", SEED + 500, "--novelty", 0, "--json",
             "--threads", 1, "--output", folder]
    made = json.loads(hiss(*words, *(["--prompt", prompt] if prompt else [])))
    return made["fromSource"], made["fromEachOther"]


def table(folder, kind, distances, count, workers):
    """By distance and prompt what was measured; the last distance is 1."""
    def one(case):
        number, prompt, distance = case
        source = os.path.join(folder, "sources", f"{number}.wav")
        if kind == "recordings":
            # The same sound, of which nothing says how it was made.
            source = os.path.join(folder, "recordings", f"{number}.wav")
        place = os.path.join(folder, kind, f"set-{number}-{round(100 * distance)}")
        return measured(source, prompt if kind == "recordings" else None, distance, count, place)

    cases = [(number, prompt, distance) for distance in distances for number, prompt in enumerate(PROMPTS)]
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(one, cases))
    return [found[at : at + len(PROMPTS)] for at in range(0, len(found), len(PROMPTS))]


def report(kind, distances, rows):
    unrelated = rows[-1]
    print(f"{kind}: share of the unrelated one's distance, from the source and from each other; the least and the most of a prompt")
    failures = []
    for distance, row in zip(distances, rows):
        shares = [one[0] / far[0] for one, far in zip(row, unrelated)]
        share = sum(shares) / len(shares)
        # Relative to their distance from the source.
        others = sum(one[1] for one in row) / max(1e-9, sum(one[0] for one in row))
        print(f"  {distance:4.2f}: {share:5.3f} (from {min(shares):.3f} to {max(shares):.3f}), each other {others:4.2f} of that")
        if distance in HELD and abs(share / distance - 1) > 0.15:
            failures.append(f"{kind} at {distance}: {share:.3f}")
        if distance in HELD and not 0.75 <= others <= 1.33:
            failures.append(f"{kind} at {distance}: {others:.2f} as far from each other as from the source")
    return failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--distances", type=float, nargs="+", default=HELD)
    parser.add_argument("--kinds", nargs="+", default=["clips", "recordings"])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    global SEED
    SEED = options.seed
    distances = sorted({*options.distances} - {1.0}) + [1.0]
    with tempfile.TemporaryDirectory() as folder:
        for number, prompt in enumerate(PROMPTS):
            for place, plain in [("sources", []), ("recordings", ["--plain"])]:
                hiss("generate", prompt, "--duration", 3, "--seed", SEED + 40 + number, "--novelty", 0, "--output",
                     os.path.join(folder, place, f"{number}.wav"), *plain)
        failures = []
        for kind in options.kinds:
            failures += report(kind, distances, table(folder, kind, distances, options.count, options.workers))
    print("\n".join(failures) or "as asked for")
    sys.exit(len(failures) > 0)


if __name__ == "__main__":
    main()
