"""The library behind mock-server: clips in memory, made by the command line. For work on the page, not for music."""
import json, os, queue, random, secrets, string, struct, subprocess, threading, time, wave, zlib

import numpy as np


def name():
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(10))


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def png(pixels):
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + pixels[y].tobytes() for y in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def samples(path):
    with wave.open(path) as file:
        width, channels, raw = file.getsampwidth(), file.getnchannels(), file.readframes(file.getnframes())
    if width == 3:
        bytes3 = np.frombuffer(raw, np.uint8).reshape(-1, 3).astype(np.int32)
        values = (bytes3[:, 0] | bytes3[:, 1] << 8 | bytes3[:, 2] << 16) << 8 >> 8
        values = values / 8388608.0
    else:
        values = np.frombuffer(raw, np.int16) / 32768.0
    return values.reshape(-1, channels).mean(axis=1)


STOPS = np.array([[0, 0, 4], [40, 11, 84], [101, 21, 110], [159, 42, 99], [212, 72, 66], [245, 125, 21], [250, 193, 39],
                  [252, 255, 164]], float)


def spectrogram(values, width, height):
    size = 1024
    starts = np.linspace(0, max(0, len(values) - size), width).astype(int)
    frames = np.stack([np.pad(values[s:s + size], (0, size - len(values[s:s + size]))) for s in starts]) * np.hanning(size)
    magnitude = 20 * np.log10(np.abs(np.fft.rfft(frames)) / 256 + 1e-6)
    bins = np.clip((10 ** np.linspace(np.log10(50), np.log10(18000), height) / 44100 * size), 0, 511)
    low = bins.astype(int)
    part = bins - low
    rows = magnitude[:, low] * (1 - part) + magnitude[:, low + 1] * part
    level = np.clip((rows.T[::-1] + 85) / 80, 0, 1) * 7
    index = np.clip(level.astype(int), 0, 6)
    share = (level - index)[..., None]
    return png((STOPS[index] * (1 - share) + STOPS[index + 1] * share).astype(np.uint8))


