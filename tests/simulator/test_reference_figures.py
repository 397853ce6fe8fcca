"""The figures the articles publish follow from simulated records, at several seeds; nothing in the simulator's output names them.

To add a figure, drop a file into `reference_figures`: article, figure, metric, period, scope, bounds of its rounding, and one
query over the landed tables, see `landed_tables`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from simulator.engine import Plan
from tests.simulator.conftest import landed_tables, simulate

FIGURES = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(Path(__file__).parent.glob("reference_figures/*.yml"))
}
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demo group of one seed."""
    plan = Plan(seed=request.param, scale="demo", first_day=date(2014, 1, 1), as_of=date(2022, 6, 30))
    connection = landed_tables(simulate(tmp_path_factory.mktemp(f"seed{request.param}"), plan))
    yield connection
    connection.close()


@pytest.mark.parametrize("name", FIGURES)
def test_figure_follows_from_the_records(demo: duckdb.DuckDBPyConnection, name: str) -> None:
    figure: dict[str, Any] = FIGURES[name]
    (value,) = demo.execute(figure["sql"]).fetchone()
    assert value is not None
    assert figure["expected_low"] <= value <= figure["expected_high"], f"{figure['figure']}: {value}"
