"""A data folder with the parents of good policies loaded, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from metrics_dictionary.locations import DataFolder
from orchestration.lib.loading import load_pending
from tests.orchestration.lib.deliveries import deliver_parents


@pytest.fixture(scope="session")
def folder_with_parents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that tests copy."""
    root = tmp_path_factory.mktemp("parents")
    folder = DataFolder(root)
    deliver_parents(folder)
    results = load_pending(folder, "parents")
    assert {result.status for result in results} == {"loaded"}
    return root


@pytest.fixture
def folder(folder_with_parents: Path, tmp_path: Path) -> DataFolder:
    """A data folder of its own, parents loaded."""
    shutil.copytree(folder_with_parents, tmp_path / "data")
    return DataFolder(tmp_path / "data")
