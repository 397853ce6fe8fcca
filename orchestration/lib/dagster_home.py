"""The folder in which Dagster keeps its run history, one in each data folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from metrics_dictionary.locations import DataFolder

SETTINGS = Path(__file__).resolve().parent.parent / "dagster.yaml"


def prepare_home(folder: DataFolder) -> None:
    """Make the folder's Dagster home with this project's settings, and name it to Dagster."""
    folder.dagster_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SETTINGS, folder.dagster_home / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(folder.dagster_home)
