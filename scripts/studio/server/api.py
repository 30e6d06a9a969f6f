"""The API's file, by schemathesis."""
import os
import signal
import subprocess
import sys

from studio import check, ROOT, say


def check_api(studio, short):
    seconds = 10 if short else 600
    say(f"the API's file, by schemathesis, {seconds} s")
    venv = os.path.join(ROOT, ".cache", "check-studio")
    program = os.path.join(venv, "bin", "schemathesis")
    if not os.path.exists(program):
        made = subprocess.run([sys.executable, "-m", "venv", venv], capture_output=True).returncode
        made = made or subprocess.run([os.path.join(venv, "bin", "pip"), "install", "--quiet", "schemathesis==4.*"]).returncode
        if made:
            return say("  skipped schemathesis cannot be installed")
    studio.call("POST", "/jobs", {"kind": "generate", "prompt": "bell", "count": 2, "seconds": 0.5})
    studio.wait()
    arguments = [
        program, "run", os.path.join(ROOT, "docs", "openapi.json"), "--url", f"http://127.0.0.1:{studio.port}/api/v1",
        "-H", f"Authorization: Bearer {studio.token}", "--checks", "not_a_server_error,response_schema_conformance",
        "--exclude-path", "/events", "--request-timeout", "20", "--continue-on-failure", "--seed", "1",
        "--max-time", str(seconds),
    ]
    log = os.path.join(studio.library, "..", "schemathesis.log")
    with open(log, "wb") as file:
        process = subprocess.Popen(arguments, stdout=file, stderr=subprocess.STDOUT, cwd=os.path.dirname(log))
        try:
            process.wait(seconds + 60)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
    with open(log, errors="replace") as file:
        text = file.read()
    check(process.returncode == 0, f"no server error, and answers as the file has them ({log})")
    for line in [line for line in text.splitlines() if line.strip()][-30 if process.returncode else -6:]:
        say("          " + line)
    for job in studio.call("GET", "/jobs?limit=1000")[1]["jobs"]:
        if job["state"] in ("waiting", "running"):
            studio.call("DELETE", "/jobs/" + job["id"])
    check(studio.call("GET", "/status")[0] == 200, "it serves on")
