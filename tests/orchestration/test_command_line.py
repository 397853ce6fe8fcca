"""The `zhicang` command: what it prints, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from metrics_dictionary.locations import DataFolder
from metrics_dictionary.locks import pipeline_lock
from orchestration.command_line import app
from tests.orchestration.lib.deliveries import csv_bytes, deliver_parents, place, policies, policy

runner = CliRunner()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """A data folder with the parents of policies delivered, named by the environment."""
    monkeypatch.setenv("ZHICANG_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "250")
    folder = DataFolder(tmp_path)
    deliver_parents(folder)
    return folder


def run(*arguments: str) -> tuple[int, str]:
    result = runner.invoke(app, list(arguments))
    return result.exit_code, result.output


def test_load_list_export_and_replay(data: DataFolder, tmp_path: Path) -> None:
    place(data, "policy_admin/policy", "a.csv").write_bytes(csv_bytes([*policies(2), policy(3, applicant_age="x")]))
    place(data, "policy_admin/policy", "b.csv").write_bytes(b"")
    code, output = run("load")
    assert code == 0
    assert "parked policy_admin/policy/dt=2024-01-10/b.csv: empty_file" in output
    assert "5 file(s) loaded: 8 rows read, 7 loaded, 1 quarantined; 1 file(s) parked." in output
    code, output = run("loads", "--status", "parked")
    assert code == 0
    assert "empty_file" in output
    assert "a.csv" not in output
    code, output = run("quarantine", "list")
    assert code == 0
    assert "applicant_age" in output
    assert "wrong_type" in output
    code, output = run("quarantine", "list", "--rows", "5", "--entity", "policy_admin/policy")
    assert "a.csv" in output
    target = tmp_path / "q.jsonl"
    assert run("quarantine", "export", str(target)) == (0, f"1 row(s) written to {target}.\n")
    target.write_text(target.read_text().replace('\\"x\\"', '\\"33\\"'))
    assert run("quarantine", "replay", "--from", str(target)) == (0, "1 row(s) judged again, 1 moved to raw, 0 stay in quarantine.\n")


def test_errors_are_one_line_with_exit_code_one(data: DataFolder) -> None:
    code, output = run("load", "--entity", "policy_admin/polisy")
    assert code == 1
    assert "no contract describes policy_admin/polisy" in output
    assert "Traceback" not in output
    with pipeline_lock(data, "the nightly run"):
        code, output = run("load")
    assert code == 1
    assert "the nightly run" in output


def test_contracts_are_listed_and_agree_with_what_is_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    code, output = run("contracts", "check")
    assert (code, "rendered files agree" in output) == (0, True)
    code, output = run("contracts", "list")
    assert code == 0
    assert "policy_admin/policy" in output
