"""Which published value is meant: metric, period and cut, found in a publication by the words a person writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from metrics_dictionary.cuts import COLUMNS, DIMENSION_SETS, MEMBER_COLUMNS, WINDOWS
from metrics_dictionary.errors import MetricsError, unknown_name
from metrics_dictionary.filters import read_period

GRAIN_OF_LENGTH = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True)
class Place:
    """Where a value stands: `members` maps parts of the dimension set (company, channel, ...) to codes."""

    metric_code: str
    grain: str
    period_start_date: date
    period_end_date: date
    members: tuple[tuple[str, str], ...] = ()

    @property
    def dimension_set(self) -> str:
        """The set as metric_values names it."""
        return "+".join(part for part, _ in self.members) or "total"

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of AT."""
        columns = dict.fromkeys(MEMBER_COLUMNS) | {COLUMNS[part]: code for part, code in self.members}
        return columns | {
            "metric_code": self.metric_code,
            "grain": self.grain,
            "period_end_date": self.period_end_date,
            "dimension_set": self.dimension_set,
        }


def place_of(code: str, grain: str, start: date, members: Sequence[tuple[str, str | None]]) -> Place:
    """The place of a month, quarter or year that begins on `start`; members without a code are left out, the others ordered."""
    month = f"-{start.month:02}" if grain == "month" else f"-Q{(start.month + 2) // 3}" if grain == "quarter" else ""
    _, last = read_period(f"{start.year}{month}")
    chosen = {part: member for part, member in members if member}
    return Place(code, grain, start, last, tuple((part, chosen[part]) for part in COLUMNS if part in chosen))


AT = " and ".join(
    [f"{column} = ${column}" for column in ("metric_code", "grain", "period_end_date", "dimension_set")]
    + [f"{column} is not distinct from ${column}" for column in MEMBER_COLUMNS]
)
"""The rows of metric_values and metric_ledger that stand at a place."""


def find_place(connection: duckdb.DuckDBPyConnection, code: str, period: str, by: Sequence[str] = (), window: str | None = None) -> Place:
    """The place of a value that was published, now or before.

    `by`: `organisation=LIFE_BJ`; `window`: rolling_12 or year_to_date, for a period that is the month it ends with.
    Raises MetricsError, with near matches, for what is not known, and when nothing is published there.
    """
    _require_metric(connection, code)
    members = _members(by)
    dimension_set = "+".join(part for part, _ in members) or "total"
    values = f"from metrics.metric_ledger where metric_code = $code and dimension_set = '{dimension_set}'"
    sets = {
        s
        for (s,) in connection.execute("select distinct dimension_set from metrics.metric_ledger where metric_code = ?", [code]).fetchall()
    }
    if not sets:
        raise MetricsError(f"metric {code} has no published value")
    if dimension_set not in sets:
        raise MetricsError(unknown_name(f"published cut of {code}", dimension_set, sets))
    grain, first, last = _period(period, window)
    ends = {
        end
        for (end,) in connection.execute(
            f"select distinct period_end_date {values} and grain = $grain", {"code": code, "grain": grain}
        ).fetchall()
    }
    if not ends:
        grains = {g for (g,) in connection.execute(f"select distinct grain {values}", {"code": code}).fetchall()}
        raise MetricsError(unknown_name(f"published period type of {code} by {dimension_set}", grain, grains))
    if last not in ends:
        near = ", ".join(str(day) for day in sorted(sorted(ends, key=lambda day: abs((day - last).days))[:3]))
        raise MetricsError(f"metric {code} has no value for {period} ({grain}); nearest periods end on {near}")
    at = {"code": code, "grain": grain, "last": last}
    for part, member in members:
        found = {
            m
            for (m,) in connection.execute(
                f"select distinct {COLUMNS[part]} {values} and grain = $grain and period_end_date = $last", at
            ).fetchall()
        }
        if member not in found:
            raise MetricsError(f"metric {code} in {period}: {unknown_name(part, member, found)}")
    place = Place(code, grain, first, last, members)
    row = connection.execute(f"select any_value(period_start_date) from metrics.metric_ledger where {AT}", place.parameters).fetchone()
    if row is None or row[0] is None:
        raise MetricsError(f"metric {code} has no value in {period} for {', '.join(by)}; each of them has one, not all together")
    return Place(code, grain, row[0], last, members)


def _require_metric(connection: duckdb.DuckDBPyConnection, code: str) -> None:
    codes = [c for (c,) in connection.execute("select metric_code from metrics.metric_catalogue").fetchall()]
    if not codes:
        raise MetricsError("nothing has been published; run 'make pipeline'")
    if code not in codes:
        raise MetricsError(unknown_name("metric", code, codes))


def _members(by: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for text in (part for group in by for part in group.split(",")):
        part, equals, code = (word.strip() for word in text.partition("="))
        if not equals or not code:
            raise MetricsError(f"cut '{text}' is not understood; write organisation=LIFE_BJ")
        if part not in COLUMNS:
            raise MetricsError(unknown_name("dimension", part, COLUMNS))
        found[part] = code
    wanted = "+".join(part for part in COLUMNS if part in found)
    if wanted and wanted not in DIMENSION_SETS:
        raise MetricsError(unknown_name("published cut", wanted, DIMENSION_SETS))
    return tuple((part, found[part]) for part in COLUMNS if part in found)


def _period(text: str, window: str | None) -> tuple[str, date, date]:
    first, last = read_period(text)
    grain = "quarter" if "q" in text.lower() else GRAIN_OF_LENGTH[len(text.strip())]
    if window is None:
        return grain, first, last
    if window not in WINDOWS:
        raise MetricsError(unknown_name("window", window, WINDOWS))
    if grain != "month":
        raise MetricsError(f"a window ends with a month, such as 2022-05, not '{text}'")
    return window, first, last
