"""Makes a pack and measures it (scripts/bench-pack)."""

import base64
import json
import math
import os
import pathlib
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST_SECONDS = 180
NEAR_COPY = 0.0895  # 0.3 of the median distance of the bundled model's held-out clips.


def fail(line):
    print(f"bench-pack: {line}", file=sys.stderr)
    sys.exit(1)


def make(plan, folder, kill_after=None):
    """Wall and processor seconds of one run."""
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [os.environ["HISS"], "pack", str(plan), "--output", str(folder), "--threads", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        _, errors = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return None
    if process.returncode != 0:
        fail(f"hiss pack ended with {process.returncode}: {errors.strip().splitlines()[-1]}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - start, cpu, errors.strip().splitlines()[-1]


def chunks(path):
    data = path.read_bytes()
    at, found = 12, {}
    while at + 8 <= len(data):
        size = struct.unpack("<I", data[at + 4 : at + 8])[0]
        found[data[at : at + 4]] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    return found


def ledger(folder):
    last = {}
    for line in (folder / "ledger.jsonl").read_text().splitlines():
        entry = json.loads(line)
        last[entry["id"]] = entry
    return last


def sounds(folder):
    skipped = {"ledger.jsonl"}
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in skipped
    }


def nearest(folder):
    prints = [base64.b64decode(e["fingerprint"]) for e in ledger(folder).values() if "fingerprint" in e]
    least = math.inf
    for index, one in enumerate(prints):
        for other in prints[:index]:
            least = min(least, math.sqrt(sum((a - b) ** 2 for a, b in zip(one, other))) / 255)
    return least, len(prints)


def check_files(folder, files):
    faults = []
    loops = sorted(f["loudness"] for f in files if f["kind"] == "loop" and abs(f["peak"] + 1) >= 0.05)
    level = loops[len(loops) // 2] if loops else 0
    for file in files:
        if "samples" in file:
            continue
        found = chunks(folder / file["file"])
        name = pathlib.Path(file["file"]).name
        if "bpm" in file and f"{file['bpm']:g}bpm" not in name:
            faults.append(f"{name}: no tempo in the name")
        if "key" in file and file["key"].split()[0].replace("#", "") not in name and "#" not in file["key"]:
            faults.append(f"{name}: no key in the name")
        if "trainedAlgorithmicMedia" not in found.get(b"_PMX", b"").decode("utf-8", "replace"):
            faults.append(f"{name}: no mark")
        if file["kind"] == "loop":
            kind, _, _, _, beats, *_ = struct.unpack("<IHHfIHHf", found[b"acid"][:24])
            if kind & 1 or beats != file["beats"] or b"smpl" not in found:
                faults.append(f"{name}: no loop of {file['beats']} beats")
            # A plan may level loops by their peaks; else the loudest decides what all are held to, or their own peak does.
            byPeak = abs(file["peak"] + 1) < 0.05
            if not byPeak and abs(file["loudness"] - level) > 0.3 and file["peak"] < -2.5:
                faults.append(f"{name}: {file['loudness']} LUFS, peak {file['peak']} dBFS")
        if file["kind"] == "one-shot" and abs(file["peak"] + 1) > 0.05:
            faults.append(f"{name}: a peak of {file['peak']} dBFS")
    return faults


def main():
    sys.stdout.reconfigure(line_buffering=True)
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    plan = pathlib.Path(arguments[0]) if arguments else ROOT / "docs/pack-200.yaml"
    with tempfile.TemporaryDirectory(prefix="hiss-bench-pack-") as work:
        folder = pathlib.Path(work) / "pack"
        seconds, cpu, line = make(plan, folder)
        print(line)
        listed = json.loads((folder / "pack.json").read_text())
        kinds = {}
        for file in listed["files"]:
            kinds[file["kind"]] = kinds.get(file["kind"], 0) + 1
        clip_seconds = sum(f.get("seconds", 0) for f in listed["files"])
        again = ledger(folder)
        reseeded = sum("seed" in e for e in again.values())
        distance, count = nearest(folder)
        print(f"{len(listed['files'])} things ({', '.join(f'{v} {k}' for k, v in kinds.items())}), {clip_seconds / 60:.1f} min of clips")
        print(f"{seconds:.1f} s, {cpu:.1f} s of processors; the machine's load is {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"{reseeded} with another seed; nearest two of {count} clips: {distance:.3f}")
        repeat, _, line = make(plan, folder)
        print(f"again: {repeat:.1f} s; {line}")
        faults = check_files(folder, listed["files"])
        for fault in faults[:10]:
            print(fault)
        if "--kill" in sys.argv:
            whole, other = sounds(folder), pathlib.Path(work) / "killed" / "pack"  # The page has the folder's name.
            kills = 0
            while make(plan, other, kill_after=random.uniform(2, max(4, seconds / 3))) is None:
                kills += 1
                if kills > 12:
                    make(plan, other)
                    break
            if sounds(other) != whole:
                odd = [n for n in set(whole) | set(sounds(other)) if whole.get(n) != sounds(other).get(n)]
                fail(f"after {kills} kills {len(odd)} files differ: {', '.join(sorted(odd)[:4])}")
            print(f"killed {kills} times and run again: the same {len(whole)} files, byte for byte")
        if listed["missing"] or (not arguments and len(listed["files"]) != 200):
            fail(f"{len(listed['files'])} things, {len(listed['missing'])} missing")
        if faults:
            fail(f"{len(faults)} files do not say what they are, or have another level")
        if distance < NEAR_COPY:
            fail(f"two clips are {distance:.3f} apart")
        if seconds > LONGEST_SECONDS:
            fail(f"{seconds:.0f} s are more than {LONGEST_SECONDS}")


main()
