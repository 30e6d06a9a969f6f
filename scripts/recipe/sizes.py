"""How large the corpus and the training are."""

import dataclasses


def size(default, said: str):
    return dataclasses.field(default=default, metadata={"help": said})


@dataclasses.dataclass(frozen=True)
class Sizes:
    music: int = size(8_000, "clips of music in a piece")
    one_shots: int = size(3_000, "single notes, chords and drum hits in a piece, beside these")
    synths: int = size(5_500, "clips of synthesizers in a piece")
    sounds: int = size(7_500, "sounds for games and film in a piece")
    captions: int = size(3, "captions of a clip")
    clips_seen: tuple[int, ...] = size((160_000, *(240_000,) * 5), "clips that the training sees, of each piece")
    learning_rates: tuple[float, ...] = size((4e-4, 4e-4, 4e-4, 4e-4, 3e-4, 2e-4), "the highest learning rate, of each piece")
    batch_size: int = size(32, "clips in a step")
    measure_every: int = size(1500, "steps between measurements of the held-out loss")
    leap_steps: int = size(1500, "steps in which two leaps are learned at the end; 0 for none")
    leap_clips: int = size(1024, "clips that the model makes to learn them from")
    seed: int = size(100, "the first seed; each stage has its own")

    def __post_init__(self) -> None:
        if len(self.clips_seen) != len(self.learning_rates):
            raise SystemExit("make-model: --clips-seen and --learning-rates want one value of each piece")

    @property
    def pieces(self) -> int:
        return len(self.clips_seen)

    @property
    def clips(self) -> int:
        """Clips in a piece."""
        return self.music + self.one_shots + self.synths + self.sounds

    def steps(self, piece: int) -> int:
        return max(1, round(self.clips_seen[piece - 1] / self.batch_size))

    def arithmetic(self) -> str:
        """What the sizes come to, at the rates and sizes of docs/second-model.md."""
        clips, seen = self.clips * self.pieces, sum(self.clips_seen)
        rendering, analysing, training = clips / RATES["corpus"], clips / RATES["analysis"], seen / RATES["train"]
        return (f"{self.pieces} pieces of {self.clips} clips, {clips} in all, each seen {seen / clips:.1f} times\n"
                f"hours: {rendering / 3600:.1f} rendering, {analysing / 3600:.1f} analysing, {training / 3600:.1f} training; "
                f"disk: {self.clips * MEGABYTES / 1000:.0f} GB, one piece at a time")


# Clips a second on two cores without AVX-512; of leaps steps, with the clips that they are learned from. The time
# left comes from what was measured as soon as something is.
RATES = {"corpus": 37.0, "analysis": 60.0, "train": 52.0, "leaps": 2.2, "other": 1.0}
# Of a clip, with its frames and captions.
MEGABYTES = 0.4

FULL = Sizes()
TRIAL = Sizes(music=160, one_shots=60, synths=60, sounds=60, captions=2, clips_seen=(800, 800), learning_rates=(4e-4, 2e-4),
              batch_size=8, measure_every=50, leap_steps=0)
