"""Hiss as a program that is asked, line by line, to do something once and to say how long it took."""

import subprocess


class Hiss:
    def __init__(self, program, folder, model, encoder=None):
        more = ["--text-encoder", str(encoder)] if encoder else []
        self.process = subprocess.Popen(
            [program, "bench-peer", str(folder), "--model", str(model), *more], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)

    def seconds(self, work):
        self.process.stdin.write(work + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"compare-peers: hiss bench-peer ended at '{work}'")
        return float(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
