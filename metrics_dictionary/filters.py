"""Filters of a metric query: read from words such as `organisation=LIFE_BJ` and `period>=2024-Q1`, never from SQL.

Names are checked against the semantic models; values travel as bound parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from metrics_dictionary.errors import MetricsError, unknown_name

PERIOD = "period"
PATTERN = re.compile(r"^\s*(?P<name>[A-Za-z_]\w*)\s*(?P<operator>!=|<=|>=|=|<|>)\s*(?P<value>.+?)\s*$", re.DOTALL)


@dataclass(frozen=True)
class MemberFilter:
    """A dimension (MetricFlow's name) that is one of `values`, or none of them when `is_excluding`."""

    dimension: str
    values: tuple[str, ...]
    is_excluding: bool


@dataclass(frozen=True)
class PeriodFilter:
    """A comparison of the query's periods with the days from `first_day` to `last_day`."""

    operator: str
    first_day: date
    last_day: date


def read_filter(text: str, known: Iterable[str], aliases: dict[str, str]) -> MemberFilter | PeriodFilter:
    """One filter. `known` are the names that may be filtered, `aliases` short names for some of them.

    Raises MetricsError that says how a filter is written, or which name is not known.
    """
    match = PATTERN.match(text)
    if not match:
        raise MetricsError(f"filter '{text}' is not understood; write name=value, name!=value, name=value|value or period>=2024-Q1")
    name, operator, value = match["name"], match["operator"], match["value"]
    if name == PERIOD:
        return PeriodFilter(operator, *read_period(value))
    dimension = dimension_name(name, known, aliases)
    if operator not in {"=", "!="}:
        raise MetricsError(f"filter '{text}': members have no order; use = or !=, or compare the period")
    return MemberFilter(dimension, tuple(v.strip() for v in value.split("|")), operator == "!=")


def dimension_name(name: str, known: Iterable[str], aliases: dict[str, str]) -> str:
    """MetricFlow's name of a dimension. Raises MetricsError with near matches."""
    names = set(known)
    full = aliases.get(name, name)
    if full not in names:
        shown = [n for n in names if n not in aliases.values()] + [a for a, n in aliases.items() if n in names]
        raise MetricsError(unknown_name("dimension for these metrics", name, shown))
    return full


def read_period(text: str) -> tuple[date, date]:
    """First and last day of `2024`, `2024-Q1`, `2024-05` or `2024-05-17`. Raises MetricsError."""
    match = re.fullmatch(r"(\d{4})(?:-(?:[Qq]([1-4])|(\d{2})(?:-(\d{2}))?))?", text.strip())
    problem = f"period '{text}' is not understood; write 2024, 2024-Q1, 2024-05 or 2024-05-17"
    if match is None:
        raise MetricsError(problem)
    year, quarter, month, day = (int(group) if group else None for group in match.groups())
    first_month, months = (quarter * 3 - 2, 3) if quarter else (month, 1) if month else (1, 12)
    end = year * 12 + first_month - 1 + months
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        return date(year, first_month, 1), date(end // 12, end % 12 + 1, 1) - timedelta(days=1)
    except ValueError as error:
        raise MetricsError(problem) from error
