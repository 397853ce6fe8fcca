"""Everything Dagster knows, loaded from `defs`. To add an asset, check, job or sensor, drop a file into its folder there."""

import logging

import dagster as dg
from dagster_dbt import DbtCliResource

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.lib.dbt_project import DBT_EXECUTABLE, use_folder
from orchestration.lib.progress import ProgressHandler

FOLDER = DataFolder.from_environment()
use_folder(FOLDER)

from orchestration import defs as declared  # noqa: E402  # what is declared there reads the environment set above
from orchestration.defs.workspace import Workspace  # noqa: E402


@dg.logger
def progress(_context: dg.InitLoggerContext) -> logging.Logger:
    """One line per step, for the terminal."""
    logger = logging.Logger("zhicang.progress", level=logging.DEBUG)
    logger.addHandler(ProgressHandler())
    return logger


defs = dg.load_definitions_from_package_module(
    declared,
    resources={
        "workspace": Workspace(root=str(FOLDER.root)),
        "dbt": DbtCliResource(project_dir=str(PROJECT_ROOT), profiles_dir=str(PROJECT_ROOT), dbt_executable=DBT_EXECUTABLE),
    },
    loggers={"progress": progress},
    executor=dg.in_process_executor,
)
