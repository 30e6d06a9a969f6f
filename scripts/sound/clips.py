"""Clips by hiss batch, and mono samples of WAV files of 16 and 24 bits, with nothing but numpy."""

import json
import os
import subprocess
import sys
import wave

import numpy


def read(path):
    with wave.open(path) as file:
        width, rate, channels = file.getsampwidth(), file.getframerate(), file.getnchannels()
        data = numpy.frombuffer(file.readframes(file.getnframes()), dtype=numpy.uint8)
    if width == 3:
        padded = numpy.zeros((len(data) // 3, 4), dtype=numpy.uint8)
        padded[:, 1:] = data.reshape(-1, 3)
        samples = padded.view("<i4")[:, 0] / 2.0**31
    else:
        samples = data.view("<i2") / 2.0**15
    return samples.reshape(-1, channels).mean(axis=1), rate


def write(path, samples, rate=44100):
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((numpy.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def batch(folder, jobs, *options):
    """Makes the clips of jobs in a folder, with these options, with the program that HISS names."""
    path = os.path.join(folder, "jobs.jsonl")
    with open(path, "w") as file:
        file.write("\n".join(json.dumps(job) for job in jobs))
    command = [os.environ["HISS"], "batch", path, "--output", folder, "--novelty", "0", *options]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        sys.exit(result.stderr)
