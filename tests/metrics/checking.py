"""Runs the check queries of `tests/metrics/<subject>/<metric_code>.sql` over the raw tables of one data folder.

A check query says which records a metric counts; this module gives them their period and sums them. It knows
the contracts and nothing of the metric definitions or the marts. See README.md beside it for the shape of a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import duckdb

from metrics_dictionary.locations import PROJECT_ROOT
from orchestration.lib.contracts import all_contracts

CHECK_QUERIES = Path(__file__).resolve().parent
SEEDS = PROJECT_ROOT / "seeds"
MEMBERS = {
    "organisation": ("organisation_code", "organisation_tree.branch_code"),
    "company": ("organisation_code", "coalesce(organisation_tree.company_code, '(unknown)')"),
    "channel": ("channel_code", "records.channel_code"),
    "product": ("product_code", "records.product_code"),
    "intermediary": ("intermediary_code", "records.intermediary_code"),
    "segment": ("segment_code", "records.segment_code"),
}
"""Of each part of a dimension set: the column its members stand in, and where a record's member is found."""
MEMBER_COLUMNS = tuple(dict.fromkeys(column for column, _ in MEMBERS.values()))

PERIODS = """
create table as_of as select max(delivered_date) as as_of_date from raw.meta.loads where status = 'loaded';
create table periods as
    with grains as (
        select unnest(['day', 'month', 'quarter', 'year']) as grain
    ),
    days as (
        select unnest(generate_series(date '2019-01-01', (select as_of_date from as_of), interval 1 day))::date
            as day_date
    )
    select distinct
        grain, date_trunc(grain, day_date)::date as period_start_date,
        (date_trunc(grain, day_date) + case grain
            when 'day' then interval 1 day when 'month' then interval 1 month
            when 'quarter' then interval 3 month else interval 1 year
        end)::date - 1 as period_end_date
    from days cross join grains
    union
    select 'year_to_date', date_trunc('year', day_date)::date, last_day(day_date) from days
    union
    select 'rolling_12', (last_day(day_date) + 1 - interval 1 year)::date, last_day(day_date) from days where day_date >= date '2019-12-01';
create table organisation_tree as
    with recursive tree as (
        select
            organisation_code, case when organisation_level = 1 then organisation_code end as company_code,
            organisation_code as branch_code
        from latest.organisation where organisation_level <= 1
        union all
        select
            child.organisation_code, tree.company_code,
            case when child.organisation_level = 2 then child.organisation_code else tree.branch_code end
        from latest.organisation as child join tree on child.parent_organisation_code = tree.organisation_code
        where child.organisation_level > 1
    )
    select * from tree;
create table people as
    with records as (
        select *, coalesce(id_number, 'record ' || customer_id) as person from latest.customer
    ),
    persons as (
        select * from records qualify row_number() over (partition by person order by updated_date desc, customer_id desc) = 1
    )
    select records.customer_id, records.person, segments.segment_code
    from records
    inner join persons on records.person = persons.person
    left join seeds.customer_segments as segments on segments.customer_type = persons.customer_type
        and coalesce(year(persons.birth_date), 0) between segments.birth_year_from and segments.birth_year_to;
"""


def check_query_files() -> dict[str, Path]:
    """The check query of each metric by metric code."""
    return {file.stem: file for file in sorted(CHECK_QUERIES.glob("*/*.sql"))}


