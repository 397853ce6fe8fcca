"""`make reference`: the figures the articles publish beside what the pipeline computed from the simulated group.

Run as `python -m tests.simulator.reference [--folder DIR]`. Prints one line per figure (article, figure, computed, bounds) and
exits 1 when a figure lies outside its rounding. Without a folder the demo group is simulated and built in one of its own.
A figure file's `published_sql` reads the publication; where the figure is no metric's value but a term of a product or a count of
assets, its `sql` reads the records as the pipeline loaded them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from metrics_dictionary.locations import DataFolder
from orchestration.lib.contracts import all_contracts
from orchestration.run_pipeline import run_pipeline

FIGURES = Path(__file__).resolve().parent / "reference_figures"


@dataclass(frozen=True)
class Line:
    """One figure: what was published in the article, what the pipeline computed, None where it has no value."""

    article: str
    figure: str
    metric: str
    computed: float | None
    low: float
    high: float

    @property
    def is_ok(self) -> bool:
        """Whether the computed value rounds to the published one."""
        return self.computed is not None and self.low <= self.computed <= self.high

    @property
    def text(self) -> str:
        """The line as printed."""
        computed = "-" if self.computed is None else f"{self.computed:.6g}"
        beyond = 0.0 if self.is_ok or self.computed is None else self.computed - min(max(self.computed, self.low), self.high)
        return (
            f"{self.article:4} {self.metric:34} computed {computed:>12}  expected {self.low:>10.6g} to {self.high:<10.6g} "
            f"difference {beyond:10.4g}  {'OK' if self.is_ok else 'MISS'}  {self.figure}"
        )


def read_figures() -> dict[str, dict[str, Any]]:
    """The figure files by name."""
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(FIGURES.glob("*.yml"))}


def compare(folder: DataFolder) -> list[Line]:
    """Every figure beside what the pipeline made of a data folder."""
    lines = []
    with open_records(folder) as records, duckdb.connect(str(folder.published_database.resolve(strict=True)), read_only=True) as published:
        for figure in read_figures().values():
            source = published if "published_sql" in figure else records
            row = source.execute(figure.get("published_sql") or figure["sql"]).fetchone()
            computed = None if row is None or row[0] is None else float(row[0])
            bounds = figure["expected_low"], figure["expected_high"]
            lines.append(Line(str(figure["article"]), str(figure["figure"]), figure["metric"], computed, *bounds))
    return lines


def open_records(folder: DataFolder) -> duckdb.DuckDBPyConnection:
    """A database in memory with a view per entity: the latest version of each record the pipeline loaded."""
    connection = duckdb.connect()
    connection.execute(f"attach '{folder.raw_database}' as raw (read_only)")
    for contract in all_contracts().values():
        connection.execute(
            f"create view {contract.entity} as select * from raw.{contract.source}.{contract.entity} qualify row_number() over ("
            f"partition by {', '.join(contract.key)} order by _delivered_date desc, _load_id desc, _row_number desc) = 1"
        )
    return connection


def simulate_and_build(folder: DataFolder) -> None:
    """Simulate the demo group into `folder` and run the pipeline over it."""
    from simulator.command_line import app

    app(["--out", str(folder.root), "--scale", "demo"], standalone_mode=False)
    print(run_pipeline(folder), end="", flush=True)


def main() -> int:
    """Print the table; the exit code tells whether every figure is reproduced."""
    parser = argparse.ArgumentParser(description="Published figures beside what the pipeline computes from simulated records.")
    parser.add_argument("--folder", type=Path, help="a data folder whose publication is of the demo group; default: one is made")
    chosen = parser.parse_args().folder
    if chosen is not None:
        lines = compare(DataFolder(chosen))
    else:
        with tempfile.TemporaryDirectory(prefix="zhicang-reference-") as scratch:
            simulate_and_build(DataFolder(Path(scratch)))
            lines = compare(DataFolder(Path(scratch)))
    for line in lines:
        print(line.text)
    missed = sum(not line.is_ok for line in lines)
    print(f"{len(lines)} figures, {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
