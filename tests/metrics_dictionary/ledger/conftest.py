"""Publications of the tiny project, one after the other, each with values changed as a test says."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.ledger.recording import record_history

NOTHING = "select '' as table_name, date '2024-01-01' as business_date, 0 as load_id, false as is_correction where false"


@dataclass
class Publications:
    """Builds a publication from the tiny warehouse as the pipeline does, and remembers the newest."""

    warehouse: Path
    folder: Path
    versions: list[Path] = field(default_factory=list)

    @property
    def acceptances(self) -> Path:
        """Where stewards accept."""
        return self.folder / "operations" / "operations.duckdb"

    def publish(self, as_of: date, change: str = "", touches: str = NOTHING, project_hash: str = "same") -> Path:
        """One more publication; `change` is SQL on metrics.metric_values and metrics.metric_catalogue before it is built."""
        run_id = f"run-{len(self.versions) + 1:04d}"
        built = self.folder / f"{run_id}.warehouse" / "zhicang.duckdb"
        built.parent.mkdir(parents=True)
        shutil.copy(self.warehouse, built)
        with duckdb.connect(str(built)) as connection:
            connection.execute("update metrics.metric_values set run_id = ?, known_from = ?", [run_id, as_of])
            connection.execute(change or "select 1")
        path = self.folder / run_id / "published.duckdb"
        path.parent.mkdir()
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"attach '{built}' as warehouse (read_only)")
            connection.execute("create schema metrics")
            for table in ("metric_catalogue", "metric_versions", "metric_lineage"):
                connection.execute(f"create table metrics.{table} as from warehouse.metrics.{table}")
            connection.execute(
                """
                insert into metrics.metric_lineage
                select distinct metric_code, 'delivery', 'contacts', '*', ['rows'], 9 from metrics.metric_lineage
                """
            )
            earlier = [(f"run-{n + 1:04d}", "same") for n in range(len(self.versions))]
            connection.execute("create table metrics.runs (run_id varchar, project_hash varchar)")
            connection.executemany("insert into metrics.runs values (?, ?)", [*earlier, (run_id, project_hash)])
            connection.execute(
                "create table metrics.publication as select ? as run_id, ?::date as as_of_date, ?::timestamp as built_at",
                [run_id, as_of, as_of],
            )
            newest = self.versions[-1] if self.versions else None
            record_history(connection, "warehouse.metrics.metric_values", run_id, newest, touches, self.acceptances)
        self.versions.append(path)
        return path

    def ask(self, sql: str) -> list[tuple]:
        """Rows of a query over the newest publication."""
        with duckdb.connect(str(self.versions[-1]), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def publications(tiny_warehouse, tmp_path: Path) -> Publications:
    """No publication yet."""
    return Publications(tiny_warehouse.database, tmp_path)
