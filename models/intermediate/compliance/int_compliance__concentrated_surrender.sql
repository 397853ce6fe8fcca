with

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

long_term_products as (

    select * from {{ ref('stg_master_data__products') }}
    where is_long_term and is_insurance_contract

),

surrenders as (

    select * from {{ ref('stg_policy_admin__servicing_requests') }}
    where servicing_type = 'surrender' and request_status = 'completed'

),

commissions as (

    select * from {{ ref('stg_compliance__commissions') }}

),

rules as (

    select * from {{ ref('compliance_rules') }}

),

long_term_policies as (

    select
        policies.policy_number,
        policies.channel_code,
        policies.organisation_code,
        policies.issue_date,
        cast(date_trunc('month', policies.issue_date) as date) as issue_month,
        rules.window_days,
        rules.minimum_count,
        rules.red_threshold
    from policies
    inner join long_term_products on policies.product_code = long_term_products.product_code
    inner join rules on {{ rule_holds_on('CR29', "cast(date_trunc('month', policies.issue_date) as date)") }}

),

early_surrenders as (

    select
        long_term_policies.policy_number,
        long_term_policies.channel_code,
        long_term_policies.organisation_code,
        long_term_policies.issue_month,
        surrenders.request_number,
        surrenders.completed_date,
        surrenders.refund_amount
    from long_term_policies
    inner join surrenders on long_term_policies.policy_number = surrenders.policy_number
    where surrenders.completed_date <= long_term_policies.issue_date + long_term_policies.window_days
    qualify row_number() over (
        partition by long_term_policies.policy_number
        order by surrenders.completed_date, surrenders.request_number
    ) = 1

),

paid_commissions as (

    select
        early_surrenders.policy_number,
        commissions.commission_number,
        commissions.paid_date,
        commissions.commission_amount
    from early_surrenders
    inner join commissions on early_surrenders.policy_number = commissions.policy_number
    where commissions.commission_amount > 0

),

commissions_of_policies as (

    select
        policy_number,
        sum(commission_amount) as commission_amount
    from paid_commissions
    group by policy_number

),

cohorts as (

    select
        long_term_policies.channel_code,
        long_term_policies.organisation_code,
        long_term_policies.issue_month,
        max(long_term_policies.window_days) as window_days,
        max(long_term_policies.red_threshold) as red_threshold,
        count(*) as policy_count,
        count(early_surrenders.policy_number) as surrendered_count,
        coalesce(sum(commissions_of_policies.commission_amount), 0) as commission_amount
    from long_term_policies
    left join early_surrenders on long_term_policies.policy_number = early_surrenders.policy_number
    left join commissions_of_policies on early_surrenders.policy_number = commissions_of_policies.policy_number
    group by long_term_policies.channel_code, long_term_policies.organisation_code, long_term_policies.issue_month
    having count(*) >= max(long_term_policies.minimum_count)

),

firing as (

    select
        *,
        cast(surrendered_count as decimal(18, 6)) / policy_count as surrender_ratio
    from cohorts
    -- compared as counts: 3 of 20 is exactly 15 % and stays silent
    where
        surrendered_count > red_threshold * policy_count
        and commission_amount > 0

),

evidence as (

    select
        channel_code,
        organisation_code,
        issue_month,
        'servicing_request' as record_kind,
        request_number as record_key,
        completed_date as record_date,
        refund_amount as record_amount,
        'surrender of policy ' || policy_number as record_note
    from early_surrenders
    union all
    select
        early_surrenders.channel_code,
        early_surrenders.organisation_code,
        early_surrenders.issue_month,
        'commission' as record_kind,
        paid_commissions.commission_number as record_key,
        paid_commissions.paid_date as record_date,
        paid_commissions.commission_amount as record_amount,
        'paid on policy ' || early_surrenders.policy_number as record_note
    from early_surrenders
    inner join paid_commissions on early_surrenders.policy_number = paid_commissions.policy_number

),

findings as (

    select
        'CR29' as rule_code,
        'cohort' as subject_kind,
        firing.channel_code || '/' || firing.organisation_code || '/' || strftime(firing.issue_month, '%Y-%m') as subject_code,
        firing.organisation_code,
        firing.channel_code,
        cast(null as varchar) as intermediary_code,
        firing.issue_month as business_date,
        'red' as severity,
        firing.surrender_ratio as measured_value,
        firing.red_threshold as threshold_value,
        cast(null as date) as due_date,
        strftime(firing.issue_month, '%Y-%m') || ' 承保 ' || firing.policy_count || ' 件，' || firing.window_days || ' 天内退保 '
        || firing.surrendered_count || ' 件，已付佣金 ' || firing.commission_amount || ' 元' as summary_zh,
        firing.surrendered_count || ' of ' || firing.policy_count || ' policies issued in ' || strftime(firing.issue_month, '%Y-%m')
        || ' surrendered within ' || firing.window_days || ' days; commission of ' || firing.commission_amount
        || ' yuan was paid on them' as summary_en,
        evidence.record_kind,
        evidence.record_key,
        evidence.record_date,
        evidence.record_amount,
        evidence.record_note
    from firing
    inner join evidence
        on
            firing.channel_code = evidence.channel_code
            and firing.organisation_code = evidence.organisation_code
            and firing.issue_month = evidence.issue_month

)

select * from findings
