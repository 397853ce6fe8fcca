with

commissions as (

    select * from {{ ref('stg_compliance__commissions') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

caps as (

    select * from {{ ref('stg_compliance__commission_caps') }}

),

rules as (

    select * from {{ ref('compliance_rules') }}

),

-- Where two filings overlap, the later one is the one in force.
capped as (

    select
        commissions.*,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.payment_term_years,
        caps.cap_ratio,
        caps.valid_from_date,
        caps.filed_date
    from commissions
    inner join policies on commissions.policy_number = policies.policy_number
    inner join caps
        on
            policies.channel_code = caps.channel_code
            and policies.product_code = caps.product_code
            and policies.payment_term_years = caps.payment_term_years
            and commissions.paid_date >= caps.valid_from_date
            and commissions.paid_date <= coalesce(caps.valid_to_date, date '9999-12-31')
    qualify row_number() over (partition by commissions.commission_number order by caps.valid_from_date desc) = 1

),

-- Money is paid in cents, so the most that a cap allows is the cap times the premium, rounded to the cent.
exceeding as (

    select
        capped.*,
        case when capped.premium_amount > 0 then capped.commission_amount / capped.premium_amount end as commission_ratio
    from capped
    inner join rules on {{ rule_holds_on('CR10', 'capped.paid_date') }}
    where capped.commission_amount > round(capped.premium_amount * capped.cap_ratio, 2)

),

evidence as (

    select
        commission_number,
        'commission' as record_kind,
        commission_number as record_key,
        paid_date as record_date,
        commission_amount as record_amount,
        'premium_amount=' || premium_amount as record_note
    from exceeding
    union all
    select
        commission_number,
        'commission_cap' as record_kind,
        channel_code || '/' || product_code || '/' || payment_term_years || '/' || valid_from_date as record_key,
        filed_date as record_date,
        cast(null as decimal(18, 2)) as record_amount,
        'cap_ratio=' || cap_ratio as record_note
    from exceeding

),

findings as (

    select
        'CR10' as rule_code,
        'commission' as subject_kind,
        exceeding.commission_number as subject_code,
        exceeding.organisation_code,
        exceeding.channel_code,
        exceeding.intermediary_code,
        exceeding.paid_date as business_date,
        'red' as severity,
        exceeding.commission_ratio as measured_value,
        exceeding.cap_ratio as threshold_value,
        cast(null as date) as due_date,
        '保单 ' || exceeding.policy_number || ' 佣金 ' || exceeding.commission_amount || ' 元，计佣保费 ' || exceeding.premium_amount
        || ' 元，备案上限 ' || cast(exceeding.cap_ratio * 100 as decimal(9, 2)) || '%' as summary_zh,
        'Policy ' || exceeding.policy_number || ': commission of ' || exceeding.commission_amount || ' yuan on a premium of '
        || exceeding.premium_amount || ' yuan, filed cap ' || cast(exceeding.cap_ratio * 100 as decimal(9, 2)) || '%' as summary_en,
        evidence.record_kind,
        evidence.record_key,
        evidence.record_date,
        evidence.record_amount,
        evidence.record_note
    from exceeding
    inner join evidence on exceeding.commission_number = evidence.commission_number

)

select * from findings
