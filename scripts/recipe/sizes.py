"""How large the corpus, the network and the training are."""

import dataclasses


def size(default: float, said: str) -> float:
    return dataclasses.field(default=default, metadata={"help": said})


@dataclasses.dataclass(frozen=True)
class Sizes:
    pieces: int = size(10, "pieces of the corpus, one after another, each of seeds of its own")
    music: int = size(22000, "clips of music in a piece")
    one_shots: int = size(8000, "single notes, chords and drum hits in a piece, beside these")
    synths: int = size(11000, "clips of synthesizers in a piece")
    sounds: int = size(9000, "sounds for games and film in a piece")
    captions: int = size(3, "captions of a clip")
    clips_seen: int = size(9_600_000, "clips that the training sees, in all")
    batch_size: int = size(48, "clips in a step")
    learning_rate: float = size(8e-4, "the highest learning rate")
    width: int = size(256, "of the network")
    depth: int = size(10, "of the network")
    heads: int = size(4, "of the network")
    patch: int = size(6, "frames in a token")
    measure_every: int = size(4000, "steps between measurements of the held-out loss")
    seed: int = size(100, "the first seed; each stage has its own")

    @property
    def clips(self) -> int:
        """Clips in a piece."""
        return self.music + self.one_shots + self.synths + self.sounds

    @property
    def steps_of_piece(self) -> int:
        return max(1, round(self.clips_seen / self.pieces / self.batch_size))

    @property
    def steps(self) -> int:
        return self.steps_of_piece * self.pieces

    def arithmetic(self) -> str:
        """What the sizes come to, at the rates and sizes of docs/second-model.md."""
        clips = self.clips * self.pieces
        rendering, analysing = clips / RATES["corpus"], clips / RATES["analysis"]
        training = self.clips_seen / RATES["train"]
        return (f"{self.pieces} pieces of {self.clips} clips, {clips} in all, each seen {self.clips_seen / clips:.1f} times; "
                f"{self.steps} steps of {self.batch_size}\n"
                f"hours: {rendering / 3600:.1f} rendering, {analysing / 3600:.1f} analysing, {training / 3600:.1f} training; "
                f"disk: {self.clips * MEGABYTES / 1000:.0f} GB, one piece at a time")


# Clips a second on two cores, as planned: the bar of rendering, a guess of "analysis" (frames and captions of what was
# rendered), and the training of mono frames. The time left comes from what was measured as soon as something is.
RATES = {"corpus": 40.0, "analysis": 60.0, "train": 150.0, "other": 1.0}
# Of a clip, with its frames and captions.
MEGABYTES = 0.4

FULL = Sizes()
TRIAL = Sizes(pieces=2, music=160, one_shots=60, synths=60, sounds=60, captions=2, clips_seen=1600, batch_size=8,
              learning_rate=1e-3, width=128, depth=3, heads=4, measure_every=50)
