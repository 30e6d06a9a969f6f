"""Drives the studio's page in Debian's Chromium through Playwright, and hears what its audio graph plays."""
import contextlib, io, os, time

from PIL import Image
from playwright.sync_api import sync_playwright

from contract import Contract

SIZES = {360: 740, 1280: 800, 2560: 1440}

STORE = "import('/js/core/store.js').then(({ store }) => %s)"
SOUND = "import('/js/audio/player.js').then(({ sounding, position }) => sounding() && (%s))"

# Hears what leaves the page: the recorder of the page itself, on its master volume.
HEAR = """async () => {
  const { audio } = await import('/js/audio/context.js');
  const { context, master } = audio();
  if (!window.heard) {
    await context.audioWorklet.addModule('/js/audio/capture.js');
    const capture = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
    window.heard = [];
    // Only what was played after the last key: blocks of before may still be on their way.
    capture.port.onmessage = ({ data }) => { if (data.frame + 2048 > window.since * context.sampleRate) window.heard.push(data); };
    master.connect(capture);
    addEventListener('keydown', (event) => {
      window.pressed = event.timeStamp;
      // The page may have begun to play before this is called.
      window.since = context.currentTime - 0.05;
      window.heard.length = 0;
    }, true);
  }
  window.heard.length = 0;
  window.since = context.currentTime;
}"""

# When the clip that is chosen began to sound: milliseconds since the last key, in the graph and at its output.
ONSET = """async () => {
  const { audio } = await import('/js/audio/context.js');
  const { context } = audio();
  for (const block of window.heard) {
    const at = block.values.findIndex((value) => Math.abs(value) > 1e-7);
    if (at < 0) continue;
    const seconds = (block.frame + at) / context.sampleRate, clock = context.getOutputTimestamp();
    const output = clock.performanceTime + (seconds - clock.contextTime) * 1000 - window.pressed;
    return { output, seconds, latency: 1000 * ((context.outputLatency || 0) + context.baseLatency) };
  }
  return null;
}"""


@contextlib.contextmanager
def opened(address, width=1280, theme="dark", **more):
    """A page that is ready, at the address that the studio printed. What its console complains of is in `page.complaints`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--autoplay-policy=user-gesture-required", "--use-fake-device-for-media-stream",
                  "--use-fake-ui-for-media-stream"])
        try:
            context = browser.new_context(viewport={"width": width, "height": SIZES.get(width, 800)}, color_scheme=theme,
                                          accept_downloads=True, **more)
            page = context.new_page()
            page.complaints, page.contract = [], Contract()
            page.on("request", page.contract.hear)
            page.on("console", lambda m: page.complaints.append(f"{m.type}: {m.text} ({m.location.get('url', '')})")
                    if m.type in ("error", "warning") and "404" not in m.text else None)
            page.on("pageerror", lambda error: page.complaints.append(f"error: {error}"))
            page.goto(address)
            page.wait_for_selector("body[data-ready]", timeout=30000)
            yield page
        finally:
            browser.close()


def until(page, script, seconds=60, what=None, pause=0.02):
    """Waits until a script is true. (The page's policy forbids Playwright's own way, which evaluates text in the page.)"""
    end = time.monotonic() + seconds
    while True:
        value = page.evaluate(script)
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"never: {what or script}")
        time.sleep(pause)


def tab_to(page, there, most=90):
    """Presses Tab until a script of the focused element `it` is true: by the keyboard alone."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"((it) => Boolean({there}))(document.activeElement)"):
            return
    raise AssertionError(f"Tab never comes to {there}")


def settled(page, count):
    """All of a set are there, in full."""
    until(page, f"document.querySelectorAll('.ideas .card[data-id]').length >= {count} && !document.querySelector('.facts .draft')", 300)


def ask(page, prompt, count=8, wait=True):
    page.keyboard.press("/")
    page.keyboard.press("Control+a")
    page.keyboard.type(prompt)
    page.evaluate("count => import('/js/core/settings.js').then(({ set }) => set('count', count))", count)
    group = "import('/js/hear/ideas.js').then(({ currentGroup }) => currentGroup())"
    before = page.evaluate(group)
    page.keyboard.press("Enter")
    # Until the new set is there, the former one is what a check would see.
    if wait:
        until(page, f"{group}.then((now) => now !== {before!r})".replace("None", "null"), 30, "a new set")


def small(picture, path):
    """Keeps a picture in 256 colours: a third of the bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def stop(page):
    page.evaluate("import('/js/audio/player.js').then((player) => player.stop())")
    page.wait_for_timeout(150)


class Keyboard:
    """A page that is played by keys, and what came of it."""

    def __init__(self, page, report):
        self.page, self.report, self.press, self.type = page, report, page.keyboard.press, page.keyboard.type

    def chosen(self):
        return self.page.evaluate(STORE % "store.clips.get(store.chosen)")

    def jobs(self):
        return self.page.evaluate("fetch('/api/v1/jobs').then((answer) => answer.json()).then(({ jobs }) => jobs.sort((a, b) => a.createdAt < b.createdAt ? -1 : 1))")

    def new_job(self, act, kind, seconds=10):
        before = {job["id"] for job in self.jobs()}
        act()
        for _ in range(seconds * 20):
            fresh = [job for job in self.jobs() if job["id"] not in before and job["kind"] == kind]
            if fresh:
                return fresh[-1]
            self.page.wait_for_timeout(50)
        raise AssertionError(f"no job of the kind {kind}")

    def finished(self, job, seconds=180):
        for _ in range(seconds * 10):
            state = next(one for one in self.jobs() if one["id"] == job["id"])
            if state["state"] in ("done", "failed", "cancelled"):
                return state
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{job['kind']} does not end")

    def set(self, **values):
        self.page.evaluate("values => import('/js/core/settings.js').then(({ set }) => { for (const [name, value] of Object.entries(values)) set(name, value); })", values)


class Report:
    def __init__(self, title):
        self.failed, self.title = [], title
        print(title)

    def holds(self, fact, words):
        print(f"  {'holds' if fact else 'FAILS'}  {words}", flush=True)
        if not fact:
            self.failed.append(words)

    def end(self):
        if self.failed:
            raise SystemExit(f"{self.title}: {len(self.failed)} failed: {'; '.join(self.failed)}")
