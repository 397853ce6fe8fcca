"""The day of 150 million policies, at 1:10000: volume, minutes, premium, contract, control files, same seed same bytes."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from simulator import double11
from simulator.command_line import app
from simulator.double11 import Figures, write_double11
from simulator.double11_profile import (
    MINUTES,
    POLICIES_AT_FULL_SCALE,
    QUOTED_PER_MINUTE,
    RUSH_MINUTES,
    Rush,
    minute_weights,
    parse_scale,
)
from tests.simulator.conftest import PLAN, contracts

RUSH = Rush(seed=1, divisor=10_000, day=date(2014, 11, 11))
ENTITIES = [
    "master_data/channel",
    "master_data/intermediary",
    "master_data/organisation",
    "master_data/product",
    "policy_admin/policy",
    "policy_admin/premium_payment",
]


def _write(folder: Path, rush: Rush = RUSH) -> Figures:
    return write_double11(rush, PLAN, folder, lambda line: None)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Figures]:
    """The landing folder of the day and its figures, written in chunks of 2,000 policies."""
    folder = tmp_path_factory.mktemp("double11")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(double11, "POLICIES_PER_CHUNK", 2_000)
        figures = _write(folder)
    return folder / "landing", figures


def _table(landing: Path, path: str) -> str:
    return f"read_parquet('{landing}/{path}/dt=2014-11-11/*.parquet', hive_partitioning = false)"


def _digests(landing: Path) -> dict[str, str]:
    return {f.relative_to(landing).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(landing.rglob("*.parquet"))}


def test_both_published_rates_hold_in_the_profile() -> None:
    weights = minute_weights()
    assert sum(weights) == pytest.approx(POLICIES_AT_FULL_SCALE)
    assert sum(weights) / MINUTES == pytest.approx(104_167, abs=1)
    assert sum(weights[RUSH_MINUTES:]) / (MINUTES - RUSH_MINUTES) == pytest.approx(QUOTED_PER_MINUTE)
    assert max(weights) == weights[0] > 6 * sum(weights) / MINUTES
    assert min(weights) > 0.1 * QUOTED_PER_MINUTE
    assert weights[4 * 60] < 0.25 * weights[22 * 60]


def test_volume_premium_and_mean_follow_from_the_records(day: tuple[Path, Figures]) -> None:
    landing, figures = day
    policies, premium = duckdb.execute(
        f"select count(*), sum(premium_amount) from {_table(landing, 'policy_admin/policy')}"
    ).fetchone() or (0, 0)
    assert policies * RUSH.divisor == POLICIES_AT_FULL_SCALE == figures.policies * RUSH.divisor
    assert 100_000_000 < premium * RUSH.divisor < 101_000_000
    assert 0.5 < figures.mean_premium < 0.67
    assert figures.premium == float(premium)
    assert figures.mean_per_minute_after_rush == pytest.approx(QUOTED_PER_MINUTE / RUSH.divisor, rel=0.001)
    assert figures.mean_per_minute == pytest.approx(104_167 / RUSH.divisor, rel=0.001)


def test_the_first_minute_is_the_peak_and_four_in_the_morning_the_trough(day: tuple[Path, Figures]) -> None:
    landing, figures = day
    hours = dict(duckdb.execute(f"select hour(issued_at), count(*) from {_table(landing, 'policy_admin/policy')} group by 1").fetchall())
    assert max(hours, key=hours.__getitem__) == 0
    assert min(hours, key=hours.__getitem__) in (3, 4, 5)
    assert figures.peak_per_minute > 5 * figures.mean_per_minute


def test_every_policy_is_paid_once_in_full(day: tuple[Path, Figures]) -> None:
    landing, _ = day
    unpaid = duckdb.execute(
        f"select count(*), count(distinct policy.policy_number), count(distinct payment_number), "
        "count(*) filter (payment.premium_amount is distinct from policy.premium_amount) "
        f"from {_table(landing, 'policy_admin/policy')} as policy full join {_table(landing, 'policy_admin/premium_payment')} as payment "
        "on payment.policy_number = policy.policy_number"
    ).fetchone()
    assert unpaid == (15_000, 15_000, 15_000, 0)


def test_prices_and_buyers_vary(day: tuple[Path, Figures]) -> None:
    landing, _ = day
    prices, buyers, busiest = duckdb.execute(
        "with bought as (select customer_id, count(*) as policies from "
        f"{_table(landing, 'policy_admin/policy')} group by 1) "
        f"select (select count(distinct premium_amount) from {_table(landing, 'policy_admin/policy')}), count(*), max(policies) from bought"
    ).fetchone() or (0, 0, 0)
    assert prices == 11
    assert 3_000 < buyers < 6_000
    assert busiest > 5


@pytest.mark.parametrize("path", ENTITIES)
def test_files_keep_their_contract(day: tuple[Path, Figures], path: str) -> None:
    landing, _ = day
    columns = contracts()[path]["columns"]
    described = duckdb.execute(f"describe select * from {_table(landing, path)}").fetchall()
    assert [(name, kind.lower()) for name, kind, *_ in described] == [(name, column["type"]) for name, column in columns.items()]
    faults = []
    for name, column in columns.items():
        if column.get("required"):
            faults.append(f"{name} is null")
        if "allowed" in column:
            faults.append(f"{name} not in ({', '.join(repr(word) for word in column['allowed'])})")
        if "minimum" in column:
            faults.append(f"{name} < {column['minimum']}")
        if column["type"] in ("date", "timestamp") and column.get("future") != "allowed":
            faults.append(f"{name}::date > date '2014-11-11'")
        if "references" in column and name != "employee_code":
            target, key = column["references"].split(".")
            faults.append(f"{name} is not null and {name} not in (select {key} from {_table(landing, target)})")
    assert duckdb.execute(f"select count(*) from {_table(landing, path)} where {' or '.join(faults)}").fetchone() == (0,)


def test_control_files_tell_rows_and_digest_and_the_origin_is_told(day: tuple[Path, Figures]) -> None:
    landing, figures = day
    files = sorted(landing.rglob("*.parquet"))
    assert len(files) == figures.files
    for file in files:
        control = json.loads(file.with_name(file.name + ".control.json").read_text(encoding="utf-8"))
        rows = duckdb.execute(f"select count(*) from read_parquet('{file}')").fetchone()
        assert rows is not None
        assert control == {"rows": rows[0], "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    assert json.loads((landing / "_origin.json").read_text(encoding="utf-8"))["simulated"] is True


def test_same_seed_same_bytes_another_seed_another_day(day: tuple[Path, Figures], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landing, figures = day
    monkeypatch.setattr(double11, "POLICIES_PER_CHUNK", 2_000)
    _write(tmp_path / "again")
    assert _digests(tmp_path / "again" / "landing") == _digests(landing)
    other = _write(tmp_path / "other", Rush(seed=2, divisor=RUSH.divisor, day=RUSH.day))
    assert (other.policies, other.premium) == (figures.policies, figures.premium)
    assert _digests(tmp_path / "other" / "landing") != _digests(landing)


def test_the_command_prints_its_figures(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["double11", "--scale", "1:10000", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "policies               15,000" in result.output
    assert "premium                10,027.50 yuan" in result.output


@pytest.mark.parametrize("scale", ["demo", "1:0", "2:1", "1:20000", "1:"])
def test_a_scale_that_means_nothing_is_refused(scale: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1:N"):
        parse_scale(scale)
    result = CliRunner().invoke(app, ["double11", "--scale", scale, "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "1:N" in result.output


def test_the_group_needs_a_folder() -> None:
    result = CliRunner().invoke(app, ["--scale", "small"])
    assert result.exit_code == 2
    assert "--out" in result.output
