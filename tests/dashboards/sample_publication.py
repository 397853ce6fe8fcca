"""Builds a small published database with the agreed tables, for tests of the cockpit that need no pipeline run."""

from __future__ import annotations

from pathlib import Path

import duckdb

from metrics_dictionary.locations import DataFolder
from metrics_dictionary.status_view import create_status_view

SCRIPTS = (
    "sample_publication.sql",
    "sample_lineage.sql",
    "sample_provenance.sql",
    "sample_risk_marts.sql",
    "sample_credit_marts.sql",
)


def build_sample_publication(root: Path, version: str = "v1", is_simulated: bool = True) -> DataFolder:
    """Publish the sample under `root` as `version` and show it; another version is a new publication.

    Its ledger holds two publications, of the data of 10 and of 18 April 2025.
    """
    folder = DataFolder(root)
    database = folder.published / version / "zhicang.duckdb"
    database.parent.mkdir(parents=True)
    with duckdb.connect(str(database)) as connection:
        for script in SCRIPTS:
            connection.execute(Path(__file__).with_name(script).read_text(encoding="utf-8"))
        connection.execute(
            """
            create table metrics.publication as
            select $version as version, 'sample-run' as run_id, timestamp '2025-04-18 06:30' as built_at,
                date '2025-04-18' as as_of_date, $is_simulated as is_simulated, 'sample' as description,
                'abc1234' as git_commit
            """,
            {"version": version, "is_simulated": is_simulated},
        )
        create_status_view(connection)
    show_version(folder, version)
    return folder


def show_version(folder: DataFolder, version: str) -> None:
    """Point `published/current` at a version in one step, as the publication does."""
    link = folder.published / ".current-new"
    link.symlink_to(version)
    link.replace(folder.current_publication)
