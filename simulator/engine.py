"""Builds the simulated world: runs the SQL steps of `simulator/sql` in the order of their names.

To add an entity, drop a step into `sql/` that creates `delivery.<source>__<entity>` with the contract's columns and
`dt`, the day of delivery. Every draw comes from the macros of the first step, so a seed gives the same rows on any
machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from simulator.flights import provide_flights

STEPS_FOLDER = Path(__file__).resolve().parent / "sql"
SIZES = {"small": 0.1, "demo": 1.0, "medium": 10.0, "large": 50.0}
MEMORY_LIMIT = "6GB"


@dataclass(frozen=True)
class Plan:
    """What to simulate: seed, scale (a key of SIZES) and the first and last day of the history."""

    seed: int
    scale: str
    first_day: date
    as_of: date

    def __post_init__(self) -> None:
        """Raise ValueError when the plan cannot be simulated."""
        if self.scale not in SIZES:
            raise ValueError(f"scale '{self.scale}' is unknown; choose one of: {', '.join(SIZES)}")
        if (self.as_of - self.first_day).days < 500:
            raise ValueError(
                f"history from {self.first_day} to {self.as_of} is shorter than 500 days; "
                "the planted cases need more, choose an earlier --from"
            )

    @property
    def description(self) -> str:
        """One sentence for people who meet the data."""
        return (
            f"Simulated insurance group, scale {self.scale}, seed {self.seed}, {self.first_day} to {self.as_of}; "
            "companies, people and numbers are invented"
        )


def build_world(plan: Plan, report: Callable[[str], None], scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A database with schemas `world` (inner state), `delivery` (to be landed), `superseded` and `truth`.

    It is in memory; with `scratch`, a folder made when needed, what exceeds MEMORY_LIMIT is kept in files there until it is closed.
    `report` gets one line per step, with seconds. Raises duckdb.Error, with the step's name, when a step fails.
    """
    connection = duckdb.connect(config={} if scratch is None else {"memory_limit": MEMORY_LIMIT, "temp_directory": str(scratch)})
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set threads = 2")
    # Rows after an unnest are estimated too low, so a nested loop is chosen: 5.4 s instead of 0.5 s for demo policies.
    connection.execute("set asof_loop_join_threshold = 0")
    for name, value in {"seed": plan.seed, "size": SIZES[plan.scale]}.items():
        connection.execute(f"set variable {name} = {value}")
    for name, day in {"first_day": plan.first_day, "as_of": plan.as_of}.items():
        connection.execute(f"set variable {name} = date '{day.isoformat()}'")
    provide_flights(connection)
    for step in sorted(STEPS_FOLDER.glob("*.sql")):
        started = time.monotonic()
        try:
            connection.execute(step.read_text(encoding="utf-8"))
        except duckdb.Error as error:
            error.add_note(f"in simulator step {step.name}")
            raise
        report(f"simulated {step.stem[3:].replace('_', ' ')} ({time.monotonic() - started:.1f} s)")
    return connection
