"""A running studio, what checks say of it, and what they ask it."""
import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
faults = []


def say(text):
    print(text, flush=True)


def check(holds, text):
    say(("  ok      " if holds else "  FAULT   ") + text)
    if not holds:
        faults.append(text)


class Studio:
    """A running studio."""

    def __init__(self, program, library, log=None, user=None):
        self.program, self.library, self.folder, self.user = program, library, log or os.path.dirname(library), user
        self.start()

    def start(self):
        self.log = open(os.path.join(self.folder, "studio.log"), "ab")
        arguments = [self.program, "studio", "--library", self.library, "--no-open", "--port", "0"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=self.log, user=self.user)
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=(\w+)", line)
        if not found:
            sys.exit(f"check-studio: the studio does not start: {line}")
        self.port, self.token = int(found[1]), found[2]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            check(False, "the studio does not end when it is told to")
            self.kill()

    def call(self, method, path, body=None, headers=None, timeout=30):
        """(status, body) of one call; body as JSON where it is some."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        given = {"Authorization": "Bearer " + self.token}
        if isinstance(body, (dict, list)):
            body, given["Content-Type"] = json.dumps(body), "application/json"
        given.update(headers or {})
        connection.request(method, "/api/v1" + path, body, given)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if "json" in (answer.getheader("Content-Type") or ""):
            data = json.loads(data)
        return answer.status, data

    def memory(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1024

    def wait(self, seconds=120):
        """Waits until nothing is left to do."""
        end = time.time() + seconds
        while time.time() < end:
            queue = self.call("GET", "/status")[1]["queue"]
            if queue["waiting"] + queue["running"] == 0:
                return True
            time.sleep(0.1)
        return False

    def events(self, ready):
        """Events as they come, each with its time."""
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.sendall(
            f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.token}\r\n\r\n".encode())
        file = connection.makefile("rb")
        name = None
        for line in file:
            line = line.decode().strip()
            if line.startswith(": hiss"):
                ready.set()
            if line.startswith("event: "):
                name = line[7:]
            if line.startswith("data: "):
                yield time.perf_counter(), name, json.loads(line[6:])


def ask(studio, count=6, seconds=2):
    status, data = studio.call("POST", "/jobs", {"kind": "generate", "prompt": "bell", "count": count, "seconds": seconds})
    return data["job"] if status == 202 else None


def takes(studio, group):
    clips = studio.call("GET", f"/clips?limit=1000&group={group}")[1]["clips"]
    files = [os.path.isfile(os.path.join(studio.library, clip["file"])) for clip in clips if not clip["draft"]]
    return sorted(clip["take"] for clip in clips if not clip["draft"]), all(files)


def finished(studio, job, what):
    """Whether a job is done in the end, each of its takes once."""
    end = time.time() + 120
    while time.time() < end:
        now = studio.call("GET", "/jobs/" + job["id"])[1]["job"]
        if now["state"] in ("done", "failed", "cancelled"):
            break
        time.sleep(0.2)
    found, has_files = takes(studio, job["group"])
    check(now["state"] == "done" and found == list(range(1, job["count"] + 1)) and has_files,
          f"{what}: the job is done in the end, each take once ({now['state']}, {found}, {now.get('error', '')})")


def keep_busy(port, token, stop, answers):
    """Fifty connections, each of which asks again and again."""
    def ask():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while not stop.is_set():
            try:
                connection.request("GET", "/api/v1/status", headers={"Authorization": "Bearer " + token})
                connection.getresponse().read()
                answers.value += 1
            except (OSError, http.client.HTTPException):
                connection.close()
            time.sleep(0.25)

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextlib.contextmanager
def empty_library():
    folder = tempfile.mkdtemp(prefix="hiss-check-page-")
    os.makedirs(os.path.join(folder, "library"))
    try:
        yield os.path.join(folder, "library")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
