"""The targets of metrics as people keep them: rows of the seed file, by metric."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.locations import PROJECT_ROOT

TARGETS = PROJECT_ROOT / "seeds" / "metrics" / "metric_targets.csv"

Target = dict[str, str]
"""One row of the seed, every value as text; the file's empty ones are left out."""


def read_targets(path: Path = TARGETS) -> dict[str, list[Target]]:
    """The targets of each metric code, in the file's order. Raises MetricsError when the file is missing."""
    if not path.exists():
        raise MetricsError(f"no targets at {path}; put the seed metric_targets.csv there, with its header alone if there are none")
    found = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["metric_code"]].append({name: value for name, value in row.items() if value})
    return dict(found)
