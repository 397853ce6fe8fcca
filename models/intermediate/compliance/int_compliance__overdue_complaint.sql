with

complaints as (

    select * from {{ ref('stg_contact_centre__complaints') }}

),

rules as (

    select * from {{ ref('compliance_rules') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

measured as (

    select
        complaints.*,
        rules.yellow_threshold,
        rules.red_threshold,
        complaints.closed_date is not null as is_closed,
        complaints.due_date - coalesce(complaints.closed_date, as_of.as_of_date) as days_left
    from complaints
    cross join as_of
    inner join rules on {{ rule_holds_on('CR27', 'complaints.received_date') }}

),

firing as (

    select
        *,
        days_left < red_threshold as is_past_due
    from measured
    where days_left < red_threshold or (not is_closed and days_left <= yellow_threshold)

),

findings as (

    select
        'CR27' as rule_code,
        'complaint' as subject_kind,
        complaint_number as subject_code,
        organisation_code,
        channel_code,
        intermediary_code,
        -- the first day of the warning, so that the finding keeps its identity while it turns from yellow to red
        greatest(received_date, due_date - cast(yellow_threshold as integer)) as business_date,
        case when is_past_due then 'red' else 'yellow' end as severity,
        days_left as measured_value,
        case when is_past_due then red_threshold else yellow_threshold end as threshold_value,
        due_date,
        case
            when is_closed then '投诉 ' || complaint_number || ' 逾期 ' || -days_left || ' 天办结'
            when is_past_due then '投诉 ' || complaint_number || ' 已逾期 ' || -days_left || ' 天未办结'
            else '投诉 ' || complaint_number || ' 剩余 ' || days_left || ' 天到期'
        end as summary_zh,
        case
            when is_closed then 'Complaint ' || complaint_number || ' was closed ' || -days_left || ' days late'
            when is_past_due then 'Complaint ' || complaint_number || ' is open and ' || -days_left || ' days past due'
            else 'Complaint ' || complaint_number || ' is due in ' || days_left || ' days'
        end as summary_en,
        'complaint' as record_kind,
        complaint_number as record_key,
        received_date as record_date,
        cast(null as decimal(18, 2)) as record_amount,
        'complexity=' || complexity || ', due_date=' || due_date || ', closed_date=' || coalesce(cast(closed_date as varchar), 'open')
            as record_note
    from firing

)

select * from findings
