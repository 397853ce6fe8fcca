"""Values of metrics beside each other: as published, by the old code over the data as they are now, and by the new code over the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from metrics_dictionary.cuts import DIMENSION_SETS, GRAINS, MEMBER_COLUMNS, WINDOWS

NOISE = 1e-14
"""Two doubles this close, relative to the greater, are one number: the last bits depend on the order of summing."""
SHOWN_PERIODS = 24
SHOWN_MEMBERS = 8
COARSEST_FIRST = (*reversed(GRAINS), *WINDOWS)

SIDES = ("published", "before", "after")
NUMBERS = ("value", "numerator", "denominator")


@dataclass(frozen=True)
class ValueRow:
    """One period and segment. `published` is what readers saw before, None where nothing comparable was published.

    `data_effect` is before less published, `code_effect` after less before; None where either is missing.
    `state`: equal, within (the tolerance), beyond, appears or disappears; of the code's effect.
    """

    grain: str
    period_start_date: date
    period_end_date: date
    dimension_set: str
    members: tuple[str, ...]
    published: float | None
    before: float | None
    after: float | None
    data_effect: float | None
    code_effect: float | None
    state: str


@dataclass(frozen=True)
class Comparison:
    """The values of one metric on both sides: how many, how many moved, and those to show.

    `parts_moved` are values that are equal while their numerator or denominator is not. `headline` is the value that says most:
    the newest one of the coarsest grain that moved, of the whole if it did.
    """

    values_before: int
    values_after: int
    within: int
    beyond: int
    parts_moved: int
    moved_by_data: int
    headline: ValueRow | None
    periods: tuple[ValueRow, ...]
    segments: tuple[ValueRow, ...]

    @property
    def moved(self) -> int:
        """Values that the code moved, little or much."""
        return self.within + self.beyond


def create_compared(
    connection: duckdb.DuckDBPyConnection, before: str, after: str, published: str | None, tolerances: Mapping[str, float]
) -> None:
    """Make the temporary table `compared`: one row per metric in `tolerances`, period and segment that any side has a value in force for.

    `before`, `after` and `published` are tables in the shape of metrics.metric_values.
    """
    connection.execute("create or replace temp table touched (metric_code varchar, tolerance double)")
    if tolerances:
        connection.executemany("insert into touched values (?, ?)", list(tolerances.items()))
    members = ", ".join(MEMBER_COLUMNS)
    keys = f"metric_code, grain, period_end_date, dimension_set, {members}"
    tables = {"published": published, "before": before, "after": after}
    # Days are published for a metric's last two years only: a day that one side has left to its month is not compared.
    sides = " union all ".join(
        f"""
        select '{side}' as side, {keys}, period_start_date, {", ".join(NUMBERS)},
            min(year(period_start_date)) filter (where grain = 'day') over (partition by metric_code) as first_year
        from {table} where is_in_force and metric_code in (select metric_code from temp.touched)
        """
        for side, table in tables.items()
        if table
    )
    numbers = ", ".join(f"max({number}) filter (where side = '{side}') as {side}_{number}" for side in SIDES for number in NUMBERS)
    connection.execute(
        f"""
        create or replace temp table compared as
        with sides as ({sides}),
        comparable as (
            select * from sides
            qualify grain <> 'day' or year(period_start_date) >= max(first_year) over (partition by metric_code)
        ),
        paired as (
            select {keys}, any_value(period_start_date) as period_start_date, {numbers}
            from comparable group by all
        ),
        measured as (
            select paired.*, touched.tolerance,
                before_value - published_value as data_effect, after_value - before_value as code_effect
            from paired inner join temp.touched as touched using (metric_code)
        )
        select *,
            case
                when {_same("before_value", "after_value")} then 'equal'
                when before_value is null then 'appears'
                when after_value is null then 'disappears'
                when abs(code_effect) <= tolerance then 'within'
                else 'beyond'
            end as state,
            {_same("before_value", "after_value")} and not (
                {_same("before_numerator", "after_numerator")} and {_same("before_denominator", "after_denominator")}
            ) as has_moved_parts,
            {f"not {_same('published_value', 'before_value')}" if published else "false"} as has_moved_by_data
        from measured
        """
    )


def comparison_of(connection: duckdb.DuckDBPyConnection, code: str) -> Comparison:
    """What the table `compared` says of one metric."""
    counts = connection.execute(
        """
        select count(before_value), count(after_value), count(*) filter (where state = 'within'),
            count(*) filter (where state in ('beyond', 'appears', 'disappears')),
            count(*) filter (where has_moved_parts), count(*) filter (where has_moved_by_data)
        from temp.compared where metric_code = ?
        """,
        [code],
    ).fetchone()
    headline = _rows(
        connection, code, "true", f"{MOVED} desc, {TOTALS_FIRST}, {GRAINS_FIRST}, period_end_date desc, abs(code_effect) desc", 1
    )
    periods = _rows(connection, code, f"{MOVED} and dimension_set = 'total'", f"{GRAINS_FIRST}, period_end_date desc", SHOWN_PERIODS)
    segments: list[ValueRow] = []
    if headline:
        at = "and grain = $grain and period_end_date = $period_end_date"
        where = f"{MOVED} and dimension_set = $dimension_set {at}"
        for dimension_set in (s for s in DIMENSION_SETS if s != "total" and "+" not in s):
            place = {"grain": headline[0].grain, "period_end_date": headline[0].period_end_date, "dimension_set": dimension_set}
            order = f"abs(code_effect) desc nulls first, abs(data_effect) desc nulls first, {', '.join(MEMBER_COLUMNS)}"
            segments += _rows(connection, code, where, order, SHOWN_MEMBERS, place)
    return Comparison(*counts, headline[0] if headline else None, tuple(periods), tuple(segments))


def write_values(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Write every value that code or data moved to a CSV file."""
    numbers = ", ".join(f"{side}_{number}" for number in NUMBERS for side in SIDES)
    connection.execute(
        f"""
        copy (
            select metric_code, grain, period_start_date, period_end_date, dimension_set, {", ".join(MEMBER_COLUMNS)}, {numbers},
                data_effect, code_effect, tolerance, state
            from temp.compared where {MOVED}
            order by metric_code, {GRAINS_FIRST}, period_end_date, dimension_set, {", ".join(MEMBER_COLUMNS)}
        ) to '{str(file).replace("'", "''")}' (format csv, header true)
        """
    )


def _same(left: str, right: str) -> str:
    close = f"abs({left} - {right}) <= {NOISE} * greatest(abs({left}), abs({right}))"
    return f"({left} is not distinct from {right} or coalesce({close}, false))"


MOVED = "(state <> 'equal' or has_moved_parts or has_moved_by_data)"
TOTALS_FIRST = "dimension_set <> 'total'"
GRAINS_FIRST = f"list_position([{', '.join(repr(grain) for grain in COARSEST_FIRST)}], grain)"


def _rows(
    connection: duckdb.DuckDBPyConnection, code: str, where: str, order: str, limit: int, place: Mapping[str, object] | None = None
) -> list[ValueRow]:
    found: Sequence[tuple] = connection.execute(
        f"""
        select grain, period_start_date, period_end_date, dimension_set,
            list_filter([{", ".join(MEMBER_COLUMNS)}], lambda member: member is not null),
            published_value, before_value, after_value, data_effect, code_effect, state
        from temp.compared where metric_code = $code and {where} order by {order} limit {limit}
        """,
        {"code": code, **(place or {})},
    ).fetchall()
    return [ValueRow(*row[:4], tuple(row[4]), *row[5:]) for row in found]
