"""How dear publishing is: all values recomputed, beside one scan of the aggregates and beside MetricFlow's own queries.

    python -m benchmarks.metrics [--data FOLDER]

Everything is measured in one run on a copy of one data folder's warehouse. Prints the ratios that are expected beside those found,
in processor time, because publishing uses one thread; exit code 1 when one misses its target.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.measuring import Cost, measured
from metrics_dictionary.cuts import GROUP_BYS, WINDOWS, parts_of
from metrics_dictionary.definitions import Dictionary, Metric, find_manifest
from metrics_dictionary.engine import Engine
from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.publication import publish_metrics
from metrics_dictionary.value_rows import published_cuts

MOST_SCANS = 3.0
LEAST_SPEED_UP = 10.0


class Scratch:
    """A copy of one folder's warehouse, its manifest and last day; nothing of the folder itself is written to."""

    def __init__(self, folder: DataFolder, root: Path) -> None:
        self.root = root
        self.database = root / "data" / "warehouse" / folder.warehouse_database.name
        self.database.parent.mkdir(parents=True)
        shutil.copy(folder.warehouse_database, self.database)
        with duckdb.connect(str(folder.raw_database), read_only=True) as connection:
            (self.as_of,) = connection.execute("select max(delivered_date) from meta.loads where status = 'loaded'").fetchone()
        duckdb.connect(str(self.database.with_name("raw.duckdb"))).close()
        self.manifest = find_manifest(folder)
        self.dictionary = Dictionary(self.manifest)

    def publish(self) -> int:
        """Recompute every value; returns their number."""
        as_of: date = self.as_of
        return publish_metrics(self.database, self.manifest, "benchmark", as_of, self.root / "compiled")

    def project(self) -> Path:
        """A folder in which the command `mf` finds its project, its profile and the manifest."""
        project = self.root / "project"
        (project / "target").mkdir(parents=True)
        for name in ("dbt_project.yml", "profiles.yml"):
            shutil.copy(PROJECT_ROOT / name, project)
        shutil.copy(self.dictionary.path, project / "target")
        return project


def tables_read(dictionary: Dictionary) -> list[str]:
    """The marts that the published metrics read."""
    models = {measure.semantic_model for metric in dictionary.published.values() for measure in dictionary.measures_of(metric)}
    return sorted({dictionary.semantic_models[model].table for model in models})


def scan(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Read every column of every row of the tables once."""
    for table in tables:
        connection.execute(f'select bit_xor(hash(scanned)) from marts."{table}" as scanned').fetchall()


def write_again(database: Path) -> None:
    """Write the published values as they are into a second table: no sum, no join, no formula."""
    with closing(duckdb.connect(str(database))) as connection:
        connection.execute("set threads = 1")
        connection.execute("create table metrics.written_again as from metrics.metric_values")
        connection.execute("drop table metrics.written_again")


def ask(connection: duckdb.DuckDBPyConnection, engine: Engine, requests: Sequence[tuple[Metric, str, str]]) -> None:
    """Compile and run one MetricFlow query for each metric, grain and dimension set."""
    for metric, grain, dimension_set in requests:
        group_by = [f"metric_time__{grain}", *(GROUP_BYS[part] for part in parts_of(dimension_set))]
        connection.execute(engine.explain([metric.name], group_by)).fetchall()


def run_mf(scratch: Scratch, project: Path, metrics: Sequence[Metric]) -> None:
    """The command `mf query`, once for each metric."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DBT_")}
    environment |= {"ZHICANG_DATA": str(scratch.root / "data"), "DBT_PROFILES_DIR": str(project)}
    for metric in metrics:
        output = project / f"{metric.name}.csv"
        words = ["--metrics", metric.name, "--group-by", f"metric_time__{metric.governance.coarsest_grain}", "--csv", str(output)]
        command = [str(Path(sys.executable).with_name("mf")), "query", *words]
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
        if done.returncode or not output.exists():
            raise SystemExit(f"{' '.join(command)} failed; the measurement is void.\n{done.stdout}{done.stderr}")


