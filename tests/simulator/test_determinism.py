"""Same seed, same bytes; another seed, another group."""

from __future__ import annotations

import hashlib
from pathlib import Path

from typer.testing import CliRunner

from simulator.command_line import app
from tests.simulator.conftest import SimulatedGroup, simulate


def _digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_the_same_seed_writes_the_same_bytes(group: SimulatedGroup, tmp_path: Path) -> None:
    again = simulate(tmp_path)
    assert again.files == group.files
    assert _digests(again.folder) == _digests(group.folder)


def test_another_seed_draws_other_people_under_the_same_layout(group: SimulatedGroup, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--out", str(tmp_path), "--scale", "small", "--seed", "3"])
    assert result.exit_code == 0, result.output
    assert "landed policy_admin/policy" in result.output
    ours, theirs = _digests(group.folder / "landing"), _digests(tmp_path / "landing")
    folders = {Path(name).parts[:2] for name in ours}
    assert {Path(name).parts[:2] for name in theirs} == folders
    customers = [name for name in ours if name.endswith("customer.csv.gz")]
    assert all(ours[name] != theirs.get(name) for name in customers)
    assert (tmp_path / "truth" / "planted_cases.csv").exists()
