"""How dear loading is: ingest and marts against a bare copy of the same files, and day 30 against day 1.

    python -m benchmarks.load --rows 20000000 --days 30

Everything is measured in one run on the same files. Prints the ratios that are expected beside those found.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.load.deliveries import FIRST_DAY, MASTER_DATA, write_master_data, write_policies
from benchmarks.measuring import Cost, measured
from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.lib.dbt_project import use_folder
from orchestration.lib.loading import load_pending
from orchestration.lib.raw_database import open_raw_database
from orchestration.lib.runs import last_load_id, record_build

SELECTED = ["+fct_policies", "agg_policies_daily"]
EXPECTED_RATIO = 2.5
EXPECTED_GROWTH = 1.2


def bare_copy(folder: Path, files: list[Path]) -> None:
    """`create table as select` of the files into an empty database, the yardstick."""
    database = folder / "bare.duckdb"
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table policy as select * from read_parquet(?)", [[str(f) for f in files]])
    database.unlink()


class Marts:
    """dbt in this process; the project is parsed once."""

    def __init__(self, folder: DataFolder) -> None:
        from dbt.cli.main import dbtRunner

        use_folder(folder)
        self.folder = folder
        with duckdb.connect(str(folder.warehouse_database)):
            pass
        self.manifest = self._invoke(dbtRunner(), ["parse"])
        self.runner = dbtRunner(manifest=self.manifest)

    def _invoke(self, runner: object, arguments: list[str]) -> object:
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager

        common = ["--quiet", "--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)]
        result = runner.invoke([*arguments, *common])
        DuckDBConnectionManager.close_all_connections()
        if not result.success:
            raise SystemExit(f"dbt {arguments[0]} failed: {result.exception or [r.message for r in result.result if r.message]}")
        return result.result

    def build(self, *, with_seeds: bool) -> dict[str, float]:
        """Build the selected models; returns seconds by model."""
        skipped = ["test", "unit_test"] if with_seeds else ["test", "unit_test", "seed"]
        arguments = ["build", "--select", *SELECTED]
        for kind in skipped:
            arguments += ["--exclude-resource-type", kind]
        outcome = self._invoke(self.runner, arguments)
        return {r.node.name: r.execution_time for r in outcome.results}


def load(folder: DataFolder, run_id: str, rows: int) -> dict[str, float]:
    """Ingest what is pending; returns the seconds at which each stage of the policies was reached."""
    began = time.monotonic()
    stages: dict[str, float] = {}

    def note(stage: str, subject: str) -> None:
        if "policy" in subject:
            stages[stage] = time.monotonic() - began

    results = load_pending(folder, run_id, progress=note)
    loaded = sum(result.rows_loaded for result in results if result.entity == "policy")
    if loaded != rows:
        raise SystemExit(f"{loaded} of {rows} policies were loaded; the measurement is void.")
    return stages


def mark_built(folder: DataFolder, run_id: str) -> None:
    """What the pipeline does after a build, so that the next one takes only its own dates."""
    record_build(folder, run_id, "benchmark", last_load_id(folder))


def measure_ratio(root: Path, files: list[Path], landing: Path, rows: int) -> float:
    """Bare copy, ingest and marts of all days at once; returns (ingest + marts) / bare."""
    folder = DataFolder(root / "whole")
    folder.root.mkdir(parents=True)
    folder.landing.symlink_to(landing)
    open_raw_database(folder).close()
    marts = Marts(folder)
    load_pending(folder, "master", entities=[f"master_data/{entity}" for entity in MASTER_DATA])
    first = measured(lambda: bare_copy(root, files))
    stages: dict[str, float] = {}
    ingest = measured(lambda: stages.update(load(folder, "whole", rows)))
    models: dict[str, float] = {}
    built = measured(lambda: models.update(marts.build(with_seeds=True)))
    second = measured(lambda: bare_copy(root, files))
    bare = Cost((first.wall + second.wall) / 2, (first.processor + second.processor) / 2)
    with duckdb.connect(str(folder.warehouse_database), read_only=True) as connection:
        (counted,) = connection.execute("select sum(policy_count) from marts.agg_policies_daily").fetchone()
    if counted != rows:
        raise SystemExit(f"{counted} of {rows} policies are in agg_policies_daily; the measurement is void.")
    print(f"bare create table as select  {bare}   (before {first.wall:.2f} s, after {second.wall:.2f} s)")
    print(f"ingest                       {ingest}   ratio {ingest.wall / bare.wall:.2f}")
    print(f"marts through dbt            {built}   ratio {built.wall / bare.wall:.2f}")
    print("  stages of ingest, s:", ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in stages.items()))
    slowest = sorted(models.items(), key=lambda item: -item[1])[:4]
    print("  slowest models, s:", ", ".join(f"{name} {seconds:.2f}" for name, seconds in slowest))
    total = ingest + built
    ratio = total.wall / bare.wall
    print(
        f"ratio of ingest and marts to the bare copy: expected <= {EXPECTED_RATIO}, found {ratio:.2f}"
        f" (processor time {total.processor / bare.processor:.2f})"
    )
    shutil.rmtree(folder.root)
    return ratio


def measure_growth(root: Path, files: list[Path], landing: Path, rows: int) -> float:
    """One delivery a day, ingested and built one after the other; returns the cost of the last days over the first."""
    folder = DataFolder(root / "daily")
    folder.root.mkdir(parents=True)
    shutil.copytree(landing / "master_data", folder.landing / "master_data")
    open_raw_database(folder).close()
    marts = Marts(folder)
    load(folder, "master", 0)
    marts.build(with_seeds=True)  # makes the empty tables, so that every day takes the same path
    mark_built(folder, "master")
    ingests, builds = [], []
    for number, file in enumerate(files, start=1):
        target = folder.landing / file.relative_to(landing)
        target.parent.mkdir(parents=True)
        os.link(file, target)
        run_id = f"day{number}"
        ingests.append(measured(lambda run_id=run_id: load(folder, run_id, rows // len(files))).wall)
        builds.append(measured(lambda: marts.build(with_seeds=False)).wall)
        mark_built(folder, run_id)
    with duckdb.connect(str(folder.warehouse_database), read_only=True) as connection:
        days, counted = connection.execute("select count(distinct issue_date), sum(policy_count) from marts.agg_policies_daily").fetchone()
    if (days, counted) != (len(files), rows):
        raise SystemExit(f"{counted} policies of {days} days are in agg_policies_daily; the measurement is void.")
    costs = [a + b for a, b in zip(ingests, builds, strict=True)]
    width = max(1, len(costs) // 10)
    first, last = statistics.median(costs[:width]), statistics.median(costs[-width:])
    print(f"days, s: {json.dumps([round(cost, 2) for cost in costs])}")
    print(f"day 1: ingest {ingests[0]:.2f} s, marts {builds[0]:.2f} s; day {len(files)}: {ingests[-1]:.2f} s, {builds[-1]:.2f} s")
    growth = last / first
    print(
        f"cost of the last {width} day(s) over the first {width}: expected <= {EXPECTED_GROWTH}, found {growth:.2f}"
        f" (ingest {statistics.median(ingests[-width:]) / statistics.median(ingests[:width]):.2f},"
        f" marts {statistics.median(builds[-width:]) / statistics.median(builds[:width]):.2f})"
    )
    shutil.rmtree(folder.root)
    return growth


def main() -> int:
    """Run both measurements; exit code 1 when one misses its target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=2_000_000, help="policies in all")
    parser.add_argument("--days", type=int, default=30, help="deliveries of equal size")
    parser.add_argument("--folder", type=Path, default=None, help="where to work; default: a new temporary folder")
    parser.add_argument("--only", choices=["ratio", "growth"], default=None, help="one of the two measurements")
    options = parser.parse_args()
    rows = options.rows // options.days * options.days
    root = Path(tempfile.mkdtemp(prefix="zhicang-load-", dir=options.folder))
    landing = root / "deliveries"
    try:
        write_master_data(landing)
        files = write_policies(landing, rows, options.days)
        size = sum(file.stat().st_size for file in files) / 1e6
        print(f"{rows:,} policies from {FIRST_DAY} in {options.days} files, {size:,.0f} MB of parquet, {os.cpu_count()} processors")
        missed = False
        if options.only != "growth":
            missed |= measure_ratio(root, files, landing, rows) > EXPECTED_RATIO
        if options.only != "ratio":
            missed |= measure_growth(root, files, landing, rows) > EXPECTED_GROWTH
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
