"""Lists of 20,000 clips."""
import os
import shutil
import statistics
import subprocess
import tempfile
import time

from studio import ask, check, ROOT, say, Studio


def check_lists(program, short):
    """A library of 20,000 clips: how soon lists, filters and orders are answered."""
    say("lists of 20,000 clips")
    folder = tempfile.mkdtemp(prefix="hiss-check-lists-")
    library = os.path.join(folder, "library")
    os.makedirs(library)
    studio = Studio(program, library)
    try:
        ask(studio, 1)
        studio.wait()
        studio.stop()
        made = subprocess.run([os.path.join(ROOT, "scripts", "studio", "many-clips"), library, "20000"], capture_output=True, text=True)
        check(made.returncode == 0, f"they are made: {made.stderr[-300:]}")
        start = time.perf_counter()
        studio.start()
        say(f"          it starts in {time.perf_counter() - start:.1f} s")
        queries = ["limit=100", "limit=100&offset=15000", "query=warm+piano", "query=a&sort=relevance", "state=picked", "tag=warm",
                   "minimumBpm=80&maximumBpm=120", "minimumSeconds=2&maximumSeconds=4&sort=bpm", "rating=3&sort=rating", "loop=true",
                   "minimumNovelty=1&sort=novelty", "sort=taste"]
        queries += [f"sort={sort}&order={order}" for sort in ("created", "bpm", "key", "seconds", "loudness", "novelty", "rating",
                                                              "brightness", "name") for order in ("ascending", "descending")]
        for query in queries:
            times = []
            for _ in range(5):
                start = time.perf_counter()
                status, data = studio.call("GET", "/clips?" + query)
                times.append(time.perf_counter() - start)
                if status != 200:
                    check(False, f"{query}: {status} {data}")
            check(statistics.median(times) <= 0.1,
                  f"{query}: {1000 * statistics.median(times):.0f} ms (first {1000 * times[0]:.0f}), {data.get('total')} clips")
        for path in ("/status", "/map", "/history"):
            start = time.perf_counter()
            studio.call("GET", path)
            say(f"          {path}: {1000 * (time.perf_counter() - start):.0f} ms")
        studio.stop()
    finally:
        if studio.process.poll() is None:
            studio.kill()
        shutil.rmtree(folder, ignore_errors=True)
