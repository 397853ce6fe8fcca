"""What the lints of `metrics check` find, less what people accepted: rows with a reason in `seeds/metrics/accepted_findings.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from metrics_dictionary.locations import PROJECT_ROOT

ACCEPTED = PROJECT_ROOT / "seeds" / "metrics" / "accepted_findings.csv"


@dataclass(frozen=True)
class Finding:
    """One fault in one sentence; `check_code`, `subject` and `counterpart` are what a row of the accepted findings names."""

    check_code: str
    subject: str
    counterpart: str
    sentence: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells findings apart."""
        return self.check_code, self.subject, self.counterpart


def unaccepted(findings: Iterable[Finding], accepted: Path = ACCEPTED) -> list[str]:
    """The sentences of the findings that no row accepts, and one for each row without a reason or without its finding."""
    found = {finding.key: finding for finding in findings}
    problems = []
    with accepted.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            place = f"{accepted.name} line {number}"
            key = row["check_code"], row["subject"], row["counterpart"]
            if not row["reason"].strip():
                problems.append(f"{place}: accepts a finding without a reason; say why")
            if found.pop(key, None) is None:
                problems.append(f"{place}: {' '.join(filter(None, key))} is not found (any more); delete the row")
    return [finding.sentence for finding in found.values()] + problems
