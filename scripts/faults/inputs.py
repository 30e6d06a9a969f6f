"""Inputs as people, other programs and strangers write them, with what has to come of each: tables beside this file."""
import copy
import json
import shutil
import struct
import subprocess
from pathlib import Path

import midi_inputs
import sound_inputs
from workshop import HISS, QUICK, Workshop, hold

HERE = Path(__file__).parent
# A model that has hardly learned says so of everything.
USUAL = ("this model has learned for", "is all but silent")
CRASH = ("Fatal error", "Crash", "backtrace", "Illegal instruction", "terminate called", "Segmentation")


def rows(name):
    """The lines of a table: objects, or lists of what stands between tabs."""
    lines = [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [json.loads(line) if name.endswith(".jsonl") else line.split("\t") for line in lines]


def changed(original, changes):
    """JSON with other values at paths such as request.steps: null takes one away, "a*9" is nine letters."""
    result = copy.deepcopy(original)
    for path, value in changes.items():
        *folders, last = path.split(".")
        place = result
        for folder in folders:
            place = place[folder]
        if value is None:
            del place[last]
        else:
            is_long = isinstance(value, str) and value[1:2] == "*"
            place[last] = value[0] * int(value[2:]) if is_long else value
    return result


def tagged(comment):
    """A short WAV file with a comment."""
    def chunk(kind, body):
        return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)

    body = b"WAVE" + chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 44100, 88200, 2, 16))
    body += chunk(b"LIST", b"INFO" + chunk(b"ICMT", comment + b"\0")) + chunk(b"data", bytes(8820))
    return b"RIFF" + struct.pack("<I", len(body)) + body


