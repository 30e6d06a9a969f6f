"""A small convolutional network that names the instrument of a clip.

It learns from clips that were rendered from another seed than the model's training set, some of them passed through
the vocoder too, and knows nothing of the model.
"""

import json
import sys
import time
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional

import features

FRAME_COUNT = 128  # of the crops that the network sees: 3 s
EPOCHS = 18
BATCH_SIZE = 64
PEAK_LEARNING_RATE = 3e-3
# Half precision is several times faster where the processor multiplies it, and as good.
FAST = torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported()


class Recogniser(nn.Module):
    """Crops of log-mel pictures `[clip, 1, band, frame]` to one logit per instrument."""

    def __init__(self, class_count: int):
        super().__init__()
        widths = (32, 64, 128)
        layers = [nn.Conv2d(1, widths[0], 5, stride=2, padding=2), nn.BatchNorm2d(widths[0]), nn.ReLU()]
        for before, after in zip(widths, widths[1:]):
            layers += [nn.MaxPool2d(2), nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        self.trunk = nn.Sequential(*layers)
        # Where along frequency something lies matters, when it happens does not: only time is pooled, in two ways.
        self.head = nn.Sequential(
            nn.Dropout(0.3), nn.Linear(2 * widths[-1] * (features.BAND_COUNT // 8), 256), nn.ReLU(), nn.Dropout(0.3),
            nn.Linear(256, class_count),
        )

    def forward(self, pictures):
        maps = self.trunk(pictures)
        pooled = torch.cat([maps.mean(dim=3), maps.amax(dim=3)], dim=1)
        return self.head(pooled.flatten(1))


def crop(picture: numpy.ndarray, start: int) -> numpy.ndarray:
    """`FRAME_COUNT` frames; what lies outside the clip is silence."""
    part = picture[start : start + FRAME_COUNT].astype(numpy.float32)
    if len(part) < FRAME_COUNT:
        part = numpy.pad(part, ((0, FRAME_COUNT - len(part)), (0, 0)), constant_values=-features.RANGE_DECIBELS)
    return part


def normalised(crops: numpy.ndarray) -> torch.Tensor:
    """dB to about −1 … 1, `[clip, 1, band, frame]`."""
    return torch.from_numpy(crops / (features.RANGE_DECIBELS / 2) + 1).transpose(1, 2)[:, None].contiguous()


def varied(picture: numpy.ndarray, random: numpy.random.Generator) -> numpy.ndarray:
    """A crop as another room, tuning, level and noise floor would have made it."""
    # Half of the crops begin with the clip, where the attack is.
    room = max(len(picture) - FRAME_COUNT // 2, 1)
    part = crop(picture, 0 if random.random() < 0.5 else int(random.integers(room)))
    shift = int(random.integers(-2, 3))
    if shift:
        part = numpy.roll(part, shift, axis=1)
        edge = slice(0, shift) if shift > 0 else slice(shift, None)
        part[:, edge] = -features.RANGE_DECIBELS
    knots = random.normal(0, 2.0, 6)
    coloration = numpy.interp(numpy.linspace(0, 5, features.BAND_COUNT), numpy.arange(6), knots)
    speckle = random.uniform(0, 1.5) * random.standard_normal(part.shape, dtype=numpy.float32)
    part = part + coloration.astype(numpy.float32) + random.normal(0, 2.0) + speckle
    floor = -random.uniform(45, features.RANGE_DECIBELS)
    part = numpy.maximum(part, floor + 1.5 * random.standard_normal(part.shape, dtype=numpy.float32))
    return numpy.clip(part, -features.RANGE_DECIBELS, 0).astype(numpy.float32)


def train(versions: list[list[numpy.ndarray]], targets: list[int], class_count: int, seed: int = 0) -> Recogniser:
    """Learns from several versions (as rendered, vocoded) of the same clips; None where a version is missing."""
    torch.manual_seed(seed)
    random = numpy.random.default_rng(seed)
    network = Recogniser(class_count).to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), lr=PEAK_LEARNING_RATE, weight_decay=0.02)
    steps = EPOCHS * (len(targets) // BATCH_SIZE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK_LEARNING_RATE, total_steps=steps, pct_start=0.2)
    # Rare instruments are shown more often than they come, though not as often as common ones.
    labels = numpy.array(targets)
    chances = 1 / numpy.sqrt(numpy.bincount(labels, minlength=class_count)[labels])
    chances /= chances.sum()
    start, running = time.time(), 0.0
    network.train()
    for step in range(steps):
        chosen = random.choice(len(labels), BATCH_SIZE, p=chances)
        crops = []
        for index in chosen:
            present = [version[index] for version in versions if version[index] is not None]
            crops.append(varied(present[random.integers(len(present))], random))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=FAST):
            logits = network(normalised(numpy.stack(crops))).float()
        loss = functional.cross_entropy(logits, torch.from_numpy(labels[chosen]), label_smoothing=0.05)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        running += (loss.item() - running) / min(step + 1, 50)
        if (step + 1) % (steps // 12) == 0:
            print(
                f"Learning to recognise: step {step + 1} of {steps}, loss {running:.3f}, {time.time() - start:.0f} s",
                file=sys.stderr, flush=True,
            )
    return network.eval()


@torch.no_grad()
def probabilities(network: Recogniser, pictures: list[numpy.ndarray]) -> numpy.ndarray:
    """`[clip, class]`: the mean over crops a second and a half apart."""
    results = []
    for picture in pictures:
        last = max(len(picture) - FRAME_COUNT // 2, 1)
        crops = numpy.stack([crop(picture, start) for start in range(0, last, FRAME_COUNT // 2)])
        results.append(network(normalised(crops)).softmax(dim=1).mean(dim=0).numpy())
    return numpy.stack(results)


def save(network: Recogniser, classes: list[str], facts: dict, folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), folder / "recogniser.pt.part")
    (folder / "recogniser.pt.part").replace(folder / "recogniser.pt")
    (folder / "recogniser.json").write_text(json.dumps({"classes": classes, "facts": facts}))


def load(facts: dict, folder: Path) -> tuple[Recogniser, list[str]] | None:
    """The recogniser that was made from just these facts, if there is one."""
    about = folder / "recogniser.json"
    if not about.exists() or not (folder / "recogniser.pt").exists():
        return None
    kept = json.loads(about.read_text())
    if kept["facts"] != facts:
        return None
    network = Recogniser(len(kept["classes"]))
    network.load_state_dict(torch.load(folder / "recogniser.pt", weights_only=True))
    return network.eval(), kept["classes"]
