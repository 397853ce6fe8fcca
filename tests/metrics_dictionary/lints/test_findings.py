"""Findings people accept: a row with a reason lets one stand, and a row without its finding is one."""

from __future__ import annotations

from pathlib import Path

from metrics_dictionary.lints.findings import Finding, unaccepted

TWIN = Finding("same_meaning", "one", "two", "metric one: is computed exactly as two")
UNREAD = Finding("unused_column", "agg_some_daily", "some_count", "nothing reads some_count")


def test_accepted_findings_stand_and_stale_rows_are_found(tmp_path: Path) -> None:
    accepted = tmp_path / "accepted_findings.csv"
    rows = ["same_meaning,one,two,Both are law", "same_meaning,one,three,Gone", "unused_column,agg_some_daily,some_count,"]
    accepted.write_text("check_code,subject,counterpart,reason\n" + "\n".join(rows), encoding="utf-8")
    assert unaccepted([TWIN, UNREAD], accepted) == [
        "accepted_findings.csv line 3: same_meaning one three is not found (any more); delete the row",
        "accepted_findings.csv line 4: accepts a finding without a reason; say why",
    ]
    accepted.write_text("check_code,subject,counterpart,reason\n", encoding="utf-8")
    assert unaccepted([TWIN, UNREAD], accepted) == [TWIN.sentence, UNREAD.sentence]