def measure(scratch: Scratch, sampled_commands: int, sampled_cuts: int) -> bool:
    """Measure, print; returns whether a target was missed."""
    dictionary, tables = scratch.dictionary, tables_read(scratch.dictionary)
    metrics = list(dictionary.catalogue.values())
    draw = random.Random(1)  # noqa: S311
    first = measured(scratch.publish)
    counts: list[int] = []
    published = measured(lambda: counts.append(scratch.publish()))
    written = measured(lambda: write_again(scratch.database))
    with duckdb.connect(str(scratch.database), read_only=True) as connection:
        connection.execute("set threads = 1")
        sizes = "select sum(estimated_size), sum(estimated_size * column_count) from duckdb_tables() where list_contains(?, table_name)"
        rows, cells = connection.execute(sizes, [tables]).fetchone()
        scan(connection, tables)
        scanned = measured(lambda: [scan(connection, tables) for _ in range(10)]) * 0.1
        with Engine(dictionary) as engine:
            ask(connection, engine, [(metrics[0], metrics[0].governance.coarsest_grain, "total")])  # loads MetricFlow
            totals = [(metric, metric.governance.coarsest_grain, "total") for metric in metrics]
            in_process = measured(lambda: ask(connection, engine, totals))
            cuts = [(m, *cut) for m in dictionary.published.values() for cut in published_cuts(m, dictionary) if cut[0] not in WINDOWS]
            drawn = draw.sample(cuts, min(sampled_cuts, len(cuts)))
            every_cut = measured(lambda: ask(connection, engine, drawn)) * (len(cuts) / len(drawn))
    asked = draw.sample(metrics, min(sampled_commands, len(metrics)))
    project = scratch.project()
    commands = measured(lambda: run_mf(scratch, project, asked)) * (len(metrics) / len(asked))
    print(f"{counts[0]:,} values of {len(dictionary.published)} metrics; {len(tables)} aggregates, {rows:,} rows, {cells:,} fields")
    lines: list[tuple[str, Cost]] = [
        ("all values recomputed, SQL compiled anew", first),
        ("all values recomputed", published),
        ("the same values only written", written),
        ("one scan of the aggregates", scanned),
        (f"`mf query` for each metric ({len(asked)} of {len(metrics)} run, scaled)", commands),
        ("MetricFlow in one process, each metric's total", in_process),
        (f"MetricFlow in one process, each cut ({len(drawn)} of {len(cuts)} run, scaled)", every_cut),
    ]
    for name, cost in lines:
        print(f"{name:72} {cost}")
    return _report(published, written, scanned, commands, in_process, every_cut)


def _report(published: Cost, written: Cost, scanned: Cost, commands: Cost, in_process: Cost, every_cut: Cost) -> bool:
    scans, speed_up = published.processor / scanned.processor, commands.processor / published.processor
    print(
        f"all values recomputed over one scan of the aggregates: expected <= {MOST_SCANS:g}, found {scans:.1f} (wall"
        f" {published.wall / scanned.wall:.1f}; writing the values alone is {written.processor / scanned.processor:.1f},"
        f" recomputing over writing {published.processor / written.processor:.1f})"
    )
    print(
        f"one `mf query` per metric over all values recomputed: expected >= {LEAST_SPEED_UP:g}, found {speed_up:.1f} (wall"
        f" {commands.wall / published.wall:.1f}; without starting a process each {in_process.processor / published.processor:.1f},"
        f" that for every cut {every_cut.processor / published.processor:.1f})"
    )
    return scans > MOST_SCANS or speed_up < LEAST_SPEED_UP


def build(root: Path) -> DataFolder:
    """The simulated group at demo scale, with the whole pipeline run over it."""
    folder = DataFolder(root / "simulated")
    environment = os.environ | {"ZHICANG_DATA": str(folder.root)}
    for command in (
        [str(Path(sys.executable).with_name("simulate")), "--out", str(folder.root), "--scale", "demo", "--seed", "1"],
        [sys.executable, "-m", "orchestration.run_pipeline"],
    ):
        subprocess.run(command, cwd=PROJECT_ROOT, env=environment, check=True, capture_output=True)
    return folder


def main() -> int:
    """Run all measurements; exit code 1 when one misses its target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, default=None, help="a built data folder, only read; default: the demo group, simulated and built"
    )
    parser.add_argument("--folder", type=Path, default=None, help="where to work; default: a new temporary folder")
    parser.add_argument("--commands", type=int, default=10, help="metrics for which the command `mf query` is run")
    parser.add_argument("--cuts", type=int, default=200, help="published cuts for which MetricFlow is asked")
    options = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="zhicang-metrics-", dir=options.folder))
    try:
        folder = DataFolder(options.data.resolve()) if options.data else build(root)
        return int(measure(Scratch(folder, root / "scratch"), options.commands, options.cuts))
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
