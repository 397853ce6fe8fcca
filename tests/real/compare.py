"""`make real`: real public records through the whole pipeline, each value beside one computed straight from the files.

Run as `python -m tests.real.compare [--folder DIR]`. Prints one line per check and exits 1 when a value, a quarantine
count or a known defect differs. To add a metric, drop `expected/<metric_code>.sql`: columns grain, period_start_date,
value and optionally period_end_date, organisation_code, channel_code and product_code, over views `<folder>.<file>` of
the source files and what `expected_views.sql` makes of them. A metric that gets a value and is not compared must stand
in `uncompared.csv` with the reason, and nothing else may.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.run_pipeline import run_pipeline
from tests.real.mapping import SOURCE_FOLDER, map_sources

HERE = Path(__file__).resolve().parent
Place = tuple[str | None, ...]  # grain, first day, last day where the query gives one, members of the dimensions
DIMENSIONS = ("organisation", "channel", "product")
RELATIVE_ERROR_OF_FLOATS = 1e-12
NOT_COMPARED = "has a value, not compared"


@dataclass(frozen=True)
class Check:
    """One line of the table: what was compared, what the pipeline says, what the source files say."""

    subject: str
    place: str
    pipeline: float | None
    independent: float | None

    @property
    def is_ok(self) -> bool:
        """Whether both are the same number; the last bits of a floating-point division are forgiven."""
        if self.pipeline is None or self.independent is None:
            return False
        return math.isclose(self.pipeline, self.independent, rel_tol=RELATIVE_ERROR_OF_FLOATS)

    @property
    def line(self) -> str:
        """The check as printed."""
        numbers = [f"{n:18.6f}" if n is not None else f"{'-':>18}" for n in (self.pipeline, self.independent)]
        both = self.pipeline is not None and self.independent is not None
        difference = f"{self.pipeline - self.independent:14.6f}" if both else f"{'-':>14}"
        verdict = "OK" if self.is_ok else "MISS"
        return f"{self.subject:60} {self.place:28} {numbers[0]} {numbers[1]} {difference} {verdict}"


def open_source_files(source_folder: Path = SOURCE_FOLDER) -> duckdb.DuckDBPyConnection:
    """A database in memory with every source file as view `<folder>.<file>`; it knows nothing of the mapping."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    for file in sorted(source_folder.glob("*/*.parquet")):
        connection.execute(f'create schema if not exists "{file.parent.name}"')
        connection.execute(f'create view "{file.parent.name}"."{file.stem}" as from read_parquet(\'{file}\')')
    connection.execute("create schema seeds")
    for file in sorted((PROJECT_ROOT / "seeds" / "credit").glob("scorecard_*.csv")):
        connection.execute(f"create view seeds.{file.stem} as from read_csv('{file}', header = true)")
    connection.execute((HERE / "expected_views.sql").read_text(encoding="utf-8"))
    return connection


def read_expected(sources: duckdb.DuckDBPyConnection, query: str) -> dict[Place, float | None]:
    """The values that a query of `expected/` computes from the source files."""
    result = sources.execute(query)
    names = [column[0] for column in result.description]
    found = {}
    for row in sorted(result.fetchall(), key=str):
        record = dict(zip(names, row, strict=True))
        start, end = (str(record.get(f"period_{side}_date") or "")[:10] or None for side in ("start", "end"))
        place = (record["grain"], start, end, *(record.get(f"{dimension}_code") for dimension in DIMENSIONS))
        if place in found:
            raise ValueError(f"two values for {place} in one query")
        found[place] = None if record["value"] is None else float(record["value"])
    return found


def read_published(published: duckdb.DuckDBPyConnection, metric_code: str, places: Iterable[Place]) -> dict[Place, list[float]]:
    """The values in force at some places; a place without an end takes the period of its start."""
    codes = [f"{dimension}_code" for dimension in DIMENSIONS]
    sets = {"+".join(d for d, code in zip(DIMENSIONS, place[3:], strict=True) if code) or "total" for place in places}
    found = defaultdict(list)
    for grain, start, end, *members, value in published.execute(
        f"select grain, period_start_date::varchar, period_end_date::varchar, {', '.join(codes)}, value from metrics.metric_values "
        "where metric_code = ? and is_in_force and grain in (select unnest(?)) and dimension_set in (select unnest(?))",
        [metric_code, list({place[0] for place in places}), list(sets)],
    ).fetchall():
        for period_end in (end, None):
            found[(grain, start, period_end, *members)].append(value)
    return found


def compare_metrics(sources: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection) -> list[Check]:
    """Every value of every query of `expected/` beside the published one of the same grain, period and dimensions."""
    checks = []
    for file in sorted((HERE / "expected").glob("*.sql")):
        expected = read_expected(sources, file.read_text(encoding="utf-8"))
        found = read_published(published, file.stem, expected)
        for place, value in expected.items():
            values = found.get(place, [])
            checks.append(Check(file.stem, " ".join(filter(None, place)), values[0] if len(values) == 1 else None, value))
    return checks


def metrics_with_values(published: duckdb.DuckDBPyConnection) -> set[str]:
    """Metrics of the catalogue that have a value in force anywhere."""
    return {
        code
        for (code,) in published.execute(
            "select distinct metric_code from metrics.metric_values where is_in_force and value is not null"
        ).fetchall()
    }


def compare_coverage(published: duckdb.DuckDBPyConnection, compared: set[str]) -> list[Check]:
    """Metrics with a value that no check compares (1) beside those that uncompared.csv lists (1), in both directions."""
    with (HERE / "uncompared.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["metric_code"] for row in csv.DictReader(file)}
    found = metrics_with_values(published) - compared
    return [Check(NOT_COMPARED, code, float(code in found), float(code in listed)) for code in sorted(found | listed)]


def compare_quarantine(raw: duckdb.DuckDBPyConnection) -> list[Check]:
    """Quarantined rows by entity, rule and column beside expected_quarantine.csv, in both directions."""
    found = {
        tuple(row[:4]): row[4]
        for row in raw.execute(
            "select source, entity, rule, column_name, count(*) from meta.quarantine where status = 'open' group by all"
        ).fetchall()
    }
    with (HERE / "expected_quarantine.csv").open(encoding="utf-8", newline="") as file:
        expected = {(r["source"], r["entity"], r["rule"], r["column_name"]): int(r["row_count"]) for r in csv.DictReader(file)}
    return [
        Check(f"quarantine {key[2]}", f"{key[1]}.{key[3]}", found.get(key, 0), expected.get(key, 0))
        for key in sorted({*found, *expected}, key=str)
    ]


def compare_defects(sources: duckdb.DuckDBPyConnection) -> list[Check]:
    """The defects measured in the source files, as known_defects.csv counts them."""
    with (HERE / "known_defects.csv").open(encoding="utf-8", newline="") as file:
        return [
            Check(row["defect"], "", float(sources.execute(row["query"]).fetchone()[0]), float(row["row_count"]))
            for row in csv.DictReader(file)
        ]


def compare_rows(raw: duckdb.DuckDBPyConnection, mapped: dict[str, int]) -> list[Check]:
    """Rows of every landing file beside rows loaded plus rows quarantined."""
    found = dict(
        raw.execute(
            "select source || '/' || entity, sum(rows_loaded + rows_quarantined) from meta.loads where status = 'loaded' group by 1"
        ).fetchall()
    )
    return [Check("rows delivered", entity, found.get(entity, 0), rows) for entity, rows in mapped.items()]


def run(folder: DataFolder) -> list[Check]:
    """Map the sources, run the pipeline, compare. Raises FileNotFoundError where the sources are absent."""
    mapped = map_sources(folder)
    run_pipeline(folder)
    with (
        open_source_files() as sources,
        duckdb.connect(str(folder.published_database.resolve()), read_only=True) as published,
        duckdb.connect(str(folder.raw_database), read_only=True) as raw,
    ):
        metrics = compare_metrics(sources, published)
        return [
            *compare_rows(raw, mapped),
            *compare_quarantine(raw),
            *compare_defects(sources),
            *metrics,
            *compare_coverage(published, {check.subject for check in metrics}),
        ]


def main() -> int:
    """Print the table; 0 when every check holds, 1 when one misses, 2 when the sources are absent."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, help="data folder to use; a temporary one when left out")
    arguments = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = DataFolder((arguments.folder or Path(temporary) / "data").resolve())
        try:
            checks = run(folder)
        except FileNotFoundError as error:
            print(error, file=sys.stderr)
            return 2
    print(f"{'check':60} {'where':28} {'pipeline':>18} {'independent':>18} {'difference':>14}")
    for check in checks:
        print(check.line)
    missed = [check for check in checks if not check.is_ok]
    metrics = {check.subject for check in checks if (HERE / "expected" / f"{check.subject}.sql").exists()}
    uncompared = sum(check.subject == NOT_COMPARED and check.pipeline == 1 for check in checks)
    print(f"{len(checks)} checks, {len(missed)} missed, {time.monotonic() - started:.0f} s")
    print(f"{len(metrics) + uncompared} metrics have values, {len(metrics)} are compared, {uncompared} are not")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
