"""Trust marks: what the checks of a metric's tables say about its values."""

from __future__ import annotations

import duckdb

# The last result of every check of a table counts. On a mart, a check of a column that the metric does not read is no
# reason to distrust it; upstream, every column counts. A check that could not be evaluated is neither passed nor failed.
JUDGED = """
with latest as (
    select layer, table_name, column_name, expectation, max(checked_at) as checked_at,
        arg_max(status, checked_at) as status, arg_max_null(rows_failing, checked_at) as rows_failing
    from metrics.checks
    group by all
),
marts as (
    select metric_code, table_name, list(column_name) as columns_read
    from metrics.metric_sources
    where layer = 'mart'
    group by all
),
judged as (
    select marts.metric_code, marts.table_name, latest.* exclude (table_name)
    from marts
    left join latest
        on latest.layer <> 'delivery' and marts.table_name = latest.table_name
        and (latest.column_name is null or list_contains(marts.columns_read, latest.column_name))
    union all
    select sources.metric_code, sources.table_name, latest.* exclude (table_name)
    from metrics.metric_sources as sources
    inner join latest on sources.table_name = latest.table_name
    where sources.layer <> 'mart' and (sources.layer = 'delivery') = (latest.layer = 'delivery')
)
"""
"""The checks that say something of each metric, as `judged`: one without expectation is a mart that was never checked."""

SET_TRUST = f"""
create or replace temp table metric_trust as
{JUDGED},
by_table as (
    select
        metric_code, table_name,
        bool_or(coalesce(status, '') = 'failed') as has_failed,
        bool_and(coalesce(status, '') = 'passed') as has_passed
    from judged
    group by all
)
select
    metric_code,
    case when bool_or(has_failed) then 'failed' when bool_and(has_passed) then 'passed' else 'not_checked' end as trust
from by_table
group by metric_code
"""


def set_trust(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Mark every metric's values passed, failed or not_checked by what metrics.checks holds; returns the marks by code.

    failed: the last result of a check of one of its tables, upstream ones included, is a failure. passed: every mart it
    reads was checked, and every check passed. Needs metrics.checks, metric_sources and metric_values in the database.
    """
    connection.execute(SET_TRUST)
    connection.execute(
        """
        update metrics.metric_values set trust = metric_trust.trust
        from temp.metric_trust
        where metric_values.metric_code = metric_trust.metric_code and metric_values.trust <> metric_trust.trust
        """
    )
    return dict(connection.execute("select metric_code, trust from temp.metric_trust order by all").fetchall())
