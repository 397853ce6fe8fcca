"""The figures the articles publish follow from simulated records, at several seeds; nothing in the simulator's output names them.

To add a figure, drop a file into `reference_figures`: article, figure, metric, period, scope, bounds of its rounding, and one
query over what is delivered: a table per entity, the latest version of each record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from metrics_dictionary.locations import DataFolder
from simulator.engine import Plan, build_world
from tests.simulator.conftest import contracts
from tests.simulator.reference import compare, read_figures

FIGURES = read_figures()
SEEDS = (1, 2, 3)


def _latest(connection: duckdb.DuckDBPyConnection, path: str) -> str:
    source, entity = path.split("/")
    table = f"delivery.{source}__{entity}"
    is_good = (
        "planted_fault is null" if "planted_fault" in {name for name, *_ in connection.execute(f"describe {table}").fetchall()} else "true"
    )
    key = ", ".join(contracts()[path]["key"])
    return f"select * from {table} where {is_good} qualify row_number() over (partition by {key} order by dt desc) = 1"


@pytest.fixture(scope="module", params=SEEDS)
def demo(request: pytest.FixtureRequest) -> Iterator[duckdb.DuckDBPyConnection]:
    """What the demo group of one seed delivers: a view per entity."""
    connection = build_world(Plan(seed=request.param, scale="demo", first_day=date(2014, 1, 1), as_of=date(2022, 6, 30)), lambda line: None)
    for path in contracts():
        connection.execute(f"create view main.{path.split('/')[1]} as {_latest(connection, path)}")
    yield connection
    connection.close()


@pytest.mark.parametrize("name", FIGURES)
def test_figure_follows_from_the_records(demo: duckdb.DuckDBPyConnection, name: str) -> None:
    figure: dict[str, Any] = FIGURES[name]
    (value,) = demo.execute(figure["sql"]).fetchone()
    assert value is not None
    assert figure["expected_low"] <= value <= figure["expected_high"], f"{figure['figure']}: {value}"


def test_the_pipeline_computes_every_figure(demo_folder: DataFolder) -> None:
    lines = compare(demo_folder)
    assert len(lines) == len(FIGURES)
    assert [line.text for line in lines if not line.is_ok] == []
