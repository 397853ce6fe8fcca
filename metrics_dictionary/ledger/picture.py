"""The picture of a day: the tables of values as a reader of that day's publication found them, as views over the ledger.

The day is the connection's variable `known_on` (`set variable known_on = date '2022-07-05'`). What the ledger does not keep is
derived: a period is complete when its metric had matured by that day, a version is in force when no later one was published by then.
"""

from __future__ import annotations

from metrics_dictionary.status_view import status_query

DAY = "cast(getvariable('known_on') as date)"
NOT_KEPT = "not_kept"
"""The trust of an earlier picture: the ledger keeps values, not the checks of their day."""


def known_condition(day: str) -> str:
    """The condition that a row of the ledger was known on a day, as an SQL expression."""
    return f"known_from <= {day} and (known_to is null or known_to > {day})"


def picture_views(schema: str, tables: str) -> list[str]:
    """Statements that make `schema` and in it metric_values, metric_status and superseded_values as they were known, and the whole ledger.

    `tables` is the schema of metric_values, superseded_values, metric_catalogue, metric_versions and metric_targets as they are now.
    """
    return [
        f"create schema {schema}",
        f"""
        create view {schema}.ledger as
        select *, null::date as known_to, null::varchar as superseded_by_run_id, null::varchar as restatement_id
        from {tables}.metric_values
        union all by name
        select * from {tables}.superseded_values
        """,
        f"""
        create view {schema}.known_values as
        select * exclude (known_to, superseded_by_run_id, restatement_id) from {schema}.ledger where {known_condition(DAY)}
        """,
        # Before a later version was published, the one before it had no last day; one whose first day was not kept replaced it wholly.
        f"""
        create view {schema}.known_versions as
        with published as (
            select metric_code, version from {schema}.known_values group by all
        ),
        dated as (
            select published.metric_code, published.version, coalesce(versions.valid_from, date '0001-01-01') as valid_from,
                if(versions.version = catalogue.version, versions.valid_to, null) as valid_to,
                to_months(coalesce(cast(catalogue.parameters ->> 'maturity_months' as integer), 0))
                    + to_days(coalesce(cast(catalogue.parameters ->> 'maturity_days' as integer), 0)) as maturity
            from published
            inner join {tables}.metric_catalogue as catalogue on published.metric_code = catalogue.metric_code
            left join {tables}.metric_versions as versions
                on published.metric_code = versions.metric_code and published.version = versions.version
        )
        select metric_code, version, maturity,
            if(lag(version) over ordered is null, null, valid_from) as first_day,
            coalesce(lead(valid_from) over ordered - 1, valid_to) as last_day
        from dated
        window ordered as (partition by metric_code order by version)
        """,
        f"""
        create view {schema}.metric_values as
        select known_values.* replace (
            known_values.period_end_date + known_versions.maturity <= {DAY} as is_complete_period,
            known_values.period_end_date >= coalesce(known_versions.first_day, known_values.period_end_date)
                and known_values.period_end_date <= coalesce(known_versions.last_day, known_values.period_end_date) as is_in_force,
            '{NOT_KEPT}' as trust
        )
        from {schema}.known_values
        inner join {schema}.known_versions
            on known_values.metric_code = known_versions.metric_code and known_values.version = known_versions.version
        """,
        f"create view {schema}.superseded_values as select * from {tables}.superseded_values where known_to <= {DAY}",
        f"create view {schema}.metric_status as "
        + status_query(f"{schema}.metric_values", f"{tables}.metric_catalogue", f"{tables}.metric_targets"),
    ]
