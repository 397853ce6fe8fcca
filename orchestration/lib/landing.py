"""The landing zone: which files lie there, what their paths say, and whether they changed since the last look."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from metrics_dictionary.locations import DataFolder
from orchestration.lib.contracts import Contract, all_contracts

CONTROL_SUFFIX = ".control.json"
FORMATS = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv.gz", ".jsonl": "jsonl"}
BEING_WRITTEN = (".tmp", ".part", ".partial", ".crdownload", ".filepart")
_RACY_NANOSECONDS = 2_000_000_000
_PARTITION = re.compile(r"^dt=(\d{4}-\d{2}-\d{2})$")


class ParkedError(Exception):
    """A delivery that cannot be taken as a whole: `reason` is a fixed word, the message says what and what to do."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True)
class Delivery:
    """One file of the landing zone as its path describes it; `file` is relative to the landing folder.

    `stamp` identifies the state of the file and of its control file on disk (size, times, inode) without reading them.
    `fault` is set when the path itself is wrong: (reason, detail).
    """

    file: str
    path: Path
    source: str | None
    entity: str | None
    delivered_date: date | None
    file_format: str | None
    size_bytes: int
    stamp: str
    is_stamp_trusted: bool
    fault: tuple[str, str] | None = None

    @property
    def contract_path(self) -> str:
        """`source/entity`."""
        return f"{self.source}/{self.entity}"

    @property
    def control_path(self) -> Path:
        """Where the optional control file lies."""
        return self.path.with_name(self.path.name + CONTROL_SUFFIX)


@dataclass(frozen=True)
class Control:
    """What the source says about its file: number of records and SHA-256, either may be absent."""

    rows: int | None = None
    sha256: str | None = None


def contract_stamp(contract: Contract | None) -> str:
    """Identifies a contract's content, so that what was parked under it is tried again once it changes."""
    return hashlib.sha256((contract.model_dump_json() if contract else "none").encode()).hexdigest()[:16]


def stamp_of(path: Path) -> tuple[str, bool]:
    """(stamp, trusted) of a file and its control file.

    The change time cannot be set by a program, so an equal stamp means equal content, with one gap: a change in the
    same clock tick as the reading. A file changed less than two seconds ago is therefore not trusted, but hashed again.
    """
    parts, newest = [], 0
    for candidate in (path, path.with_name(path.name + CONTROL_SUFFIX)):
        try:
            stat = candidate.stat()
        except FileNotFoundError:
            parts.append("-")
            continue
        parts.append(f"{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ctime_ns}:{stat.st_ino}")
        newest = max(newest, stat.st_mtime_ns, stat.st_ctime_ns)
    return "|".join(parts), newest < time.time_ns() - _RACY_NANOSECONDS


def format_of(name: str) -> str | None:
    """The format a file name ends with, or None."""
    lowered = name.lower()
    return next((kind for suffix, kind in FORMATS.items() if lowered.endswith(suffix)), None)


def _is_ignored(relative: Path) -> bool:
    if any(part.startswith(".") for part in relative.parts):
        return True
    name = relative.name.lower()
    return name.startswith("_") or name.endswith(BEING_WRITTEN) or name.endswith(CONTROL_SUFFIX)


def _path_fault(relative: Path) -> tuple[str, str] | None:
    parts = relative.parts
    if len(parts) != 4 or _PARTITION.match(parts[2]) is None:
        return (
            "bad_partition_name",
            f"{relative} does not lie at <source>/<entity>/dt=YYYY-MM-DD/<file>. Move it to its place.",
        )
    try:
        date.fromisoformat(parts[2][3:])
    except ValueError:
        return (
            "bad_partition_name",
            f"{parts[2]} of {relative} is no day of the calendar. Rename the folder to the delivery date.",
        )
    entity = f"{parts[0]}/{parts[1]}"
    if entity not in all_contracts():
        near = difflib.get_close_matches(entity, all_contracts(), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        return (
            "unknown_entity",
            f"no contract describes {entity}.{hint} Add orchestration/contracts/{entity}.yml or move the file.",
        )
    if format_of(relative.name) is None:
        return "unknown_format", f"{relative.name} is not one of {', '.join(FORMATS)}. Deliver it in one of these."
    return None


def describe(path: Path, landing: Path) -> Delivery:
    """What the path of one file says. Raises FileNotFoundError when it has vanished."""
    relative = path.relative_to(landing)
    parts = relative.parts
    fault = _path_fault(relative)
    dated = _PARTITION.match(parts[2]) if len(parts) > 2 else None
    stamp, trusted = stamp_of(path)
    return Delivery(
        file=relative.as_posix(),
        path=path,
        source=parts[0] if len(parts) > 1 else None,
        entity=parts[1] if len(parts) > 2 else None,
        delivered_date=date.fromisoformat(dated[1]) if dated and not (fault and fault[0] == "bad_partition_name") else None,
        file_format=format_of(relative.name),
        size_bytes=path.stat().st_size,
        stamp=stamp,
        is_stamp_trusted=trusted,
        fault=fault,
    )


def list_deliveries(folder: DataFolder, below: str = "") -> list[Delivery]:
    """Every file in the landing zone, or in one folder of it (`source/entity`), by delivery date and name.

    Hidden files, names beginning with `_`, files being written (`.tmp`, `.part`) and control files are no deliveries.
    """
    landing = folder.landing
    found = []
    for path in (landing / below).rglob("*") if (landing / below).is_dir() else ():
        if _is_ignored(path.relative_to(landing)) or not path.is_file():
            continue
        try:
            found.append(describe(path, landing))
        except FileNotFoundError:
            continue
    return sorted(found, key=lambda d: (d.delivered_date or date.min, d.file))


def read_control(delivery: Delivery) -> Control | None:
    """The control file beside a delivery, or None. Raises ParkedError when it cannot be understood."""
    try:
        text = delivery.control_path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ParkedError("control_unreadable", f"{delivery.control_path.name}: {error}. Deliver it again as UTF-8 JSON.") from error
    try:
        content = json.loads(text)
        rows, sha = content.get("rows"), content.get("sha256")
    except (json.JSONDecodeError, AttributeError) as error:
        raise ParkedError("control_unreadable", f"{delivery.control_path.name} is not a JSON object: {error}.") from error
    if rows is not None and (not isinstance(rows, int) or isinstance(rows, bool) or rows < 0):
        raise ParkedError("control_unreadable", f"{delivery.control_path.name}: rows must be a whole number, found {rows!r}.")
    if sha is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", str(sha)):
        raise ParkedError("control_unreadable", f"{delivery.control_path.name}: sha256 must be 64 hexadecimal digits, found {sha!r}.")
    return Control(rows=rows, sha256=str(sha).lower() if sha is not None else None)


def landing_state(folder: DataFolder, delivery_dates: set[str]) -> str:
    """A short hash of the names and stamps of these dates' files: it changes when a file arrives or is corrected."""
    chosen = (d for d in list_deliveries(folder) if d.delivered_date and d.delivered_date.isoformat() in delivery_dates)
    return hashlib.sha256("\n".join(f"{d.file}={d.stamp}" for d in chosen).encode()).hexdigest()[:16]
