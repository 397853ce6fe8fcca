"""One pipeline at a time per data folder."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from metrics_dictionary.locations import DataFolder


class PipelineBusyError(Exception):
    """Another process holds the data folder; the message names it and since when."""


@contextlib.contextmanager
def pipeline_lock(folder: DataFolder, purpose: str = "pipeline") -> Iterator[None]:
    """Hold the data folder for writing; raises PipelineBusyError at once when another process holds it.

    The operating system releases the lock when the holder ends in any way, so nothing has to be cleaned up after a kill.
    """
    folder.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.lock)
    holder_file = folder.lock.with_suffix(".holder.json")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        try:
            holder = json.loads(holder_file.read_text(encoding="utf-8"))
            who = f"process {holder['pid']} ({holder['purpose']}) since {holder['since']}"
        except (OSError, ValueError, KeyError):
            who = "another process that has only just started"
        raise PipelineBusyError(
            f"the data folder {folder.root} is held by {who}. Wait until it has finished, or stop that process, and start again."
        ) from error
    try:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        holder_file.write_text(json.dumps({"pid": os.getpid(), "purpose": purpose, "since": since}), encoding="utf-8")
        yield
    finally:
        holder_file.unlink(missing_ok=True)
        lock.release()
