"""Damaged files, disks that are full, read-only or without locks, clocks that are set back."""
import json
import shutil
import subprocess

from workshop import HISS, QUICK, SMALL, Workshop, hold


class DiskFaults(Workshop):
    """Each method is one fault; its docstring is its name."""

    def damaged_sound(self):
        """a damaged MP3 is told in one line of ours"""
        self.run("vocode", "samples/low tone.wav", "whole.mp3", "--iterations", "0", code=0)
        whole = (self.folder / "whole.mp3").read_bytes()
        for content in [whole[:1000] + bytes(len(whole) - 1500) + whole[-500:], whole[:60], b"ID3" + b"\x07" * 5000]:
            (self.folder / "damaged.mp3").write_bytes(content)
            run = self.run("vocode", "damaged.mp3", "out.wav", code=65)
            hold(len(run.stderr.splitlines()) == 1 and "damaged" in run.stderr, run.stderr)

    def read_only(self):
        """a read-only disk is called that by every command that writes"""
        disk = self.disk("read-only", "size=1m")
        try:
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            tone = "samples/low tone.wav"
            for command in [
                    ["generate", "tone", "--model", "small", "-o", disk / "a.wav"],
                    ["generate", "tone", "--model", "small", "-o", disk / "clips"],
                    ["idea", "piano", "--model", "small", "-o", disk / "ideas"],
                    ["morph", "tone", "tone", "--model", "small", "-o", disk / "way"],
                    [*self.jobs(), "-o", disk / "clips"], [*self.jobs(), "-o", disk],
                    ["vocode", tone, disk / "a.wav"], ["spectrogram", tone, disk / "a.png"],
                    ["train", "samples", "-o", disk / "model", "--cache", "cache"],
                    ["train", "samples", "-o", "model", "--cache", disk / "cache"],
                    ["evaluate", "small", "--dataset", "samples", "--cache", "cache", "-o", disk / "page"],
                    ["corpus", "-o", disk / "corpus"]]:
                run = self.run(*command)
                hold(run.returncode in (73, 74), f"{command[0]}: exit code {run.returncode}: {run.stderr}")
                hold("Read-only file system" in run.stderr.splitlines()[-1], f"{command[0]}: {run.stderr}")
        finally:
            subprocess.run(["umount", disk])

    def full_training(self):
        """a disk that fills up at any of a training's files is called that"""
        for size in ["200k", "2200k", "3m", "9m", "14m"]:
            disk = self.disk(f"full-{size}", f"size={size}")
            try:
                run = self.run("train", "samples", "-o", disk / "model", "--cache", "cache", "--steps", "60", *SMALL)
                hold(run.returncode in (73, 74), f"{size}: exit code {run.returncode}: {run.stderr}")
                hold("No space left on device" in run.stderr or "enough space" in run.stderr, f"{size}: {run.stderr}")
                hold("Cocoa" not in run.stderr, f"{size}: {run.stderr}")
            finally:
                subprocess.run(["umount", disk])

    def limit_training(self):
        """a file of a training that outgrows a limit is named, with the system's own words"""
        command = subprocess.list2cmdline(self.training("limited")).replace("1000000", "20")
        for blocks in [100, 1500, 6000]:
            run = subprocess.run(
                ["bash", "-c", f"ulimit -f {blocks}; exec {HISS} {command}"], cwd=self.folder, capture_output=True,
                text=True, timeout=120)
            hold(run.returncode in (73, 74), f"{blocks}: exit code {run.returncode}: {run.stderr}")
            hold("File too large" in run.stderr and "Cocoa" not in run.stderr, f"{blocks}: {run.stderr}")

    def full(self):
        """a disk that fills up is called that, by a batch, clips and pages"""
        disk = self.disk("full", "size=400k")
        try:
            self.run("generate", "tone", "--model", "small", "-o", "sheet", "--novelty", "0", "--count", "12",
                     "--seed", "1", *QUICK, code=0)
            for command, name in [
                    (["generate", "tone", "--model", "small", "-o", disk / "a.wav", "--duration", "10", "--steps", "1",
                      "--novelty", "0"], "a.wav"),
                    ([*self.jobs(40), "-o", disk / "clips"], "clips"),
                    (["sheet", "sheet", "--embed", "-o", disk / "page.html"], "page.html")]:
                run = self.run(*command)
                hold(run.returncode in (73, 74), f"{command[0]}: exit code {run.returncode}: {run.stderr}")
                hold("No space left on device" in run.stderr.splitlines()[-1], f"{command[0]}: {run.stderr}")
                hold("Cocoa" not in run.stderr, f"{command[0]}: {run.stderr}")
                left = [path.name for path in disk.rglob("*") if path.name.startswith(".")]
                hold(not left, f"{command[0]} leaves {left}")
                place = disk / name
                shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        finally:
            subprocess.run(["umount", disk])

    def no_locks(self):
        """a disk without locks ends a batch at the first clip, with 74"""
        run = self.run(*self.jobs(20), "-o", "unlocked", code=74, environment={**self.shim(), "CHECK_NO_LOCKS": "1"})
        hold("No locks available" in run.stderr.splitlines()[-1], run.stderr)
        hold("failed" not in run.stderr, run.stderr)

    def clock(self):
        """a clock that is set back during a batch makes no time negative"""
        environment = {**self.shim(), "CHECK_CLOCK_BACK": "1"}
        run = self.run(*self.jobs(), "-o", "timed", code=0, environment=environment)
        hold("3 clips made" in run.stderr and "-" not in run.stderr.splitlines()[-1].split(":")[-1], run.stderr)
        seconds = [json.loads(line)["seconds"] for line in (self.folder / "timed/ledger.jsonl").read_text().splitlines()]
        hold(all(0 <= value < 60 for value in seconds), f"{seconds}")
        run = self.run("generate", "tone", "--model", "small", "-o", "timed", "--novelty", "0", *QUICK, code=0,
                       environment=environment)
        hold(" -" not in run.stderr and "(-" not in run.stderr, run.stderr)
