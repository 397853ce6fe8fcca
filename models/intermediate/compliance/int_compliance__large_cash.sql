with

payments as (

    select * from {{ ref('int_compliance__customer_payments') }}
    where is_cash

),

customer_days as (

    select * from {{ ref('int_compliance__large_cash_days') }}

),

evidence as (

    select
        customer_days.*,
        payments.record_kind,
        payments.record_key,
        payments.record_amount,
        payments.organisation_code,
        payments.channel_code,
        payments.intermediary_code,
        row_number() over (
            partition by customer_days.customer_key, customer_days.direction, customer_days.record_date
            order by payments.record_amount desc, payments.record_kind, payments.record_key
        ) as amount_rank
    from customer_days
    inner join payments
        on
            customer_days.customer_key = payments.customer_key
            and customer_days.direction = payments.direction
            and customer_days.record_date = payments.record_date

),

-- The largest record places the finding in the organisation that has to report it.
placed as (

    select
        customer_key,
        direction,
        record_date,
        organisation_code,
        channel_code,
        intermediary_code
    from evidence
    where amount_rank = 1

),

findings as (

    select
        'CR35' as rule_code,
        case when evidence.direction = 'received' then 'customer' else 'customer_paid_out' end as subject_kind,
        evidence.customer_key as subject_code,
        placed.organisation_code,
        placed.channel_code,
        placed.intermediary_code,
        evidence.record_date as business_date,
        'red' as severity,
        evidence.cash_amount as measured_value,
        evidence.red_threshold as threshold_value,
        cast(null as date) as due_date,
        '客户于 ' || evidence.record_date || case when evidence.direction = 'received' then ' 现金收入 ' else ' 现金支出 ' end
        || evidence.record_count || ' 笔，合计 ' || evidence.cash_amount || ' 元' as summary_zh,
        case when evidence.direction = 'received' then 'Cash received from' else 'Cash paid out to' end || ' one person on '
        || evidence.record_date || ': ' || evidence.cash_amount || ' yuan, transactions: ' || evidence.record_count as summary_en,
        evidence.record_kind,
        evidence.record_key,
        evidence.record_date,
        evidence.record_amount,
        'direction=' || evidence.direction as record_note
    from evidence
    inner join placed
        on
            evidence.customer_key = placed.customer_key
            and evidence.direction = placed.direction
            and evidence.record_date = placed.record_date

)

select * from findings
