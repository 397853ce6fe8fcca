"""The command `simulate`: what it refuses."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from simulator.command_line import app


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
