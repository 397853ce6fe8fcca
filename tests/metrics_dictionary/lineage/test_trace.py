"""`metrics trace` as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from metrics_dictionary.command_line import app


@pytest.fixture
def tiny_project(tiny_warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny project is the one the environment names."""
    monkeypatch.setenv("ZHICANG_DATA", str(tmp_path))
    monkeypatch.setenv("DBT_TARGET_PATH", str(tiny_warehouse.manifest.parent))


def trace(*arguments: str) -> list[dict]:
    result = CliRunner().invoke(app, ["trace", *arguments, "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.usefixtures("tiny_project")
def test_a_metric_is_traced_up_and_a_column_down() -> None:
    up = trace("written_premium")
    assert {"hops", "layer", "from", "use", "to", "expression"} == set(up[0])
    assert ("agg_premiums_daily.premium_amount", "value", "sum(premium_amount)") in {(r["from"], r["use"], r["expression"]) for r in up}
    assert [r["hops"] for r in up] == sorted(r["hops"] for r in up)
    down = trace("agg_premiums_daily.rate_weight", "--down")
    assert {r["to"] for r in down} == {"metric.weighted_rate"}


@pytest.mark.usefixtures("tiny_project")
def test_only_what_leads_through_a_column() -> None:
    through = trace("written_premium", "--column", "dim_organisation.company_code")
    assert {r["from"] for r in through} == {"dim_organisation.company_code"}
    result = CliRunner().invoke(app, ["trace", "written_premium", "--column", "fct_contacts.wait_seconds"])
    assert result.exit_code == 1
    assert "metric.written_premium does not depend on fct_contacts.wait_seconds" in result.output


@pytest.mark.usefixtures("tiny_project")
def test_an_unknown_name_is_told_with_near_ones() -> None:
    result = CliRunner().invoke(app, ["trace", "writen_premium"])
    assert result.exit_code == 1
    assert "did you mean written_premium" in result.output
