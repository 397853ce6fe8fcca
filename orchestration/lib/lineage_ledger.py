"""The ledger of lineage in the raw database: for each day of data, which catalogue metrics are traced to what is delivered."""

from __future__ import annotations

import contextlib
from pathlib import Path

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.lineage.deliveries import metrics_on_deliveries
from metrics_dictionary.locations import DataFolder
from orchestration.lib.raw_database import open_raw_database


def record_metric_lineage(folder: DataFolder, manifest: Path) -> int:
    """Write the rows of the as-of date anew; returns how many metrics are traced. Nothing is written before the first load."""
    dictionary = Dictionary(manifest)
    traced = metrics_on_deliveries(dictionary, manifest)
    rows = [(code, code in traced) for code in dictionary.catalogue]
    with contextlib.closing(open_raw_database(folder)) as connection:
        (as_of,) = connection.execute("select max(delivered_date) from meta.loads where status = 'loaded'").fetchone()
        if as_of is None:
            return 0
        connection.execute("begin")
        connection.execute("delete from meta.metric_lineage where recorded_date = ?", [as_of])
        connection.executemany("insert into meta.metric_lineage values (?, ?, ?)", [(as_of, *row) for row in rows])
        connection.execute("commit")
    return len(traced)
