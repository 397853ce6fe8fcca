"""Data folders on which the whole pipeline has run, made once for all test processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.run_pipeline import run_pipeline

# A thousand metric statements are compiled once for all folders of the tests, not once for each.
os.environ.setdefault("ZHICANG_COMPILED", str(PROJECT_ROOT / "target" / "compiled"))

FIXTURE_LANDING = PROJECT_ROOT / "tests" / "fixtures" / "landing"


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[DataFolder], None]) -> DataFolder:
    shared = factory.getbasetemp().parent if "popen-gw" in factory.getbasetemp().name else factory.getbasetemp()
    folder, done = DataFolder(shared / name), shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder.root, ignore_errors=True)
            folder.root.mkdir(parents=True)
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def fixture_folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The pipeline over tests/fixtures/landing, whose answers are known by hand. Read it; never write to it."""

    def make(folder: DataFolder) -> None:
        shutil.copytree(FIXTURE_LANDING, folder.landing)
        run_pipeline(folder)

    return _made_once(tmp_path_factory, "fixture_folder", make)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The pipeline over the simulated group at demo scale, as `make run` builds it. Read it; never write to it."""

    def make(folder: DataFolder) -> None:
        simulate(folder.root, "demo")
        run_pipeline(folder)

    return _made_once(tmp_path_factory, "demo_folder", make)


def simulate(root: Path, scale: str, *options: str) -> None:
    """Write a simulated landing zone and its truth below `root`."""
    command = Path(sys.executable).with_name("simulate")
    subprocess.run(
        [str(command), "--out", str(root), "--scale", scale, "--seed", "1", *options], check=True, capture_output=True, text=True
    )
