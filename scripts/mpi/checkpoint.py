"""What a training came to, in a few letters."""

import hashlib
import json
import os


def weights(folder):
    """The hash of what a folder's checkpoint holds but for the seconds it took."""
    with open(os.path.join(folder, "checkpoint.safetensors"), "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
        body = file.read()
    header.pop("__metadata__")
    return hashlib.sha256(json.dumps(header, sort_keys=True).encode() + body).hexdigest()[:16]


def step(folder):
    """The step of its checkpoint; 0 where there is none yet."""
    try:
        with open(os.path.join(folder, "checkpoint.safetensors"), "rb") as file:
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        return json.loads(header["__metadata__"]["training"])["step"]
    except (OSError, ValueError, KeyError):
        return 0
