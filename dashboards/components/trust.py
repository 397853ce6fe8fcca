"""Why a metric cannot be trusted, in a sentence."""

from __future__ import annotations

from typing import Any

from dashboards.components.formatting import format_date, is_missing
from dashboards.components.texts import Words


def trust_word(trust: Any, reason: Any, words: Words) -> str:
    """The mark in a word: passed, failed, out of date or not checked. `reason`: as for `trust_sentence`."""
    mark = "not_checked" if is_missing(trust) else trust
    return words.of("trust", "stale" if mark == "failed" and _is(reason, "stale") else mark)


def check_word(expectation: str, words: Words) -> str:
    """A check in words; dbt's own tests carry table and columns in their names, which are told elsewhere."""
    return words("expectation.relationships") if expectation.startswith("relationships_") else words.of("expectation", expectation)


def trust_sentence(reason: Any, words: Words) -> str:
    """Which check of what says so, and what the metric uses that for.

    `reason`: a row of `metric_trust_reasons`: reason, table_name, column_name, expectation, checked_at, rows_failing, uses.
    """
    table, column = reason["table_name"], reason["column_name"]
    place = words("trust_reason.table", table=table) if is_missing(column) else words("trust_reason.column", table=table, column=column)
    said = {
        "place": place,
        "check": check_word(reason["expectation"], words),
        "uses": words.listed(words.of("used_as", use) for use in reason["uses"]),
    }
    if reason["reason"] == "stale":
        return words("trust_reason.stale", date=format_date(reason["checked_at"]), **said)
    if reason["reason"] == "error":
        return words("trust_reason.error", **said)
    if is_missing(reason["rows_failing"]):
        return words("trust_reason.failed_whole", **said)
    return words("trust_reason.failed", rows=f"{int(reason['rows_failing']):,}", **said)


def trust_note(trust: Any, reason: Any, words: Words) -> str:
    """What stands on a tile: nothing where every check passed, else the sentence; a first reason says how many more there are."""
    if trust == "passed":
        return ""
    if not isinstance(reason, dict):
        return words("trust_reason.not_checked") if trust != "failed" else ""
    more = int(reason["reason_count"]) - 1
    return trust_sentence(reason, words) + (f" {words('trust_reason.more', count=more)}" if more else "")


def _is(reason: Any, kind: str) -> bool:
    return isinstance(reason, dict) and reason["reason"] == kind
