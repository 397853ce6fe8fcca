"""A tiny dbt project of a dozen rows, built once, and its metrics published from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.publication import publish_metrics

TINY_PROJECT = Path(__file__).parent / "tiny_project"
AS_OF = date(2024, 2, 20)
TARGETS = """
create schema reference;
create table reference.metric_targets as
select * from (values
    ('answer_rate', null, null, date '2023-01-01', null, 0.9, 0.7, null, 'proposal', 'T1'),
    ('answer_rate', 'LIFE_SH', null, date '2023-01-01', null, 0.4, null, null, 'regulatory', 'T2'),
    ('written_premium', null, 'month', date '2023-01-01', date '2023-12-31', 300.31, null, 200, 'proposal', 'T3')
) as targets (
    metric_code, organisation_code, grain, valid_from, valid_to, target_value, amber_value, red_value, kind, source
)
"""


@dataclass(frozen=True)
class TinyWarehouse:
    """The built database, dbt's manifest and the folder compiled SQL is remembered in."""

    database: Path
    manifest: Path
    cache: Path

    def publish(self, run_id: str = "run-1", as_of: date = AS_OF) -> int:
        """Publish the metrics; returns the number of values."""
        return publish_metrics(self.database, self.manifest, run_id, as_of, self.cache)


@pytest.fixture(scope="session")
def tiny_warehouse(tmp_path_factory: pytest.TempPathFactory) -> TinyWarehouse:
    """The tiny project built by dbt, with targets, and its metrics published."""
    folder = tmp_path_factory.mktemp("tiny")
    database, target = folder / "zhicang.duckdb", folder / "target"
    places = {"DBT_TARGET_PATH": str(target), "DBT_LOG_PATH": str(folder), "TINY_DATABASE": str(database)}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DBT_")} | places
    dbt = Path(sys.executable).with_name("dbt")
    command = [dbt, "--quiet", "build", "--project-dir", TINY_PROJECT, "--profiles-dir", TINY_PROJECT]
    built = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    with duckdb.connect(str(database)) as connection:
        connection.execute(TARGETS)
    warehouse = TinyWarehouse(database, target / "manifest.json", folder / "cache")
    assert warehouse.publish() > 0
    return warehouse


@pytest.fixture(scope="session")
def tiny_dictionary(tiny_warehouse: TinyWarehouse) -> Dictionary:
    """The definitions of the tiny project."""
    return Dictionary(tiny_warehouse.manifest)


@pytest.fixture
def changed_dictionary(tiny_warehouse: TinyWarehouse, tmp_path: Path) -> Callable[[str, str], Dictionary]:
    """The definitions of the tiny project with a text of the semantic manifest replaced; marts declare the columns they have."""
    manifest = json.loads(tiny_warehouse.manifest.read_text(encoding="utf-8"))
    with duckdb.connect(str(tiny_warehouse.database), read_only=True) as connection:
        columns = dict(connection.execute("select table_name, list(column_name) from information_schema.columns group by all").fetchall())
    for node in manifest["nodes"].values():
        node["columns"] = {name: {"name": name} for name in columns[node["alias"]]}

    def changed(old: str, new: str) -> Dictionary:
        text = tiny_warehouse.manifest.with_name("semantic_manifest.json").read_text(encoding="utf-8")
        assert old in text
        (tmp_path / "semantic_manifest.json").write_text(text.replace(old, new), encoding="utf-8")
        (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return Dictionary(tmp_path / "manifest.json")

    return changed


@pytest.fixture
def published(tiny_warehouse: TinyWarehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published tiny database, read-only."""
    with duckdb.connect(str(tiny_warehouse.database), read_only=True) as connection:
        yield connection
