"""What a step costs: seconds on the clock and of processor time."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock and seconds of processor time of one step."""

    wall: float
    processor: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.processor + other.processor)

    def __mul__(self, factor: float) -> Cost:
        return Cost(self.wall * factor, self.processor * factor)

    def __str__(self) -> str:
        return f"{self.wall:8.2f} s, {self.processor:8.2f} s of processor"


def measured(step: Callable[[], object]) -> Cost:
    """The cost of a step: in this process, all its threads included, and in the processes it waits for."""

    def processor() -> float:
        usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(usage.ru_utime + usage.ru_stime for usage in usages)

    began, used = time.monotonic(), processor()
    step()
    return Cost(time.monotonic() - began, processor() - used)
