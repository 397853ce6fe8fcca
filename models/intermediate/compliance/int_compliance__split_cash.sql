with

payments as (

    select * from {{ ref('int_compliance__customer_payments') }}
    where direction = 'received'

),

large_cash_days as (

    select * from {{ ref('int_compliance__large_cash_days') }}

),

rules as (

    select * from {{ ref('compliance_rules') }}

),

-- Cash of a day that CR35 already reports is not counted again: the person did not stay below the limit on that day.
candidates as (

    select
        payments.*,
        rules.window_days,
        rules.minimum_count,
        rules.red_threshold,
        payments.record_amount >= rules.floor_amount as is_in_band
    from payments
    inner join rules on {{ rule_holds_on('CR37', 'payments.record_date') }}
    left join large_cash_days
        on
            payments.customer_key = large_cash_days.customer_key
            and payments.direction = large_cash_days.direction
            and payments.record_date = large_cash_days.record_date
            and payments.is_cash
    where
        payments.record_amount < rules.ceiling_amount
        and large_cash_days.customer_key is null

),

windows as (

    select distinct
        customer_key,
        record_date as window_start_date,
        record_date + window_days - 1 as window_end_date,
        minimum_count,
        red_threshold
    from candidates

),

measured_windows as (

    select
        windows.customer_key,
        windows.window_start_date,
        windows.window_end_date,
        max(windows.minimum_count) as minimum_count,
        max(windows.red_threshold) as red_threshold,
        count(*) filter (where candidates.is_in_band) as in_band_count,
        coalesce(sum(candidates.record_amount) filter (where candidates.is_cash), 0) as cash_amount
    from windows
    inner join candidates
        on
            windows.customer_key = candidates.customer_key
            and candidates.record_date between windows.window_start_date and windows.window_end_date
    group by windows.customer_key, windows.window_start_date, windows.window_end_date

),

firing_windows as (

    select
        *,
        lag(window_end_date) over (partition by customer_key order by window_start_date) as previous_end_date
    from measured_windows
    where in_band_count >= minimum_count or cash_amount >= red_threshold

),

-- Windows that overlap are one episode: the same money is not reported once for each of its days.
numbered_windows as (

    select
        *,
        sum(case when window_start_date <= previous_end_date then 0 else 1 end) over (
            partition by customer_key order by window_start_date
        ) as episode_number
    from firing_windows

),

episodes as (

    select
        customer_key,
        episode_number,
        min(window_start_date) as first_date,
        max(window_end_date) as last_date,
        max(red_threshold) as red_threshold
    from numbered_windows
    group by customer_key, episode_number

),

-- A transfer below the band is no part of either condition.
evidence as (

    select
        episodes.customer_key,
        episodes.first_date,
        episodes.red_threshold,
        candidates.record_kind,
        candidates.record_key,
        candidates.record_date,
        candidates.record_amount,
        candidates.payment_method,
        candidates.organisation_code,
        candidates.channel_code,
        candidates.intermediary_code,
        count(*) over (partition by episodes.customer_key, episodes.first_date) as record_count,
        sum(candidates.record_amount) over (partition by episodes.customer_key, episodes.first_date) as total_amount,
        max(candidates.record_amount) over (partition by episodes.customer_key, episodes.first_date) as largest_amount,
        row_number() over (
            partition by episodes.customer_key, episodes.first_date
            order by candidates.record_amount desc, candidates.record_kind, candidates.record_key
        ) as amount_rank
    from episodes
    inner join candidates
        on
            episodes.customer_key = candidates.customer_key
            and candidates.record_date between episodes.first_date and episodes.last_date
    where candidates.is_cash or candidates.is_in_band

),

placed as (

    select
        customer_key,
        first_date,
        organisation_code,
        channel_code,
        intermediary_code
    from evidence
    where amount_rank = 1

),

findings as (

    select
        'CR37' as rule_code,
        'customer' as subject_kind,
        evidence.customer_key as subject_code,
        placed.organisation_code,
        placed.channel_code,
        placed.intermediary_code,
        evidence.first_date as business_date,
        'red' as severity,
        evidence.total_amount as measured_value,
        evidence.red_threshold as threshold_value,
        cast(null as date) as due_date,
        '客户自 ' || evidence.first_date || ' 起分 ' || evidence.record_count || ' 笔缴入合计 ' || evidence.total_amount
        || ' 元，最大单笔 ' || evidence.largest_amount || ' 元' as summary_zh,
        'From ' || evidence.first_date || ' one person paid ' || evidence.total_amount || ' yuan in ' || evidence.record_count
        || ' transactions, the largest ' || evidence.largest_amount || ' yuan' as summary_en,
        evidence.record_kind,
        evidence.record_key,
        evidence.record_date,
        evidence.record_amount,
        'payment_method=' || evidence.payment_method as record_note
    from evidence
    inner join placed
        on
            evidence.customer_key = placed.customer_key
            and evidence.first_date = placed.first_date

)

select * from findings
