"""The program as `scripts/install` lays it out."""
import http.client
import os
import re
import shutil
import tempfile

from studio import check, ROOT, say, Studio


def check_installed(program, short):
    """The program as `scripts/install` lays it out, far from its sources: it finds the page."""
    say("installed: the program elsewhere finds its page")
    prefix = tempfile.mkdtemp(prefix="hiss-check-installed-")
    try:
        for folder in ("libexec/hiss", "share/hiss/Models", "library"):
            os.makedirs(os.path.join(prefix, folder))
        copy = os.path.join(prefix, "libexec/hiss/hiss-x86-64-v3")
        shutil.copy2(program, copy)
        shutil.copytree(os.path.join(ROOT, "Sources", "Studio", "Page"), os.path.join(prefix, "share/hiss/Page"))
        shutil.copytree(os.path.join(ROOT, "Models", "first"), os.path.join(prefix, "share/hiss/Models/first"))
        studio = Studio(copy, os.path.join(prefix, "library"), prefix)
        try:
            def page(path):
                connection = http.client.HTTPConnection("127.0.0.1", studio.port, timeout=10)
                connection.request("GET", path, headers={"Authorization": "Bearer " + studio.token})
                answer = connection.getresponse()
                return answer.status, answer.read().decode(errors="replace")
            status, text = page("/")
            check(status == 200 and "<html" in text, f"the page is there: {status}")
            names = re.findall(r'(?:src|href)="/?([A-Za-z0-9_./-]+\.(?:js|css|svg))"', text)
            check(names and all(page("/" + name)[0] == 200 for name in names), f"and so are its {len(names)} files")
            studio.stop()
        finally:
            if studio.process.poll() is None:
                studio.kill()
    finally:
        shutil.rmtree(prefix, ignore_errors=True)
