"""The view metric_status: every value beside its target, the period before it and the same period a year before."""

from __future__ import annotations

import duckdb

# The windows hold exactly one period: "the month before" is that month or nothing, never the last month that happens
# to have a value. Windows, not joins, because filters on metric, grain and members then reach the table below them.
STATUS_QUERY = """
with targets as (
    select
        metric_code,
        list(
            {{
                'organisation_code': organisation_code, 'grain': grain, 'valid_from': valid_from, 'valid_to': valid_to,
                'target_value': target_value, 'amber_bound': coalesce(amber_value, red_value, target_value), 'kind': kind
            }}
            order by
                organisation_code is null, grain is null,
                list_position(['regulatory', 'article', 'benchmark', 'proposal'], kind), valid_from desc
        ) as candidates
    from {targets}
    group by metric_code
),
measured as (
    select
        measurements.*,
        catalogue.direction,
        catalogue.unit in ('yuan', 'count') as is_volume,
        case when catalogue.unit in ('ratio', 'score') then 'difference' else 'ratio' end as change_kind,
        -- Windows stand under the month they end with.
        case
            when grain in ('rolling_12', 'year_to_date') then cast(date_trunc('month', period_end_date) as date) else period_start_date
        end as period_anchor_date,
        case grain
            when 'day' then date_diff('day', date '2000-01-01', period_start_date)
            when 'month' then date_diff('month', date '2000-01-01', period_start_date)
            when 'quarter' then date_diff('quarter', date '2000-01-01', period_start_date)
            when 'rolling_12' then date_diff('month', date '2000-01-01', period_end_date)
            when 'year_to_date' then date_diff('month', date '2000-01-01', period_end_date)
            else date_diff('year', date '2000-01-01', period_start_date)
        end as period_number,
        targets.candidates
    from {values} as measurements
    inner join {catalogue} as catalogue on measurements.metric_code = catalogue.metric_code
    left join targets on measurements.metric_code = targets.metric_code
),
compared as (
    select
        *,
        max(value) over (
            partition by metric_code, version, grain, dimension_set, organisation_code, channel_code, product_code,
                intermediary_code, segment_code
            order by period_number
            range between 1 preceding and 1 preceding
        ) as previous_value,
        max(value) over (
            partition by metric_code, version, grain, dimension_set, organisation_code, channel_code, product_code,
                intermediary_code, segment_code
            order by period_anchor_date
            range between interval 1 year preceding and interval 1 year preceding
        ) as previous_year_value
    from measured
),
aimed as (
    select
        *,
        list_filter(
            candidates,
            lambda candidate: candidate.valid_from <= period_end_date
                and (candidate.valid_to is null or candidate.valid_to >= period_start_date)
                and (candidate.grain is null or candidate.grain = grain)
                and case
                    when candidate.organisation_code is not null then candidate.organisation_code = organisation_code
                        and (not is_volume or dimension_set in ('company', 'organisation'))
                    else not is_volume or dimension_set = 'total'
                end
        )[1] as target
    from compared
)
select
    metric_code, version, grain, period_start_date, period_end_date, dimension_set,
    organisation_code, channel_code, product_code, intermediary_code, segment_code,
    value, numerator, denominator, is_complete_period, trust, run_id,
    cast(target.target_value as double) as target_value,
    target.kind as target_kind,
    case
        when target is null or value is null or direction = 'neutral' then 'no_target'
        when direction = 'higher' then case
            when value >= target.target_value then 'green'
            when value >= target.amber_bound then 'amber'
            else 'red'
        end
        else case
            when value <= target.target_value then 'green'
            when value <= target.amber_bound then 'amber'
            else 'red'
        end
    end as status,
    previous_value,
    previous_year_value,
    case change_kind
        when 'difference' then value - previous_value else (value - previous_value) / nullif(abs(previous_value), 0)
    end as change_previous,
    case change_kind
        when 'difference' then value - previous_year_value
        else (value - previous_year_value) / nullif(abs(previous_year_value), 0)
    end as change_previous_year,
    change_kind
from aimed
-- Last, so that the first period of a new version is compared with the period before by that same version.
where is_in_force
"""


def status_query(values: str, catalogue: str, targets: str) -> str:
    """The query of the view over tables of these names: values with `is_in_force`, catalogue and targets as published."""
    return STATUS_QUERY.format(values=values, catalogue=catalogue, targets=targets)


def create_status_view(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the view anew over the tables of schema metrics."""
    query = status_query("metrics.metric_values", "metrics.metric_catalogue", "metrics.metric_targets")
    connection.execute(f"create or replace view metrics.metric_status as {query}")
