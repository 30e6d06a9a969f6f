"""Terminals that go away, and what is drawn on them."""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time

from workshop import HISS, QUICK, Workshop, hold


class Terminal:
    """A terminal of so many columns on which hiss runs."""

    def __init__(self, arguments, folder, columns=80, ignores_hang_up=False, **options):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

        def prepare():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            # Whoever runs this may ignore it.
            signal.signal(signal.SIGHUP, signal.SIG_IGN if ignores_hang_up else signal.SIG_DFL)

        self.process = subprocess.Popen(
            [HISS, *arguments], cwd=folder, stdin=slave, stdout=slave, stderr=slave, preexec_fn=prepare, **options)
        os.close(slave)
        self.text = b""

    def read(self, until, seconds=60):
        """What was drawn, until some bytes come, or the program ends."""
        limit = time.time() + seconds
        while time.time() < limit and not until(self.text):
            if select.select([self.master], [], [], 0.1)[0]:
                try:
                    self.text += os.read(self.master, 65536)
                except OSError:
                    break
        return self.text

    def close(self):
        os.close(self.master)

    def end(self, seconds=60):
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return "no end"


class TerminalFaults(Workshop):
    """Each method is one fault; its docstring is its name."""

    def terminal_gone_unnoticed(self):
        """a training whose terminal goes, and that ignores SIGHUP, goes on; SIGTERM saves it"""
        terminal = Terminal(self.training("gone"), self.folder, ignores_hang_up=True)
        terminal.read(lambda text: b"loss" in text)
        terminal.close()
        time.sleep(1.5)
        hold(terminal.process.poll() is None, f"it ended with {terminal.process.poll()}")
        terminal.process.send_signal(signal.SIGTERM)
        hold(terminal.end() == 0, "exit code")
        hold((self.folder / "gone/checkpoint.safetensors").exists(), "nothing was saved")

    def terminal_closed(self):
        """a training whose terminal is closed saves, and ends with 0"""
        terminal = Terminal(self.training("closed"), self.folder)
        terminal.read(lambda text: b"loss" in text)
        terminal.close()
        code = terminal.end()
        hold(code == 0, f"exit code {code}")
        hold((self.folder / "closed/checkpoint.safetensors").exists(), "nothing was saved")

    def nohup(self):
        """a training under nohup does not hear SIGHUP"""
        process = subprocess.Popen(
            [HISS, *self.training("nohup")], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        while b"training:" not in process.stderr.readline():
            hold(process.poll() is None, "it did not begin")
        time.sleep(1)
        process.send_signal(signal.SIGHUP)
        time.sleep(1)
        hold(process.poll() is None, "it ended")
        process.terminate()
        process.communicate(timeout=60)
        hold(process.returncode == 0, f"exit code {process.returncode}")

    def clips_without_terminal(self):
        """clips whose terminal goes, SIGHUP ignored, are all made, and the lost paths are exit code 74"""
        arguments = ["generate", "tone", "--model", "small", "--count", "40", "--seed", "1", "-o", "clips",
                     "--novelty", "0", "--threads", "1", *QUICK]
        terminal = Terminal(arguments, self.folder, ignores_hang_up=True)
        terminal.read(lambda text: b".wav" in text)
        terminal.close()
        code = terminal.end()
        hold(code == 74, f"exit code {code}")
        hold(len(list((self.folder / "clips").glob("*.wav"))) == 40, "clips are missing")

    def width(self):
        """lines of progress fit a terminal of 36 columns"""
        terminal = Terminal(self.training("narrow"), self.folder, columns=36)
        terminal.read(lambda text: text.count(b"\r\x1b[Kstep") > 5)
        terminal.process.terminate()
        terminal.read(lambda text: False, seconds=5)
        terminal.end()
        drawn = [line.split("\r")[0] for line in terminal.text.decode().split("\r\x1b[K")[1:]]
        drawn = [line for line in drawn if line.startswith("step")]
        hold(len(drawn) > 5, f"{len(drawn)} lines were drawn")
        hold(all(len(line) < 36 for line in drawn), f"{max(map(len, drawn))} columns")

    def paths_on_terminals(self):
        """the path of a clip commands no terminal, and is as it is in a pipe"""
        name = "x\x1b[2J\x1b]0;title\x07.wav"
        arguments = ["generate", "tone", "--model", "small", "--seed", "1", "-o", name, "--novelty", "0", *QUICK]
        terminal = Terminal(arguments, self.folder)
        text = terminal.read(lambda text: False, seconds=30)
        hold(terminal.end() == 0, "exit code")
        hold(b"\x1b[2J" not in text and b"\x07" not in text, "it reached the terminal")
        hold(b"x\\u{1B}[2J" in text, "it is not shown")
        hold(self.run(*arguments, code=0).stdout.strip().endswith(name), "the path is another in a pipe")
