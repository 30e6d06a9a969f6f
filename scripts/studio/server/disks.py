"""Faults of the disk: full, read-only, a database that is locked, a folder that is gone."""
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time

from studio import ask, check, finished, ROOT, say, Studio


class Told:
    """What the stream of events has said of troubles."""

    def __init__(self, studio):
        self.lines, ready = [], threading.Event()

        def listen():
            try:
                for _, name, data in studio.events(ready):
                    if name == "trouble":
                        self.lines.append(data["trouble"])
            except (OSError, ValueError):
                pass

        threading.Thread(target=listen, daemon=True).start()
        ready.wait(5)

    def wait(self, holds, seconds=20):
        end = time.time() + seconds
        while time.time() < end:
            if holds(self.lines):
                return True
            time.sleep(0.05)
        return False


def check_full_disk(studio, place):
    filler = os.path.join(place, "filler")
    told = Told(studio)
    whole = ask(studio, 1)
    studio.wait()
    pick = studio.call("GET", f"/clips?group={whole['group']}")[1]["clips"][0]["id"]
    job = ask(studio, 8)
    free = os.statvfs(place)
    # Room for a clip or two more, and then for nothing.
    with open(filler, "wb") as file:
        file.write(b"\0" * max(0, free.f_bavail * free.f_frsize - (700 << 10)))
    check(told.wait(lambda lines: any(line and "full" in line for line in lines), 60), "a full disk is said by an event")
    check("full" in (studio.call("GET", "/status")[1].get("trouble") or ""), "and by /status")
    with open(filler, "ab", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
                file.flush()
        except OSError:
            pass
    answers = [studio.call("PATCH", "/clips/" + pick, {"note": "n" * 9000 + str(index)}) for index in range(60)]
    refused = [data["detail"] for status, data in answers if status == 507]
    check({status for status, _ in answers} <= {200, 507} and refused, f"what cannot be kept is refused with 507 ({len(refused)} of 60)")
    kept = [index for index, (status, _) in enumerate(answers) if status == 200]
    last = studio.call("GET", "/clips/" + pick)[1]["clip"]["note"]
    check(last == ("n" * 9000 + str(kept[-1]) if kept else ""), "and what was said to be kept is")
    check(studio.call("GET", "/clips")[0] == 200, "reading goes on")
    # Killed while the disk is full, it starts and says so, or does not start and says that; nothing is lost.
    os.remove(filler)
    check(told.wait(lambda lines: lines and lines[-1] is None, 30), "with room again it is over, and that is said")
    finished(studio, job, "disk full")
    check(studio.call("PATCH", "/clips/" + pick, {"state": "picked"})[0] == 200, "and picks are kept again")


def check_read_only(program):
    """A library that its user may not write any more; root may always, so that somebody else has to be it."""
    place = tempfile.mkdtemp(prefix="hiss-check-read-only-")
    library = os.path.join(place, "library")
    os.makedirs(library)
    for folder in (place, library):
        os.chmod(folder, 0o777)
    user = 65534 if os.getuid() == 0 else None
    if user is not None and subprocess.run(["ls", ROOT], user=user, capture_output=True).returncode:
        shutil.rmtree(place, ignore_errors=True)
        return say("  skipped read-only: nobody else can read the program")
    studio = Studio(program, library, place, user)
    try:
        told = Told(studio)
        ask(studio, 1)
        studio.wait()
        pick = studio.call("GET", "/clips?limit=1")[1]["clips"][0]["id"]
        job = ask(studio, 4)
        folders = [folder for folder, _, _ in os.walk(library)]
        for folder in folders:
            os.chmod(folder, 0o555)
        status, data = studio.call("PATCH", "/clips/" + pick, {"state": "picked"})
        check(told.wait(lambda lines: lines and lines[-1] and "cannot be written" in lines[-1]), "a read-only library is said by an event")
        check(status in (200, 503), f"who picks a clip is told, or it is kept: {status}")
        for folder in folders:
            os.chmod(folder, 0o755)
        check(told.wait(lambda lines: lines and lines[-1] is None, 30), "and when it is over")
        finished(studio, job, "read-only")
        state = studio.call("GET", "/clips/" + pick)[1]["clip"]["state"]
        check((state == "picked") == (status == 200), f"what was said to be kept is: {status}, {state}")
        studio.stop()
    finally:
        if studio.process.poll() is None:
            studio.kill()
        shutil.rmtree(place, ignore_errors=True)


def check_locked(studio):
    told = Told(studio)
    pick = studio.call("GET", "/clips?limit=1")[1]["clips"][0]["id"]
    job = ask(studio, 3)
    other = sqlite3.connect(os.path.join(studio.library, "library.sqlite"), timeout=20, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    start = time.perf_counter()
    check(studio.call("GET", "/clips")[0] == 200 and time.perf_counter() - start < 1, "who only reads is not kept waiting")
    status, data = studio.call("PATCH", "/clips/" + pick, {"rating": 4}, timeout=60)
    check(status == 503 and "another program" in data["detail"],
          f"a database that another program keeps is said after {time.perf_counter() - start:.1f} s: {status}")
    check(told.wait(lambda lines: lines and lines[-1] and "another program" in lines[-1]), "and by an event")
    other.execute("ROLLBACK")
    other.close()
    check(told.wait(lambda lines: lines and lines[-1] is None, 40), "and when it is over")
    check(studio.call("PATCH", "/clips/" + pick, {"rating": 4})[0] == 200, "then the change is kept")
    finished(studio, job, "locked")


def check_gone(studio):
    told = Told(studio)
    clips = studio.call("GET", "/clips?limit=1000")[1]
    pick = clips["clips"][0]["id"]
    job = ask(studio)
    away = studio.library + "-away"
    os.rename(studio.library, away)
    check(told.wait(lambda lines: lines and lines[-1] and "gone" in lines[-1]), "a folder that is gone is said by an event")
    status, data = studio.call("PATCH", "/clips/" + pick, {"rating": 5})
    check(status == 503 and "gone" in data["detail"], "and to who changes something")
    check(not os.path.exists(studio.library), "no other one is made in its place")
    os.rename(away, studio.library)
    check(told.wait(lambda lines: lines and lines[-1] is None), "put back, it goes on")
    finished(studio, job, "folder moved away and back")
    # Lost, and put back from a copy: other files of the same names.
    shutil.copytree(studio.library, away)
    shutil.rmtree(studio.library)
    check(told.wait(lambda lines: lines and lines[-1] and "gone" in lines[-1]), "a folder that is removed is said too")
    os.rename(away, studio.library)
    check(told.wait(lambda lines: lines and lines[-1] is None), "put back from a copy, it goes on")
    check(studio.call("PATCH", "/clips/" + pick, {"note": "after"})[0] == 200, "what is changed then is kept")
    rows = sqlite3.connect(os.path.join(studio.library, "library.sqlite")).execute(
        "SELECT note FROM clips WHERE id = ?", [pick]).fetchone()
    check(rows == ("after",), "in the files that are there")
    job = ask(studio, 2, 0.5)
    finished(studio, job, "folder put back from a copy")
    found = studio.call("GET", "/clips?limit=1000")[1]["clips"]
    check({clip["id"] for clip in clips["clips"]} <= {clip["id"] for clip in found}, "and no clip is lost")


def check_faults(program, short):
    """Faults of the disk, in a small file system of its own where that can be mounted."""
    say("faults: a full disk, a read-only one, a locked database, a folder that is gone")
    place = tempfile.mkdtemp(prefix="hiss-check-faults-")
    mounts = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "hiss-check", place], capture_output=True).returncode == 0
    library = os.path.join(place, "library")
    os.makedirs(library)
    log = tempfile.mkdtemp(prefix="hiss-check-log-")
    studio = Studio(program, library, log)
    try:
        time.sleep(1)
        if mounts:
            check_full_disk(studio, place)
        else:
            say("  skipped full disk: no file system can be mounted here")
            ask(studio, 1)
            studio.wait()
        check_locked(studio)
        check_gone(studio)
        report = studio.call("GET", "/library/check")[1]
        check(report["database"] == "ok" and not report["missing"], f"the library is sound: {report['database']}, {report['missing']}")
        studio.stop()
        check_read_only(program)
    finally:
        if studio.process.poll() is None:
            studio.kill()
        if mounts:
            subprocess.run(["umount", "-l", place], capture_output=True)
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(log, ignore_errors=True)
