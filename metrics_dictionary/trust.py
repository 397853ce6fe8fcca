"""Trust marks: what the checks of the columns that a metric depends on say about its values, and why."""

from __future__ import annotations

import duckdb

# The last result of every check counts. A check of a table as a whole, or of the columns the loader adds, is about which rows there
# are: '*'. A check is stale when its delivery was loaded again after it.
SET_TRUST = """
create or replace temp table latest_checks as
with latest as (
    select layer, table_name, column_name, expectation, arg_max(status, checked_at) as status,
        arg_max(rows_failing, checked_at) as rows_failing, max(checked_at) as checked_at
    from metrics.checks
    group by all
),
loaded as (
    select source || '/' || entity as table_name, max(loaded_at) as loaded_at from metrics.loads where status = 'loaded' group by all
)
select latest.*,
    if(latest.column_name is null or latest.column_name like '\\_%' escape '\\', '*', lower(latest.column_name)) as reads_column,
    latest.layer = 'delivery' and coalesce(latest.checked_at < loaded.loaded_at, false) as is_stale
from latest
left join loaded on latest.layer = 'delivery' and latest.table_name = loaded.table_name;

create or replace table metrics.metric_trust_reasons as
select lineage.metric_code, if(checks.is_stale, 'stale', checks.status) as reason, checks.layer, checks.table_name, checks.column_name,
    checks.expectation, checks.checked_at, checks.rows_failing, lineage.uses
from temp.latest_checks as checks
inner join metrics.metric_lineage as lineage
    on checks.table_name = lineage.table_name and checks.reads_column = lineage.column_name
where checks.status <> 'passed' or checks.is_stale;

create or replace temp table metric_trust as
with unsound as (
    select metric_code, bool_or(reason in ('failed', 'stale')) as has_failed from metrics.metric_trust_reasons group by all
),
marts as (
    select lineage.metric_code, lineage.table_name, count(checks.status) as check_count
    from metrics.metric_lineage as lineage
    left join temp.latest_checks as checks
        on checks.layer <> 'delivery' and lineage.table_name = checks.table_name and lineage.column_name = checks.reads_column
    where lineage.hops = 1
    group by all
)
select marts.metric_code,
    case
        when coalesce(any_value(unsound.has_failed), false) then 'failed'
        when min(marts.check_count) > 0 and count(unsound.metric_code) = 0 then 'passed'
        else 'not_checked'
    end as trust
from marts
left join unsound using (metric_code)
group by marts.metric_code
"""


def set_trust(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Mark every metric's values passed, failed or not_checked by what metrics.checks holds; returns the marks by code.

    failed: the last result of a check of a column it depends on is a failure, or older than the newest delivery of its table; the
    table metric_trust_reasons, made here, says which. passed: every mart it reads was checked, and every check passed. Needs
    metrics.checks, loads, metric_lineage and metric_values in the database.
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
