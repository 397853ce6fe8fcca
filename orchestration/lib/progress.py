"""What a person sees of a run in the terminal."""

from __future__ import annotations

import logging
import sys
import time


class ProgressHandler(logging.Handler):
    """Prints one line for each entity loaded, with its rows, for each step that ends, with its seconds, and every warning."""

    def __init__(self) -> None:
        super().__init__()
        self.began: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Called by Dagster for each event of the run."""
        event = getattr(record, "dagster_event", None) or getattr(record, "dagster_meta", {}).get("dagster_event")
        kind = getattr(event, "event_type_value", None)
        step = getattr(event, "step_key", None)
        if kind == "STEP_START":
            self.began[step] = time.monotonic()
        elif kind in {"STEP_SUCCESS", "STEP_FAILURE"}:
            mark = "done" if kind == "STEP_SUCCESS" else "FAILED"
            seconds = time.monotonic() - self.began.get(step, time.monotonic())
            print(f"  {mark:6} {step:48} {seconds:6.1f} s", file=sys.__stdout__, flush=True)
        elif kind == "ASSET_MATERIALIZATION" and "rows_loaded" in event.event_specific_data.materialization.metadata:
            loaded = event.event_specific_data.materialization
            print(
                f"  loaded {'/'.join(loaded.asset_key.path):44} {loaded.metadata['rows_loaded'].value:>10,} rows",
                file=sys.__stdout__,
                flush=True,
            )
        elif record.levelno == logging.WARNING and event is None:
            meta = getattr(record, "dagster_meta", {})
            if "AssetObservation" in record.getMessage():
                return  # dagster-dbt on a test of several models: shown in the run's history, in our own ledger of checks as well
            print(f"  warning {meta.get('orig_message', record.getMessage())}", file=sys.__stdout__, flush=True)
