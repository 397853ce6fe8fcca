"""Values of metrics beside each other: as published, by the old code over the data as they are now, and by the new code over the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from metrics_dictionary.cuts import DIMENSION_SETS, GRAINS, MEMBER_COLUMNS, WINDOWS

NOISE = 1e-14
"""Two doubles this close, relative to the greater, are one number: the last bits depend on the order of summing."""
SHOWN_PERIODS = 24
SHOWN_MEMBERS = 8

SIDES = ("published", "before", "after")
NUMBERS = ("value", "numerator", "denominator")
MEMBERS = ", ".join(MEMBER_COLUMNS)
COARSEST = f"list_position([{', '.join(repr(grain) for grain in (*reversed(GRAINS), *WINDOWS))}], grain)"
GREATEST = "abs(code_effect) desc nulls first, abs(data_effect) desc nulls first"
SINGLE_DIMENSIONS = ", ".join(repr(s) for s in DIMENSION_SETS if s != "total" and "+" not in s)


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


NOTHING = Comparison(0, 0, 0, 0, 0, 0, None, (), ())
"""Of a metric that no side has a value of."""


def create_compared(
    connection: duckdb.DuckDBPyConnection,
    before: str,
    after: str,
    published: str | None,
    tolerances: Mapping[str, float],
    reached: Collection[str],
) -> None:
    """Make the temporary table `compared`: one row per metric in `tolerances`, period and segment that any side has a value in force for.

    `before`, `after` and `published` are tables in the shape of metrics.metric_values. Only the metrics in `reached` stand in `after`:
    the others' values cannot differ from those in `before`.
    """
    connection.execute("create or replace temp table touched (metric_code varchar, tolerance double, is_reached boolean)")
    if tolerances:
        connection.executemany("insert into touched values (?, ?, ?)", [(code, t, code in reached) for code, t in tolerances.items()])
    keys = f"metric_code, grain, period_end_date, dimension_set, {MEMBERS}"
    sides = [("before", before, "true"), ("after", after, "is_reached"), ("after", before, "not is_reached")]
    sides += [("published", published, "true")] if published else []
    # Days are published for a metric's last two years only: a day that one side has left to its month is not compared.
    selects = " union all ".join(
        f"""
        select '{side}' as side, {keys}, period_start_date, {", ".join(NUMBERS)}, tolerance,
            min(year(period_start_date)) filter (where grain = 'day') over (partition by metric_code) as first_year
        from {table} inner join temp.touched using (metric_code)
        where is_in_force and {condition}
        """
        for side, table, condition in sides
    )
    numbers = ", ".join(f"max({number}) filter (where side = '{side}') as {side}_{number}" for side in SIDES for number in NUMBERS)
    connection.execute(
        f"""
        create or replace temp table compared as
        with sides as ({selects}),
        comparable as (
            select * from sides
            qualify grain <> 'day' or year(period_start_date) >= max(first_year) over (partition by metric_code)
        ),
        paired as (
            select {keys}, any_value(period_start_date) as period_start_date, any_value(tolerance) as tolerance, {numbers}
            from comparable group by all
        ),
        measured as (
            select *, before_value - published_value as data_effect, after_value - before_value as code_effect from paired
        ),
        judged as (
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
        )
        select *, state <> 'equal' or has_moved_parts or has_moved_by_data as has_moved from judged
        """
    )


def comparisons(connection: duckdb.DuckDBPyConnection) -> dict[str, Comparison]:
    """What the table `compared` says of each metric, by code; a metric without any value is missing."""
    counts = connection.execute(
        """
        select metric_code, count(before_value), count(after_value), count(*) filter (where state = 'within'),
            count(*) filter (where state in ('beyond', 'appears', 'disappears')),
            count(*) filter (where has_moved_parts), count(*) filter (where has_moved_by_data)
        from temp.compared group by metric_code
        """
    ).fetchall()
    connection.execute(
        f"""
        create or replace temp table headlines as
        select * from temp.compared
        qualify row_number() over (
            partition by metric_code
            order by has_moved desc, dimension_set <> 'total', {COARSEST}, period_end_date desc, {GREATEST}, {MEMBERS}
        ) = 1
        """
    )
    headlines = _rows(connection, "temp.headlines", "metric_code")
    periods = _rows(
        connection,
        f"""(
            from temp.compared where has_moved and dimension_set = 'total'
            qualify row_number() over (partition by metric_code order by {COARSEST}, period_end_date desc) <= {SHOWN_PERIODS}
        )""",
        f"{COARSEST}, period_end_date desc",
    )
    segments = _rows(
        connection,
        f"""(
            select compared.* from temp.compared as compared
            semi join temp.headlines as headlines using (metric_code, grain, period_end_date)
            where compared.has_moved and compared.dimension_set in ({SINGLE_DIMENSIONS})
            qualify row_number() over (partition by metric_code, dimension_set order by {GREATEST}, {MEMBERS}) <= {SHOWN_MEMBERS}
        )""",
        f"list_position([{SINGLE_DIMENSIONS}], dimension_set), {GREATEST}, {MEMBERS}",
    )
    return {
        code: Comparison(*numbers, headlines[code][0], tuple(periods.get(code, ())), tuple(segments.get(code, ())))
        for code, *numbers in counts
    }


def write_values(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Write every value that code or data moved to a CSV file."""
    numbers = ", ".join(f"{side}_{number}" for number in NUMBERS for side in SIDES)
    connection.execute(
        f"""
        copy (
            select metric_code, grain, period_start_date, period_end_date, dimension_set, {MEMBERS}, {numbers},
                data_effect, code_effect, tolerance, state
            from temp.compared where has_moved
            order by metric_code, {COARSEST}, period_end_date, dimension_set, {MEMBERS}
        ) to '{str(file).replace("'", "''")}' (format csv, header true)
        """
    )


def _same(left: str, right: str) -> str:
    close = f"abs({left} - {right}) <= {NOISE} * greatest(abs({left}), abs({right}))"
    return f"({left} is not distinct from {right} or coalesce({close}, false))"


def _rows(connection: duckdb.DuckDBPyConnection, source: str, order: str) -> dict[str, list[ValueRow]]:
    """The rows of a part of `compared`, by metric."""
    found: dict[str, list[ValueRow]] = defaultdict(list)
    for code, *row, members in connection.execute(
        f"""
        select metric_code, grain, period_start_date, period_end_date, dimension_set,
            published_value, before_value, after_value, data_effect, code_effect, state,
            list_filter([{MEMBERS}], lambda member: member is not null)
        from {source} order by {order}
        """
    ).fetchall():
        found[code].append(ValueRow(*row[:4], tuple(members), *row[4:]))
    return found
