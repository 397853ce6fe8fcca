"""Rows of metric_values: which periods and cuts a metric is published at, and the statement that writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb

from metrics_dictionary.cuts import MEMBER_COLUMNS, PUBLISHED_DAYS, dimension_sets_for
from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.governance import Governance

NOT_CHECKED = "not_checked"

KEYS = f"grain, period_start_date, dimension_set, {', '.join(MEMBER_COLUMNS)}"

# Within the computation a window stands under the month it ends with.
PERIOD_START = """case grain
    when 'rolling_12' then cast(period_start_date - interval 11 month as date)
    when 'year_to_date' then cast(date_trunc('year', period_start_date) as date)
    else period_start_date
end"""

PERIOD_END = """case grain
    when 'day' then period_start_date
    when 'rolling_12' then last_day(period_start_date)
    when 'year_to_date' then last_day(period_start_date)
    when 'month' then cast(period_start_date + interval 1 month - interval 1 day as date)
    when 'quarter' then cast(period_start_date + interval 3 month - interval 1 day as date)
    when 'year' then cast(period_start_date + interval 1 year - interval 1 day as date)
end"""


@dataclass(frozen=True)
class Run:
    """The pipeline run that writes values: its id, and the last day its data describe."""

    run_id: str
    as_of_date: date


def published_cuts(metric: Metric, dictionary: Dictionary) -> list[tuple[str, str]]:
    """The (grain, dimension set) pairs at which a catalogue metric is published."""
    governance = _governance(metric)
    available = dictionary.dimensions_of(metric)
    dimensions = [d for d in governance.dimensions if d in available]
    return [
        (grain, dimension_set)
        for grain in governance.grains
        for dimension_set in dimension_sets_for(grain, dimensions, dictionary.has_companies)
    ]


@contextmanager
def reading_marts(metrics: Iterable[str]) -> Iterator[None]:
    """Say which metrics a compiled statement serves when the marts lack a table or column it reads. Raises MetricsError."""
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise MetricsError(
            f"{', '.join(metrics)}: the marts are not those the definitions were written for: {str(error).splitlines()[0]};"
            " build them with 'dbt build --full-refresh'"
        ) from error


def insert_values(
    connection: duckdb.DuckDBPyConnection,
    dictionary: Dictionary,
    metric: Metric,
    run: Run,
    rows: str,
    value: str,
    numerator: str | None = None,
    denominator: str | None = None,
    condition: str = "true",
) -> None:
    """Write the values that the query `rows` holds for one metric.

    `rows` yields the columns KEYS and what the expressions `value`, `numerator` and `denominator` name; rows that do not
    meet `condition` are left out, and so are those with neither value nor numerator nor denominator, and days that
    PUBLISHED_DAYS leaves to their months.
    """
    governance = _governance(metric)
    months, days = governance.maturity
    first_in_force, last_in_force = dictionary.in_force(metric)
    connection.execute(
        f"""
        insert into metrics.metric_values
        with rows as ({rows}),
        measured as (
            select * replace ({PERIOD_START} as period_start_date), {PERIOD_END} as period_end_date,
                cast({value} as double) as metric_value,
                cast({numerator or "null"} as double) as metric_numerator,
                cast({denominator or "null"} as double) as metric_denominator
            from rows
            where {condition}
        )
        select
            $metric_code, $version, grain, period_start_date, period_end_date, dimension_set,
            {", ".join(MEMBER_COLUMNS)},
            metric_value, metric_numerator, metric_denominator,
            period_end_date + to_months($months) + to_days($days) <= $as_of_date,
            period_end_date between $first_in_force and $last_in_force, '{NOT_CHECKED}', $as_of_date, $run_id
        from measured
        where coalesce(metric_value, metric_numerator, metric_denominator) is not null
        {PUBLISHED_DAYS}
        """,
        {
            "metric_code": metric.code,
            "first_in_force": first_in_force,
            "last_in_force": last_in_force,
            "version": governance.version,
            "months": months,
            "days": days,
            "as_of_date": run.as_of_date,
            "run_id": run.run_id,
        },
    )


def _governance(metric: Metric) -> Governance:
    if metric.governance is None:
        raise MetricsError(f"metric {metric.name} has no config.meta, so it is not published")
    return metric.governance