def open_checking(raw_database: Path, plan: Path, score_bins: Path, scores: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory over the raw database (read only, as `raw`), with the tables check queries may use.

    `latest.<entity>` holds the last delivery of each record of an upsert entity; `periods(grain, period_start_date,
    period_end_date)` every day, month, quarter, year, twelve months and year to date of the fixture; `as_of(as_of_date)`
    the last delivery date; `people(customer_id, person, segment_code)` which records are one person; `seeds.<name>` the
    reference data people own; `plan` the yearly plans of a CSV file (plan_year, organisation_code, planned_premium_amount);
    `score_bins` the bins of the scorecard and `scores` the borrowers' scores (a file or a pattern), for what measures it.
    """
    connection = duckdb.connect()
    connection.execute(f"attach '{raw_database}' as raw (read_only)")
    connection.execute("create schema latest; create schema checked")
    for contract in all_contracts().values():
        if contract.delivery == "upsert":
            key = ", ".join(contract.key)
            connection.execute(
                f"create view latest.{contract.entity} as select * from raw.{contract.source}.{contract.entity} "
                f"qualify row_number() over (partition by {key} "
                "order by _delivered_date desc, _load_id desc, _row_number desc) = 1"
            )
    connection.execute("create schema seeds")
    for file in SEEDS.glob("*/*.csv"):
        connection.execute(f"create view seeds.{file.stem} as select * from read_csv('{file}')")
    connection.execute(PERIODS)
    connection.execute("create table plan as select * from read_csv(?)", [str(plan)])
    connection.execute("create table score_bins as select * from read_csv(?)", [str(score_bins)])
    if scores is not None:
        connection.execute("create table scores as select * from read_csv(?, union_by_name = true)", [str(scores)])
    return connection


def prepare(connection: duckdb.DuckDBPyConnection, metric_code: str) -> None:
    """Make `checked.<metric_code>`: the metric's records with grain, first and last day of the period, members, numerator, denominator."""
    made = connection.execute(
        "select 1 from information_schema.tables where table_schema = 'checked' and table_name = ?", [metric_code]
    ).fetchone()
    if made:
        return
    query = check_query_files()[metric_code].read_text(encoding="utf-8")
    for needed in sorted(set(re.findall(r"\bchecked\.(\w+)", query))):
        prepare(connection, needed)
    columns = [row[0] for row in connection.execute(f"describe ({query})").fetchall()]
    if "grain" not in columns:
        query = (
            "select periods.grain, periods.period_start_date, periods.period_end_date, records.* exclude (business_date) "
            f"from ({query}) as records join periods "
            "on records.business_date between periods.period_start_date and periods.period_end_date"
        )
    elif "period_end_date" not in columns:
        query = (
            f"select records.*, periods.period_end_date from ({query}) as records join periods on records.grain = periods.grain "
            "and records.period_start_date = periods.period_start_date and periods.grain <> 'year_to_date'"
        )
    connection.execute(f"create table checked.{metric_code} as {query}")


def check_values(
    connection: duckdb.DuckDBPyConnection, metric_code: str, dimension_sets: Iterable[str] = ("total", "organisation")
) -> dict[tuple[str | None, ...], float | None]:
    """The values of one metric by (grain, last day of the period, dimension set, and a member or None for each of MEMBER_COLUMNS).

    An organisation is its branch with all that lies below it. Sums are summed, ratios are sum over sum with null for a
    denominator of zero; see README.md for the others.
    """
    prepare(connection, metric_code)
    query = check_query_files()[metric_code].read_text(encoding="utf-8")
    if "dimension_set" in [row[0] for row in connection.execute(f"describe checked.{metric_code}").fetchall()]:
        return _given_values(connection, metric_code, dimension_sets)
    if "-- combine: value" in query:
        value, dimension_sets = "any_value(value)", ["total"]
    elif "-- combine: overlap" in query:
        value = "(count(distinct numerator) + count(distinct denominator) - count(distinct coalesce(numerator, denominator)))"
        value += " / nullif(count(distinct denominator), 0)"
    elif "-- combine: distinct" in query and ("null as denominator" in query or "-- combine: distinct count" in query):
        value = "count(distinct numerator)"
    elif "-- combine: distinct" in query:
        value = "count(distinct numerator) / nullif(count(distinct denominator), 0)"
    elif "-- combine: minimum" in query:
        value = "min(numerator)"
    elif "-- combine: growth" in query:
        value = "sum(numerator) / nullif(sum(denominator), 0) / nullif(sum(base_numerator) / nullif(sum(base_denominator), 0), 0) - 1"
    elif quantile := re.search("-- combine: quantile ([0-9.]+)", query):
        value = f"quantile_cont(numerator, {quantile[1]})"
    elif "-- combine: saving" in query:
        value = "1 - avg(numerator) / avg(denominator)"
    elif "-- combine: maximum" in query:
        value = "max(numerator)"
    elif "null as denominator" in query:
        value = "sum(numerator)"
    else:
        value = "sum(numerator) / nullif(sum(denominator), 0)"
    part_column = ", part" if "-- combine: largest part" in query else ""
    answers = {}
    for dimension_set in dimension_sets:
        parts = [] if dimension_set == "total" else dimension_set.split("+")
        members = dict.fromkeys(MEMBER_COLUMNS, "null") | dict(MEMBERS[part] for part in parts)
        tree_join = (
            "left join organisation_tree on records.organisation_code = organisation_tree.organisation_code "
            if {"company", "organisation"} & set(parts)
            else ""
        )
        if part_column:
            cut = f"(partition by grain, period_end_date, {', '.join(members.values())})"
            value = f"max(sum(numerator)) over {cut} / nullif(sum(sum(numerator)) over {cut}, 0)"
        rows = connection.execute(
            f"select grain, period_end_date, {', '.join(members.values())}, {value}::double "
            f"from checked.{metric_code} as records {tree_join}"
            f"group by {', '.join(str(n + 1) for n in range(2 + len(members)))}{part_column}"
        ).fetchall()
        for grain, end, *codes, number in rows:
            answers[(grain, str(end), dimension_set, *codes)] = number
    return answers


def _given_values(
    connection: duckdb.DuckDBPyConnection, metric_code: str, dimension_sets: Iterable[str]
) -> dict[tuple[str | None, ...], float | None]:
    """The values of a query that names the dimension set of each, with those of its members that it has columns for."""
    present = [row[0] for row in connection.execute(f"describe checked.{metric_code}").fetchall()]
    members = ", ".join(column if column in present else "null" for column in MEMBER_COLUMNS)
    rows = connection.execute(
        f"select grain, period_end_date, dimension_set, {members}, value::double from checked.{metric_code}"
        " where list_contains(?, dimension_set)",
        [list(dimension_sets)],
    ).fetchall()
    return {(grain, str(end), *key): number for grain, end, *key, number in rows}