class InputFaults(Workshop):
    """Each method is a table; its docstring is its name."""

    def _met(self, name, run, code, says, lines=1):
        """What is wrong with a run, in words; nothing where it went as it should."""
        told = [line for line in run.stderr.splitlines() if not any(words in line for words in USUAL)]
        if any(words in run.stderr for words in CRASH) or run.returncode < 0 or run.returncode > 128:
            return [f"{name}: it crashed with {run.returncode}: {run.stderr[-300:]}"]
        if run.returncode != code:
            return [f"{name}: exit code {run.returncode}, not {code}: {run.stderr[-300:]}"]
        if says not in run.stderr:
            return [f"{name}: \"{says}\" is not said: {run.stderr[-300:]}"]
        if code and (len(told) > lines or not told and says or any(len(line) > 900 for line in told)):
            return [f"{name}: {len(told)} lines: {run.stderr[:600]}"]
        if "\x1b" in run.stderr or "\x1b" in run.stdout:
            return [f"{name}: escapes reach the terminal"]
        return []

    def _all(self, count, wrong):
        hold(not wrong, f"{len(wrong)} of {count}:\n  " + "\n  ".join(wrong))

    def prompts(self):
        """prompts in seven languages, with what they exclude: read as they are meant, or said to be unknown"""
        table, wrong = rows("prompts.tsv"), []
        run = subprocess.run(
            [HISS, "words", "--model", "first", "--explain", "-", "--json"], text=True, capture_output=True, check=True,
            input="\n".join(row[0] for row in table))
        for row, line in zip(table, run.stdout.splitlines(), strict=True):
            entry = json.loads(line)
            unknown = [note["words"] for note in entry["notes"] if note["kind"] == "unknown"]
            found = [entry.get("understood", ""), entry["negativePrompt"], "; ".join(entry["heard"]), "; ".join(unknown)]
            found = [text or "-" for text in found]
            if found != row[1:]:
                wrong.append(f"{row[0]}: {' | '.join(found)}, not {' | '.join(row[1:])}")
        self._all(len(table), wrong)

    def chords(self):
        """chords as people write them: read, or refused in one line"""
        table, wrong = rows("chords.tsv"), []
        for text, code, says in table:
            job = {"id": "a", "prompt": "tone", "bpm": 90, "key": "C major", "chords": text}
            wrong += self._check(text, job, int(code), says)
        self._all(len(table), wrong)

    def _check(self, name, job, code, says):
        (self.folder / "one.jsonl").write_text(json.dumps(job))
        # A problem, and that nothing was made.
        return self._met(name, self.run("batch", "one.jsonl", "--check", "-o", "none", "--model", "small"), code, says, 2)

    def manifests(self):
        """manifests as spreadsheets and editors write them: read, or refused with their lines"""
        table, wrong = rows("manifests.jsonl"), []
        for row in table:
            (self.folder / row["name"]).write_bytes(row["text"].encode(row.get("encoding", "utf-8")))
            run = self.run("batch", row["name"], "--check", "-o", "none", "--model", "small")
            wrong += self._met(row["name"], run, row["code"], row["says"], 2)
            if row["name"] not in run.stderr and row["code"]:
                wrong.append(f"{row['name']} is not named")
        self._all(len(table), wrong)

    def midi(self):
        """MIDI files of other programs, and damaged ones: played with a note, or refused in one line"""
        wrong = []
        for name, (content, code, says) in midi_inputs.INPUTS.items():
            (self.folder / "odd.mid").write_bytes(content)
            wrong += self._check(name, {"id": "a", "prompt": "tone", "midi": "odd.mid"}, code, says)
        self._all(len(midi_inputs.INPUTS), wrong)

    def sounds(self):
        """WAV, AIFF and FLAC files whose headers lie: read as long as they are, or refused in one line"""
        self.run("vocode", "samples/low tone.wav", "whole.flac", "--iterations", "0", code=0)
        table = sound_inputs.INPUTS | sound_inputs.altered((self.folder / "whole.flac").read_bytes())
        wrong, output = [], self.folder / "read.wav"
        for name, (content, code, says) in table.items():
            (self.folder / name).write_bytes(content)
            output.unlink(missing_ok=True)
            wrong += self._met(name, self.run("vocode", name, output, "--iterations", "0"), code, says)
            if output.exists() != (code == 0):
                wrong.append(f"{name}: a file was {'not ' if code == 0 else ''}made")
            # 24 bits, and the longest is 26,460 frames.
            if output.exists() and not 3 * 4410 <= output.stat().st_size <= 3 * 26460 + 1000:
                wrong.append(f"{name}: {output.stat().st_size} bytes are made of it")
        self._all(len(table), wrong)

    def tags(self):
        """tags with hostile fields: shown with a note, and never made again"""
        self.run("generate", "tone", "--model", "small", "-o", "base.wav", "--novelty", "0", "--seed", "1", *QUICK, code=0)
        base = json.loads(self.run("inspect", "--json", "base.wav", code=0).stdout)
        table, wrong = rows("tags.jsonl"), []
        for row in table:
            (self.folder / "tagged.wav").write_bytes(tagged(json.dumps(changed(base, row["set"])).encode()))
            wrong += self._met(row["name"], self.run("inspect", "tagged.wav"), 0, row["says"])
            made = self.folder / "again.wav"
            wrong += self._met(row["name"], self.run("replay", "tagged.wav", "-o", made), row["code"], row["says"])
            if made.exists() == (row["code"] != 0):
                wrong.append(f"{row['name']}: made again, or not")
            made.unlink(missing_ok=True)
        self._all(len(table), wrong)

    def models(self):
        """models with hostile fields: `hiss models` lists the others, and `hiss generate` refuses in one line"""
        bad = self.folder / "Models/bad"
        shutil.copytree(self.folder / "Models/small", bad)
        base = json.loads((bad / "config.json").read_text())
        table, wrong = rows("models.jsonl"), []
        for row in table:
            (bad / "config.json").write_text(json.dumps(changed(base, row["set"])))
            listed = self.run("models")
            if listed.returncode or "small" not in listed.stdout:
                wrong.append(f"{row['name']}: the other models are not listed: {listed.stderr}")
            run = self.run("generate", "tone", "--model", "bad", "-o", "bad.wav", "--novelty", "0", *QUICK)
            wrong += self._met(row["name"], run, 65, row["says"])
        shutil.rmtree(bad)
        self._all(len(table), wrong)

    def surroundings(self):
        """environments, limits and streams that are not as usual: a clip is made, or one line says why not"""
        self.jobs()
        table, wrong = rows("surroundings.jsonl"), []
        for row in table:
            command, *rest = row["arguments"]
            arguments = [HISS, command, *rest] + (["--model", "small"] if command != "models" else [])
            if command == "generate":
                arguments += ["--novelty", "0", *QUICK]
            run = subprocess.run(
                ["/bin/bash", "-c", row.get("shell", 'exec "$@"'), "bash", *arguments], cwd=self.folder, text=True,
                stdin=subprocess.DEVNULL, capture_output=True, errors="replace", timeout=60,
                env=self.environment(row.get("environment", {})))
            wrong += self._met(row["name"], run, row["code"], row["says"])
            if row.get("prints") == "JSON":
                json.loads(run.stdout)
        self._all(len(table), wrong)
