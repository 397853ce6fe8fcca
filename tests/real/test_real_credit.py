"""The scorecard on real borrowers; skipped where the data sets are not beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics_dictionary.locations import DataFolder
from tests.real.credit import run
from tests.real.mapping import SOURCE_FOLDER


@pytest.mark.skipif(not SOURCE_FOLDER.is_dir(), reason=f"{SOURCE_FOLDER} is absent")
def test_the_card_holds_on_real_borrowers(tmp_path: Path) -> None:
    assert [line for line in run(DataFolder(tmp_path / "data")) if not line.holds] == []
