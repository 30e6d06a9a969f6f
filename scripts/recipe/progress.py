"""How far the recipe is, and how long it will take."""

import sys
import time

from sizes import RATES


def duration(seconds: float) -> str:
    minutes = int(seconds / 60 + 0.5)
    if minutes < 2:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02} min"


class Clock:
    """Knows how long stages took that are done, and says how long those take that are not."""

    EVERY = 60.0

    def __init__(self, stages: list, done: dict[str, float]) -> None:
        self.stages, self.done = stages, done
        self.interactive = sys.stdout.isatty()
        self.said = 0.0

    def start(self, number: int, stage) -> None:
        self.number, self.stage, self.begun = number, stage, time.monotonic()
        self.said = 0.0
        self.tell(0.0, "")

    def stop(self) -> float:
        taken = time.monotonic() - self.begun
        print(f"\r\033[K[{self.number}/{len(self.stages)}] {self.stage.name}: {duration(taken)}" if self.interactive else
              f"[{self.number}/{len(self.stages)}] {self.stage.name}: done after {duration(taken)}", flush=True)
        return taken

    def tell(self, share: float, note: str) -> None:
        """Says that a share of the stage is done, now and then."""
        now = time.monotonic()
        if now - self.said < (1 if self.interactive else self.EVERY) and self.said:
            return
        self.said = now
        line = f"[{self.number}/{len(self.stages)}] {self.stage.name}"
        line += f" {100 * share:.0f} %" if share else ""
        line += f", {note}" if note else ""
        line += f"; {duration(self.left(share))} left in all"
        print("\r\033[K" + line if self.interactive else line, end="" if self.interactive else "\n", flush=True)

    def left(self, share: float) -> float:
        taken = time.monotonic() - self.begun
        rest = 0.0
        for stage in self.stages[self.number:]:
            rest += self.expected(stage)
        own = taken * (1 - share) / share if share > 0.05 else self.expected(self.stage) * (1 - share)
        return rest + own

    def expected(self, stage) -> float:
        """By the stages of its kind that are done, or by the usual rates."""
        if stage.name in self.done:
            return 0.0
        alike = [other for other in self.stages if other.kind == stage.kind and other.name in self.done]
        amount = sum(other.amount for other in alike)
        if alike and amount:
            return stage.amount * sum(self.done[other.name] for other in alike) / amount
        return stage.amount / RATES[stage.kind]
