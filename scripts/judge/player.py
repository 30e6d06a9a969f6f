"""The model, which plays what it is told."""

import argparse
from pathlib import Path

import numpy

import features
import hiss as program


class Player:
    """Makes clips with one model, in one folder."""

    def __init__(self, options: argparse.Namespace, folder: Path):
        self.hiss, self.folder, self.threads = program.program(), folder, options.threads
        self.model = program.weights_of(options.model)
        self.scale = [] if options.control_scale is None else ["--control-scale", options.control_scale]
        self.count = 0

    def path(self, ending: str = "wav") -> Path:
        self.count += 1
        return self.folder / f"{self.count}.{ending}"

    def play(self, prompt: str, *arguments) -> numpy.ndarray:
        path = self.path()
        program.call(
            self.hiss, "generate", prompt, "--model", self.model, "--output", path, "--threads", self.threads,
            *self.scale, *arguments)
        return features.read(path)

    def vocoded(self, clip: Path) -> numpy.ndarray:
        """What the vocoder makes of a real clip: the best that a perfect model could do."""
        path = self.path()
        program.call(self.hiss, "vocode", clip, path)
        return features.read(path)
