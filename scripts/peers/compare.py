#!/usr/bin/env python3
"""Times Hiss and its peers at the same work, in turns; scripts/compare-peers runs this in the environment it needs."""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent))
import denoisers  # noqa: E402
import network  # noqa: E402
import pipeline  # noqa: E402
import sounds  # noqa: E402
import training  # noqa: E402
from hiss import Hiss  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PARTS = ["forward", "training", "vocoder", "pipeline"]


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(contestants, rounds):
    """Median seconds of each contestant, `name -> () -> seconds`, one run of each after the other, over and over."""
    times = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            times[name].append(run())
    return {name: statistics.median(found) for name, found in times.items()}


def table(title, times):
    """Prints medians, and how many times as long as Hiss each takes; returns them."""
    print(f"\n{title}")
    mine = {name: value for name, value in times.items() if name.startswith("hiss")}
    best = min(mine.values())
    for name, value in sorted(times.items(), key=lambda pair: pair[1]):
        ratio = "" if name in mine else f"{value / best:8.2f} times Hiss's"
        print(f"  {name:32}{value * 1e3:10.1f} ms{ratio}")
    return times


def timed(run, *inputs):
    """A peer as a contestant, after one run that does not count."""
    run(*inputs)
    return lambda: seconds(lambda: run(*inputs))


class Comparison:
    def __init__(self, options, folder):
        self.options = options
        self.folder = Path(folder)
        self.model = ROOT / "Models" / options.model if not Path(options.model).is_dir() else Path(options.model)
        self.denoiser, self.configuration = network.load(self.model)
        self.hiss = Hiss(os.environ["HISS"], folder, self.model)
        self.results = {"processor": sounds.processor(), "model": self.model.name, "torch": torch.__version__}

    def forward(self):
        """Both branches of guidance over a clip of 10 s, one thread."""
        torch.set_num_threads(1)
        inputs = denoisers.inputs(self.configuration, seconds=10)
        denoisers.write(inputs, self.folder)
        contestants, outputs, left_out = denoisers.contestants(self.denoiser, inputs)
        reference = outputs["PyTorch float32"]
        for precision in denoisers.precisions():
            work = f"forward {precision} 1"
            self.hiss.seconds(work)
            contestants[f"hiss {precision}"] = lambda work=work: self.hiss.seconds(work)
            made = np.fromfile(self.folder / f"forward-{precision}.f32", "<f4").reshape(reference.shape)
            outputs[f"hiss {precision}"] = torch.from_numpy(made)
        agreement = {
            name: float((made - reference).norm() / reference.norm()) for name, made in outputs.items()}
        times = table("Denoiser, two branches, 10 s, one thread", in_turns(contestants, self.options.rounds))
        for name, reason in left_out.items():
            print(f"  {name}: {reason}")
        print("  relative difference from PyTorch float32: "
              + ", ".join(f"{name} {value:.1e}" for name, value in agreement.items()))
        self.results["forward"] = {"seconds": times, "agreement": agreement, "leftOut": left_out}

    def training(self):
        """One step of training, 32 clips of 4 s: forward, backward, AdamW and the moving average."""
        self.results["training"] = {}
        for threads in sorted({1, os.cpu_count()}):
            torch.set_num_threads(threads)
            contestants = training.contestants(self.model, denoisers.has_bfloat16())
            for precision in denoisers.precisions():
                work = f"train {precision} {threads}"
                self.hiss.seconds(work)
                contestants[f"hiss {precision}"] = lambda work=work: self.hiss.seconds(work)
            times = table(
                f"Training step, 32 clips of 4 s, {threads} thread(s)",
                in_turns(contestants, max(3, self.options.rounds // 3)))
            self.results["training"][threads] = times

    def vocoder(self):
        """Mel frames of 10 s to samples, 32 iterations, one thread."""
        torch.set_num_threads(1)
        power, values = sounds.mel(self.configuration, seconds=10)
        values.astype("<f4").tofile(self.folder / "mel.f32")
        slow, quick = sounds.vocoders(power)
        self.hiss.seconds("vocoder 1")
        contestants = {"hiss": lambda: self.hiss.seconds("vocoder 1"), **quick}
        times = in_turns(contestants, max(3, self.options.rounds // 3))
        # Minutes long, so once.
        times |= {name: run() for name, run in slow.items()}
        self.results["vocoder"] = table("Mel to 10 s of samples, 32 iterations, one thread", times)

    def pipeline(self):
        """A prompt to a WAV file of 10 s, all threads: 8 steps, guidance, 32 iterations."""
        threads = os.cpu_count()
        torch.set_num_threads(threads)
        peer = pipeline.Pipeline(self.denoiser, self.configuration, self.folder)
        work = f"pipeline {threads}"
        self.hiss.seconds(work)
        contestants = {"hiss": lambda: self.hiss.seconds(work), "PyTorch + torchaudio": timed(peer.run, "torchaudio")}
        times = in_turns(contestants, max(3, self.options.rounds // 3))
        times["PyTorch + librosa"] = seconds(lambda: peer.run("librosa"))
        self.results["pipeline"] = table(f"Prompt to a WAV file of 10 s, {threads} thread(s)", times)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="first", help="a model's folder, or its name under Models")
    parser.add_argument("--rounds", type=int, default=15, help="runs of each contestant (default 15)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="some parts only")
    parser.add_argument("--json", metavar="FILE", help="also write the results to this file")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    with tempfile.TemporaryDirectory() as folder, torch.inference_mode(False):
        comparison = Comparison(options, folder)
        print(f"{comparison.results['processor']}, {os.cpu_count()} cores; PyTorch {torch.__version__}")
        for part in options.only:
            getattr(comparison, part)()
        comparison.hiss.close()
    if options.json:
        Path(options.json).write_text(json.dumps(comparison.results, indent=2, sort_keys=True) + "\n")


main()
