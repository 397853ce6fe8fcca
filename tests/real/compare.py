"""`make real`: real public records through the whole pipeline, each value beside one computed straight from the files.

Run as `python -m tests.real.compare [--folder DIR]`. Prints one line per check and exits 1 when a value, a quarantine
count or a known defect differs. To add a metric, drop `expected/<metric_code>.sql`: columns grain, period_start_date,
value and optionally organisation_code, over views `<folder>.<file>` of the source files.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from metrics_dictionary.locations import DataFolder
from orchestration.run_pipeline import run_pipeline
from tests.real.mapping import SOURCE_FOLDER, map_sources

HERE = Path(__file__).resolve().parent
RELATIVE_ERROR_OF_FLOATS = 1e-12


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
    return connection


def compare_metrics(sources: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection) -> list[Check]:
    """Every value of every query of `expected/` beside the published one of the same grain, period and organisation."""
    checks = []
    for file in sorted((HERE / "expected").glob("*.sql")):
        result = sources.execute(file.read_text(encoding="utf-8"))
        names = [column[0] for column in result.description]
        for row in sorted(result.fetchall(), key=str):
            record = dict(zip(names, row, strict=True))
            organisation = record.get("organisation_code")
            start = str(record["period_start_date"])[:10]
            found = published.execute(
                "select value from metrics.metric_values where metric_code = ? and is_in_force and grain = ? "
                "and period_start_date = ?::date and dimension_set = ? and organisation_code is not distinct from ?",
                [file.stem, record["grain"], start, "organisation" if organisation else "total", organisation],
            ).fetchall()
            value = found[0][0] if len(found) == 1 else None
            place = " ".join(filter(None, [record["grain"], start, organisation]))
            checks.append(Check(file.stem, place, value, float(record["value"])))
    return checks


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
        return [
            *compare_rows(raw, mapped),
            *compare_quarantine(raw),
            *compare_defects(sources),
            *compare_metrics(sources, published),
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
    print(f"{len(checks)} checks, {len(metrics)} metrics, {len(missed)} missed, {time.monotonic() - started:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