class Library:
    def __init__(self, folder, hiss, many=0):
        self.folder, self.hiss, self.many = folder, hiss, many
        self.clips, self.jobs, self.uploads, self.listeners = {}, {}, {}, []
        self.prompts, self.undos, self.pictures, self.sounds = [], [], {}, {}
        self.lock, self.queue = threading.RLock(), queue.Queue()
        os.makedirs(folder + "/Clips", exist_ok=True)
        threading.Thread(target=self.work, daemon=True).start()

    def send(self, event, data):
        for listener in list(self.listeners):
            listener.put((event, json.dumps(data)))

    def run(self, *arguments):
        done = subprocess.run([self.hiss, *arguments, "--json"], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr else "failed")
        return json.loads(done.stdout)

    def sound(self, identifier):
        if identifier not in self.sounds:
            self.sounds[identifier] = samples(self.clips[identifier]["path"])
        return self.sounds[identifier]

    def public(self, clip):
        return {key: value for key, value in clip.items() if key not in ("path", "draftPath", "stems", "midi")}

    def add(self, path, job, take, **more):
        values = samples(path)
        rms = float(np.sqrt(np.mean(values ** 2)) + 1e-9)
        request = job["request"]
        clip = {"id": name(), "file": os.path.relpath(path, self.folder), "path": path, "name": os.path.basename(path)[:-4],
                "prompt": request.get("prompt", ""), "caption": request.get("prompt", ""), "model": "first", "voices": [],
                "seed": request.get("seed", 0) + take - 1, "seconds": len(values) / 44100, "frames": len(values),
                "sampleRate": 44100, "channels": 1, "loop": bool(request.get("loop")) or job["kind"] == "loop",
                "state": "new", "rating": 0, "note": "", "tags": [], "group": job["group"], "take": take,
                "novelty": round(random.uniform(0.8, 2.2), 2), "loudness": round(20 * np.log10(rms) - 0.7, 1),
                "peak": float(np.max(np.abs(values))), "kind": job["kind"], "hasStems": False, "hasNotes": False,
                "draft": False, "parents": [s for s in [request.get("source"), *request.get("sources", [])] if s],
                "distance": request.get("distance"), "createdAt": now(), "brightness": random.random(), "request": request}
        for key in ("bpm", "key", "chords", "bars"):
            if request.get(key):
                clip[key] = request[key]
        for word in request.get("prompt", "").replace(",", " ").split(" bpm")[0].split()[-1:]:
            if word.isdigit() and "bpm" in request["prompt"]:
                clip["bpm"] = float(word)
        clip.update(more)
        with self.lock:
            self.clips[clip["id"]] = clip
        return clip

    def work(self):
        while True:
            job = self.queue.get()
            if job["state"] == "cancelled":
                continue
            job["state"] = "running"
            self.send("job", {"job": job})
            try:
                self.make(job)
                job["state"] = "done" if job["state"] == "running" else job["state"]
            except Exception as error:  # what the command line refuses is said on the page
                job["state"], job["error"] = "failed", str(error)
            self.send("job", {"job": job})
            self.send("library", self.status()["library"])

    def arguments(self, job):
        request, kind = job["request"], job["kind"]
        source = self.clips.get(request.get("source"), {})
        prompt = request.get("prompt") or source.get("prompt", "")
        request["prompt"] = prompt
        request.setdefault("seed", random.randrange(100000))
        count = str(request.get("count") or 1)
        out = ["-o", f"{self.folder}/Clips/{job['id']}"]
        if kind == "vary":
            return ["vary", source["path"], "--count", count, "--distance", str(request.get("distance", 0.3)), *out]
        if kind == "morph":
            ends = [self.clips[i]["path"] for i in request["sources"]]
            return ["morph", *ends, "--count", count, *out]
        if kind == "stems":
            return ["idea", prompt, "--stems", "--bars", "4", *out]
        made = ["generate", prompt, "--count", count, "--seed", str(request["seed"]), *out]
        for field, option in (("bpm", "--bpm"), ("key", "--key"), ("chords", "--chords"), ("bars", "--bars"),
                              ("negativePrompt", "--negative-prompt")):
            if request.get(field):
                made += [option, f"{request[field]:g}" if isinstance(request[field], (int, float)) else request[field]]
        if kind == "redo":
            region = request["region"]
            return made + ["--init-audio", source["path"], "--inpaint-start", str(region["start"]), "--inpaint-end",
                           str(region["end"])]
        if kind == "continue":
            return made + ["--continue-from", source["path"], "--duration", str(request.get("seconds", 8))]
        if request.get("seconds"):
            made += ["--duration", str(request["seconds"])]
        if request.get("loop") or kind == "loop":
            made += ["--loop"]
        for field, option in (("midi", "--midi"), ("follow", "--follow")):
            if request.get(field) in self.uploads:
                made += [option, self.uploads[request[field]]["path"]]
        return made

    def made(self, answer, folder):
        if isinstance(answer, list):
            return [idea["mix"] for idea in answer]
        return answer.get("files") or [os.path.join(folder, one["file"]) for one in answer["relatives"]]

    def make(self, job):
        arguments, drafts = self.arguments(job), []
        if job["kind"] == "generate":
            first = [a.replace("/Clips/", "/Clips/draft-") for a in arguments] + ["--draft"]
            for take, path in enumerate(self.made(self.run(*first), ""), 1):
                drafts.append(self.add(path, job, take, draft=True))
                job["clips"].append(drafts[-1]["id"])
                self.send("clip", {"clip": self.public(drafts[-1])})
        answer = self.run(*arguments)
        for take, path in enumerate(self.made(answer, f"{self.folder}/Clips/{job['id']}"), 1):
            if take <= len(drafts):
                clip = drafts[take - 1]
                clip.update(path=path, draft=False, file=os.path.relpath(path, self.folder))
                self.sounds.pop(clip["id"], None)
            else:
                clip = self.add(path, job, take)
                job["clips"].append(clip["id"])
            if job["kind"] == "stems":
                idea = answer[take - 1]
                clip.update(hasStems=True, hasNotes=True, bpm=idea["bpm"], key=idea["key"], bars=idea["bars"],
                            chords=" ".join(idea["chords"]), stems=idea["stems"], midi=idea["midi"])
            job["done"] = take
            job["secondsLeft"] = (job["count"] - take) * 0.1
            self.send("clip", {"clip": self.public(clip)})
            self.send("job", {"job": job})

    def start(self, request):
        count = request.get("count") or 1
        job = {"id": name(), "kind": request["kind"], "state": "waiting", "request": request, "group": name(), "done": 0,
               "count": count, "clips": [], "notices": [], "createdAt": now()}
        self.jobs[job["id"]] = job
        if request.get("prompt"):
            self.prompts = [p for p in self.prompts if p["prompt"] != request["prompt"]]
            self.prompts.insert(0, {"prompt": request["prompt"], "at": now(), "count": count})
        self.queue.put(job)
        return job

    def status(self):
        states = [clip["state"] for clip in self.clips.values()]
        return {"version": "mock", "library": {"path": self.folder, "clips": len(states) + self.many,
                "picks": states.count("picked"), "rejected": states.count("rejected"), "bin": states.count("bin")},
                "queue": {"waiting": self.queue.qsize(), "running": 0}, "model": "first", "sampleRate": 44100,
                "audio": {"lufs": -18}}

    def notes(self, clip):
        path = clip.get("midi")
        if not path:
            return None
        return {"bpm": clip["bpm"], "seconds": clip["seconds"], "parts": read_midi(path)}


def read_midi(path):
    data, parts, at = open(path, "rb").read(), [], 14
    division = struct.unpack(">H", data[12:14])[0]
    tempo = 500000
    while at + 8 <= len(data):
        length = struct.unpack(">I", data[at + 4:at + 8])[0]
        track, at = data[at + 8:at + 8 + length], at + 8 + length
        i, ticks, status, title, held, notes = 0, 0, 0, "", {}, []

        def number(i):
            value = 0
            while True:
                value, i = value << 7 | track[i] & 127, i + 1
                if track[i - 1] < 128:
                    return value, i
        while i < len(track):
            step, i = number(i)
            ticks += step
            if track[i] & 128:
                status, i = track[i], i + 1
            if status == 0xFF:
                kind = track[i]
                size, i = number(i + 1)
                if kind == 3:
                    title = track[i:i + size].decode("latin1")
                if kind == 0x51:
                    tempo = int.from_bytes(track[i:i + 3], "big")
                i += size
            elif status in (0xF0, 0xF7):
                size, i = number(i)
                i += size
            else:
                kind, pitch, velocity = status & 0xF0, track[i], track[i + 1] if status & 0xF0 not in (0xC0, 0xD0) else 0
                i += 1 if kind in (0xC0, 0xD0) else 2
                seconds = ticks / division * tempo / 1e6
                if kind == 0x90 and velocity:
                    held[pitch] = (seconds, velocity)
                elif kind in (0x80, 0x90) and pitch in held:
                    start, loud = held.pop(pitch)
                    notes.append({"pitch": pitch, "start": start, "duration": seconds - start, "velocity": loud})
        if notes:
            parts.append({"name": title or f"part {len(parts) + 1}", "notes": notes})
    return parts
