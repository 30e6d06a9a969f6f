"""kill -9 at random moments, while jobs run and picks are made."""
import http.client
import json
import os
import random
import threading
import time

from studio import check, say


def work(studio, generator, before, asked, picked):
    """Asks for clips now and then, and picks one that is there."""
    if generator.random() < 0.1:
        request = {"kind": "generate", "prompt": "bell", "count": generator.randint(1, 4), "seconds": 0.5}
        status, data = studio.call("POST", "/jobs", request, timeout=5)
        if status == 202:
            asked[data["job"]["id"]] = data["job"]["count"]
    page = studio.call("GET", "/clips?limit=50&state=new", timeout=5)[1]
    there = [clip["id"] for clip in page["clips"] if clip["id"] not in before]
    if there:
        clip = generator.choice(there)
        status, _ = studio.call("PATCH", f"/clips/{clip}", {"state": "picked"}, timeout=5)
        if status == 200:
            picked.add(clip)


def check_kills(studio, short):
    rounds = 8 if short else 50
    say(f"kill -9 at {rounds} random moments, with jobs and picks")
    studio.wait()
    generator = random.Random(2)
    asked, picked = {}, set()

    def clips(query=""):
        found, offset = [], 0
        while True:
            page = studio.call("GET", f"/clips?limit=1000&offset={offset}{query}")[1]
            found += page["clips"]
            offset += 1000
            if offset >= page["total"]:
                return found

    before = {clip["id"] for clip in clips()}
    for _ in range(rounds):
        # The moment may lie between any two bytes.
        end = threading.Timer(generator.uniform(0.05, 3), studio.process.kill)
        end.start()
        try:
            while studio.process.poll() is None:
                work(studio, generator, before, asked, picked)
                time.sleep(0.05)
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            pass
        end.join()
        studio.process.wait()
        studio.start()
    check(studio.wait(180), "all that was asked for is done in the end")
    check(studio.call("GET", "/library/check")[0] in (200, 404), "the library can be checked")
    lost, twice = 0, 0
    for job, count in asked.items():
        status, data = studio.call("GET", f"/jobs/{job}")
        if status != 200 or data["job"]["state"] != "done" or data["job"]["done"] != count:
            lost += 1
            say(f"          {job}: {status} {data}")
            continue
        found = clips(f"&group={data['job']['group']}")
        takes = [clip["take"] for clip in found]
        twice += len(takes) != len(set(takes))
        lost += sorted(takes) != list(range(1, count + 1))
    check(lost == 0, f"no job is lost, and none has fewer clips than were asked for ({len(asked)} jobs)")
    check(twice == 0, "no take is there twice")
    kept = {clip["id"]: clip for clip in clips("&state=picked")}
    check(len(picked) >= rounds // 2, f"{len(picked)} picks were made between the kills")
    check(picked <= set(kept), "and none of them is lost")
    everything = clips()
    missing = [clip for clip in everything if not os.path.isfile(os.path.join(studio.library, clip["file"]))]
    check(not missing, f"each of {len(everything)} clips has its file")
    files = sum(len([n for n in os.listdir(os.path.join(studio.library, f)) if n.endswith(".wav")])
                for f in ("Clips", "Picks"))
    check(files == len(everything), f"and no file is without its clip ({files})")
