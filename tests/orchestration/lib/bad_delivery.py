"""The form in which the tests of loading write down one kind of bad delivery, and short ways to make its content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.orchestration.lib.deliveries import csv_bytes, jsonl_bytes, parquet_bytes, policies, policy

GOOD = policies(3)
Content = bytes | Callable[[Path], bytes]


@dataclass(frozen=True)
class Bad:
    """A delivery and what must become of it; `faults` are (rule, column) with their row numbers."""

    kind: str
    content: Content
    name: str = "policy.csv"
    status: str = "loaded"
    reason: str | None = None
    read: int = 0
    faults: dict[tuple[str, str | None], list[int]] = field(default_factory=dict)
    detail: str = ""
    path: str | None = None
    control: str | None = None
    entity: str = "policy_admin/policy"


def one_bad(**changes: str) -> bytes:
    """Three good policies, the second with changed values."""
    return csv_bytes([GOOD[0], policy(2, **changes), GOOD[2]])


def row_fault(kind: str, rule: str, column: str, **changes: str) -> Bad:
    return Bad(kind, one_bad(**changes), read=3, faults={(rule, column): [2]})


def edited(before: str, after: str) -> bytes:
    """The csv of the good policies with one replacement in its text."""
    text = csv_bytes(GOOD).decode()
    assert before in text
    return text.replace(before, after, 1).encode()


def parquet_of(records: list[dict], **types: str) -> Content:
    return lambda folder: parquet_bytes(folder, records, **types)


def parquet_cut(keep: float, garble: bool = False) -> Content:
    def build(folder: Path) -> bytes:
        whole = parquet_bytes(folder, policies(2000))
        if garble:
            return whole[:64] + b"\x5a" * 4000 + whole[4064:]
        return whole[: int(len(whole) * keep)]

    return build


def json_lines(*lines: str) -> bytes:
    good = jsonl_bytes(GOOD).decode().splitlines()
    return "\n".join([good[0], *lines, good[2]]).encode()
