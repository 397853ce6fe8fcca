"""The command `simulate`: what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulator import engine
from simulator.command_line import app
from tests.simulator.conftest import PLAN, SimulatedGroup


def test_it_leaves_real_deliveries_alone(tmp_path: Path) -> None:
    delivery = tmp_path / "landing" / "policy_admin" / "policy" / "dt=2022-01-01" / "policy.csv"
    delivery.parent.mkdir(parents=True)
    delivery.write_text("policy_number\n1\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["--out", str(tmp_path), "--scale", "small"])
    assert result.exit_code == 2
    assert "no simulation wrote" in result.output
    assert delivery.read_text(encoding="utf-8") == "policy_number\n1\n"


def test_it_names_the_scales_it_knows(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--out", str(tmp_path), "--scale", "huge"])
    assert result.exit_code == 2
    assert "demo" in result.output


def test_a_history_too_short_for_the_planted_cases_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--out", str(tmp_path), "--scale", "small", "--from", "2022-01-01"])
    assert result.exit_code == 2
    assert "earlier --from" in result.output


def test_a_world_larger_than_memory_goes_to_disk_and_gives_the_same_bytes(
    tmp_path: Path, group: SimulatedGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MEMORY_LIMIT", "150MB")
    left = tmp_path / ".simulating" / "left_by_a_killed_run"
    left.parent.mkdir()
    left.touch()
    spilled = []

    def look(line: str) -> None:
        spilled.append(sum(file.stat().st_size for file in left.parent.glob("duckdb_temp*")))

    monkeypatch.setattr("simulator.command_line.typer.echo", lambda line, **_: look(line))
    days = ["--from", PLAN.first_day.isoformat(), "--to", PLAN.as_of.isoformat()]
    result = CliRunner().invoke(app, ["--out", str(tmp_path), "--scale", PLAN.scale, "--seed", str(PLAN.seed), *days])
    assert result.exit_code == 0, result.exception
    assert max(spilled) > 0, "everything fitted into memory: the test proves nothing"
    assert not left.parent.exists()
    for file in group.files:
        assert (tmp_path / "landing" / file.path).read_bytes() == (group.folder / "landing" / file.path).read_bytes(), file.path
