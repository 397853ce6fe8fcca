"""Trust marks: what the checks of the columns that a metric depends on say about its values, and why."""

from __future__ import annotations

import duckdb

# The last result of every check counts. A check of a table as a whole, or of the columns the loader adds, is about which rows there
# are: '*'. A check is stale when its delivery was loaded again after it.
JUDGED = """
with latest as (
    select layer, table_name, column_name, expectation, max(checked_at) as checked_at,
        arg_max(status, checked_at) as status, arg_max_null(rows_failing, checked_at) as rows_failing
    from metrics.checks
    group by all
),
loaded as (
    select source || '/' || entity as table_name, max(loaded_at) as loaded_at from metrics.loads where status = 'loaded' group by all
),
judged as (
    select lineage.metric_code, lineage.uses, lineage.hops, latest.* replace (
        if(latest.layer = 'delivery' and coalesce(latest.checked_at < loaded.loaded_at, false), 'stale', latest.status) as status
    )
    from latest
    inner join metrics.metric_lineage as lineage
        on latest.table_name = lineage.table_name
        and lineage.column_name
        = if(latest.column_name is null or latest.column_name like '\\_%' escape '\\', '*', lower(latest.column_name))
    left join loaded on latest.table_name = loaded.table_name
)
"""
"""The checks that say something of each metric, as `judged`; `status` is passed, failed, error (not evaluated) or stale."""

SET_TRUST = f"""
create or replace temp table judged as {JUDGED} select * from judged;

create or replace table metrics.metric_trust_reasons as
select metric_code, status as reason, layer, table_name, column_name, expectation, checked_at, rows_failing, uses
from temp.judged
where status <> 'passed';

create or replace temp table metric_trust as
with marts as (
    select distinct metric_code, table_name from metrics.metric_lineage where hops = 1
),
checked as (
    select distinct metric_code, table_name from temp.judged where layer <> 'delivery'
),
unsound as (
    select metric_code, bool_or(reason in ('failed', 'stale')) as has_failed from metrics.metric_trust_reasons group by all
)
select marts.metric_code,
    case
        when coalesce(any_value(unsound.has_failed), false) then 'failed'
        when count(checked.table_name) = count(*) and count(unsound.metric_code) = 0 then 'passed'
        else 'not_checked'
    end as trust
from marts
left join checked using (metric_code, table_name)
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
