"""Folders of samples that nobody here made, from Debian packages: fetched once, unpacked and gathered in the cache."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "own-samples"
KINDS = {".wav", ".flac", ".ogg", ".mp3", ".aiff"}

# The package, and where its sounds lie in it.
SOURCES = {
    "lmms": [("lmms-common", "usr/share/lmms/samples")],
    "effects": [("hydrogen-drumkits-effects", "usr/share/hydrogen/data/drumkits")],
    "games": [
        ("supertux-data", "usr/share/games/supertux2/sounds"),
        ("hedgewars-data", "usr/share/games/hedgewars/Data/Sounds"),
        ("colobot-common-sounds", "usr/share/games/colobot/sounds"),
    ],
}
# Ten of each of four categories of the folders above.
FORTY = {"kick": 10, "snare": 10, "hat": 10, "bass": 10}


def _unpacked(package):
    folder = CACHE / "packages" / package
    if not folder.exists():
        print(f"Fetching {package}", file=sys.stderr)
        folder.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", "-q", package], cwd=folder.parent, check=True, stdout=sys.stderr)
        archive = next(folder.parent.glob(f"{package}_*.deb"))
        partial = folder.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        subprocess.run(["dpkg-deb", "-x", archive, partial], check=True)
        archive.unlink()
        partial.rename(folder)
    return folder


def folder(name):
    """The folder of samples of a name, its files below it as their maker laid them out."""
    place = CACHE / "folders" / name
    if place.exists():
        return place
    partial = place.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    if name == "forty":
        _gather_forty(partial)
    else:
        for package, inside in SOURCES[name]:
            start = _unpacked(package) / inside
            for file in sorted(start.rglob("*")):
                if file.suffix.lower() in KINDS and file.is_file():
                    target = partial / (package.split("-")[0] if len(SOURCES[name]) > 1 else "") / file.relative_to(start)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, target)
    partial.rename(place)
    return place


def _gather_forty(target):
    target.mkdir(parents=True)
    files = [file for name in ("lmms", "effects") for file in sorted(folder(name).rglob("*")) if file.is_file()]
    for word, count in FORTY.items():
        found = [file for file in files if word in file.name.lower()]
        for file in found[:: max(1, len(found) // count)][:count]:
            shutil.copyfile(file, target / f"{file.parent.name}_{file.name}".replace(" ", "_"))
