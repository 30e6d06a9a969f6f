"""The page, in Chromium."""
import os
import subprocess
import time

from studio import check, empty_library, ROOT, say, Studio


def look(name, studio, *more):
    """Runs a check of the page, at a studio's address."""
    arguments = [os.path.join(ROOT, "scripts", "studio", name), f"http://127.0.0.1:{studio.port}/?token={studio.token}"]
    if name != "check-page":
        arguments.insert(0, os.path.join(ROOT, ".cache", "venv-studio", "bin", "python"))
    status = subprocess.run(arguments + list(more)).returncode
    check(status == 0, "the page was not looked at" if status == 69 else f"the page does what it should ({name})")


def check_page(program, short):
    """The page in a browser, with an empty library of its own."""
    say("the page, in Chromium")
    with empty_library() as library:
        studio = Studio(program, library)
        try:
            look("check-page", studio, *["--short"] * short)
        finally:
            studio.kill()


def check_sound(program, short):
    """From keys to sound, and the seam of a loop, by the page's own audio graph."""
    say("from keys to sound, in Chromium")
    with empty_library() as library:
        studio = Studio(program, library)
        try:
            time.sleep(2)
            look("check-sound", studio)
        finally:
            studio.kill()


def check_trouble(program, short):
    """What the page says when the studio, its folder, its database or its disk fail."""
    say("trouble, as the page says it, in Chromium")
    python = os.path.join(ROOT, ".cache", "venv-studio", "bin", "python")
    script = os.path.join(ROOT, "scripts", "studio", "check-trouble")
    check(subprocess.run([python, script, "--program", program]).returncode == 0, "what goes wrong is said, and nothing is lost")


def check_own(program, short):
    """A folder of samples: brought in, learned, heard, evaluated."""
    say("own samples, in Chromium")
    with empty_library() as library:
        studio = Studio(program, library)
        try:
            look("check-own", studio, "--minutes", "1" if short else "3")
        finally:
            studio.kill()


def check_many(program, short):
    """The page with a library of 20,000 clips."""
    count = 2000 if short else 20000
    say(f"the page with {count} clips, in Chromium")
    with empty_library() as library:
        studio = Studio(program, library)
        try:
            studio.call("POST", "/jobs", {"kind": "generate", "prompt": "bell", "count": 1, "seconds": 4, "bpm": 120})
            studio.wait()
            studio.kill()
            subprocess.run([os.path.join(ROOT, "scripts", "studio", "many-clips"), library, str(count)], check=True)
            studio.start()
            time.sleep(2)
            look("check-many", studio, "--clips", str(count))
        finally:
            studio.kill()
