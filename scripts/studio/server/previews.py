"""How soon previews and whole clips are there."""
import random
import statistics
import threading
import time

from studio import check, say


def check_previews(studio, short):
    say("previews: eight ideas of 4 s")
    studio.wait()
    firsts, alls, wholes = [], [], []
    for round_ in range(3 if short else 10):
        ready, done = threading.Event(), threading.Event()
        seen, full = {}, {}

        def listen():
            for at, name, data in studio.events(ready):
                if name == "clip":
                    clip = data["clip"]
                    if clip["id"] not in seen:
                        seen[clip["id"]] = at
                    if not clip["draft"]:
                        full[clip["id"]] = at
                if len(full) == 8:
                    return done.set()

        threading.Thread(target=listen, daemon=True).start()
        ready.wait(5)
        start = time.perf_counter()
        prompt = random.choice(["warm electric piano, 90 bpm", "rock drum beat, 120 bpm", "solo violin melody"])
        status, _ = studio.call("POST", "/jobs", {"kind": "generate", "prompt": prompt, "count": 8, "seconds": 4})
        if status != 202 or not done.wait(60):
            return check(False, f"eight ideas did not come: {status}")
        times = sorted(seen.values())
        first = next(iter(seen))
        studio.call("GET", f"/clips/{first}/audio?draft=1")
        firsts.append(times[0] - start)
        alls.append(times[7] - start)
        wholes.append(max(full.values()) - start)
    # The first round may find caches cold.
    median = [statistics.median(values) for values in (firsts, alls, wholes)]
    check(median[0] <= 0.4, f"first preview after {median[0]:.3f} s (median of {len(firsts)}; worst {max(firsts):.3f})")
    check(median[1] <= 1.2, f"all eight previews after {median[1]:.3f} s (worst {max(alls):.3f})")
    say(f"          all eight whole clips after {median[2]:.3f} s")
