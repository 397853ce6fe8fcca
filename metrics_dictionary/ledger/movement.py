"""What moved a value: against the period before and the year before, by segment, and from one publication to the next, by cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import duckdb

from metrics_dictionary.cuts import COLUMNS, parts_of
from metrics_dictionary.errors import MetricsError, unknown_name
from metrics_dictionary.filters import read_period

Basis = Literal["previous", "year_ago"]
TOLERANCE = 1e-9
GRAIN_OF_LENGTH = {1: "day", 31: "month", 92: "quarter", 366: "year"}


@dataclass(frozen=True)
class Contribution:
    """What one member of a dimension did to the value, in the metric's unit.

    Where the members' values add up to the whole's, `change` is the member's own change. Where their numerators and denominators do, it
    is `rate_effect` (the member's own ratio moved, weighted with its share now) plus `mix_effect` (its share moved, times how far its
    ratio stood from the whole's before). All members add up to the change of the whole. Where neither holds (distinct counts, medians),
    `change` is None.
    """

    dimension: str
    member: str
    value_before: float | None
    value_now: float | None
    change: float | None
    rate_effect: float | None = None
    mix_effect: float | None = None


@dataclass(frozen=True)
class EarlierValue:
    """A value that was published for the period before: until when it was known, and why it was replaced."""

    value: float | None
    known_from: date
    known_to: date
    cause: str | None
    restatement_id: str | None
    reason: str | None


@dataclass(frozen=True)
class Movement:
    """A value of the whole, what it is compared with, and what made the difference."""

    metric_code: str
    grain: str
    period_start_date: date
    value: float | None
    before_start_date: date
    before: float | None
    numerator_effect: float | None
    denominator_effect: float | None
    contributions: tuple[Contribution, ...]
    history: tuple[EarlierValue, ...]


def explain_movement(connection: duckdb.DuckDBPyConnection, code: str, period: str, basis: Basis = "previous") -> Movement:
    """Explain one value of a publication; `period` is `2022`, `2022-Q1`, `2022-05` or `2022-05-17`.

    Raises MetricsError for a code or period that is not published.
    """
    known = {found for (found,) in connection.execute("select metric_code from metrics.metric_catalogue").fetchall()}
    if code not in known:
        raise MetricsError(unknown_name("metric", code, known))
    first, last = read_period(period)
    length = (last - first).days + 1
    grain = next(name for limit, name in GRAIN_OF_LENGTH.items() if length <= limit)
    before_first = _before(connection, grain, first, basis)
    now, before = (_values(connection, code, grain, day) for day in (first, before_first))
    whole = now.get(("total", None))
    if whole is None:
        shown = connection.execute(
            """
            select grain || ' ' || min(period_start_date) || ' to ' || max(period_start_date)
            from metrics.metric_values where metric_code = ? and dimension_set = 'total' group by grain order by grain
            """,
            [code],
        ).fetchall()
        raise MetricsError(f"{code} has no published value for {grain} {period}; there are: {', '.join(s for (s,) in shown) or 'none'}")
    whole_before = before.get(("total", None))
    numerator_effect, denominator_effect = _effects(whole_before, whole)
    return Movement(
        code,
        grain,
        first,
        whole[0],
        before_first,
        whole_before[0] if whole_before else None,
        numerator_effect,
        denominator_effect,
        tuple(_contributions(before, now)) if whole_before else (),
        tuple(_history(connection, code, grain, first)),
    )


def _before(connection: duckdb.DuckDBPyConnection, grain: str, first: date, basis: Basis) -> date:
    step = "year" if basis == "year_ago" else grain
    return connection.execute(f"select cast(?::date - interval 1 {step} as date)", [first]).fetchone()[0]


Numbers = tuple[float | None, float | None, float | None]


def _values(connection: duckdb.DuckDBPyConnection, code: str, grain: str, start: date) -> dict[tuple[str, str | None], Numbers]:
    """(value, numerator, denominator) by dimension and member, of the whole and of every dimension alone."""
    alone = [name for name in COLUMNS if len(parts_of(name)) == 1]
    member = "case dimension_set " + " ".join(f"when '{name}' then {COLUMNS[name]}" for name in alone) + " end"
    rows = connection.execute(
        f"""
        select dimension_set, {member}, value, numerator, denominator
        from metrics.metric_values
        where metric_code = $code and grain = $grain and period_start_date = $start and is_in_force
            and list_contains($sets, dimension_set)
        """,
        {"code": code, "grain": grain, "start": start, "sets": ["total", *alone]},
    ).fetchall()
    return {(row[0], row[1]): row[2:] for row in rows}


def _scale(numbers: Numbers | None) -> float | None:
    """By what a quotient is multiplied to give the value (10,000 for a rate per ten thousand); None where it cannot be told."""
    if numbers is None:
        return None
    value, numerator, denominator = numbers
    return value * denominator / numerator if value and numerator and denominator else None


def _quotient_scale(before: Numbers | None, now: Numbers) -> float | None:
    """The scale of a value that is a quotient in both periods, by the same factor; None of anything else."""
    scales = [scale for scale in (_scale(before), _scale(now)) if scale is not None]
    is_quotient = bool(before and before[2] and now[2] and scales) and max(scales) - min(scales) <= TOLERANCE * abs(scales[0])
    return scales[0] if is_quotient else None


def _effects(before: Numbers | None, now: Numbers) -> tuple[float | None, float | None]:
    """The change of a ratio if only the numerator had moved, and the rest, which the denominator did."""
    scale = _quotient_scale(before, now)
    if scale is None:
        return None, None
    by_numerator = scale * ((now[1] or 0.0) - (before[1] or 0.0)) / before[2]
    return by_numerator, now[0] - before[0] - by_numerator


def _contributions(before: dict[Any, Numbers], now: dict[Any, Numbers]) -> list[Contribution]:
    whole_before, whole = before["total", None], now["total", None]
    found = []
    for dimension in sorted({name for name, _ in now.keys() | before.keys()} - {"total"}):
        old, new = ({key[1]: numbers for key, numbers in values.items() if key[0] == dimension} for values in (before, now))
        scale = _quotient_scale(whole_before, whole) if _add_up(old, whole_before, 1, 2) and _add_up(new, whole, 1, 2) else None
        is_sum = _add_up(old, whole_before, 0) and _add_up(new, whole, 0)
        members = []
        for member in sorted(new.keys() | old.keys(), key=str):
            values = _value(old, member), _value(new, member)
            parts = (None, None, None)
            if scale is not None:
                parts = _rate_and_mix(scale, whole_before, whole, old.get(member), new.get(member))
            elif is_sum:
                parts = (values[1] or 0.0) - (values[0] or 0.0), None, None
            members.append(Contribution(dimension, member, *values, *parts))
        found += sorted(members, key=_size, reverse=True)
    return found


def _add_up(members: dict[Any, Numbers], whole: Numbers, *places: int) -> bool:
    """Whether the members make up the whole; a part that is not there is 0."""
    for place in places:
        if whole[place] is None:
            return False
        total = sum(numbers[place] or 0.0 for numbers in members.values())
        if abs(total - whole[place]) > TOLERANCE * max(abs(whole[place]), 1.0):
            return False
    return True


def _value(members: dict[Any, Numbers], member: str | None) -> float | None:
    return members[member][0] if member in members else None


def _size(c: Contribution) -> float:
    return abs(c.change if c.change is not None else (c.value_now or 0.0) - (c.value_before or 0.0))


def _rate_and_mix(
    scale: float, whole_before: Numbers, whole: Numbers, old: Numbers | None, new: Numbers | None
) -> tuple[float, float, float]:
    """(change, rate effect, mix effect) of one member; a member without a ratio before is taken to have stood at the whole's."""
    rate_of_whole = scale * whole_before[1] / whole_before[2]
    share_before = (old[2] or 0.0) / whole_before[2] if old else 0.0
    share_now = (new[2] or 0.0) / whole[2] if new else 0.0
    part_before = scale * (old[1] or 0.0) / whole_before[2] if old else 0.0
    part_now = scale * (new[1] or 0.0) / whole[2] if new else 0.0
    rate_before = part_before / share_before if share_before else rate_of_whole
    change = (part_now - share_now * rate_of_whole) - (part_before - share_before * rate_of_whole)
    mix_effect = (share_now - share_before) * (rate_before - rate_of_whole)
    return change, change - mix_effect, mix_effect


def _history(connection: duckdb.DuckDBPyConnection, code: str, grain: str, start: date) -> list[EarlierValue]:
    rows = connection.execute(
        """
        select old.value, old.known_from, old.known_to, coalesce(stated.accepted_cause, stated.cause), old.restatement_id,
            stated.accepted_reason
        from metrics.superseded_values as old
        left join metrics.metric_restatements as stated on old.restatement_id = stated.restatement_id
        where old.metric_code = ? and old.grain = ? and old.period_start_date = ? and old.dimension_set = 'total' and old.is_in_force
        order by old.known_from, old.known_to
        """,
        [code, grain, start],
    ).fetchall()
    return [EarlierValue(*row) for row in rows]
