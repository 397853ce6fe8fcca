with

policies as (

    select * from {{ ref('int_business__policy_attributes') }}
    where payment_frequency <> 'single'

),

products as (

    select * from {{ ref('stg_master_data__products') }}
    where is_long_term

),

rules as (

    select * from {{ ref('persistency_rules') }}

),

payments as (

    select * from {{ ref('stg_policy_admin__premium_payments') }}

),

events as (

    select * from {{ ref('stg_policy_admin__servicing_requests') }}
    where
        request_status = 'completed'
        and servicing_type in ('free_look_cancellation', 'death_claim_termination')

),

state_changes as (

    select * from {{ ref('int_business__policy_events') }}
    where in_force_effect <> 'extends'

),

-- The instalment of month 13 falls due twelve months after cover begins, that of month 25 twenty-four months after. A cohort is
-- judged on the first day of a month on which the last policy of its month has passed the days of grace, so that every month judges
-- exactly one cohort.
observed as (

    select
        policies.policy_number,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.intermediary_code,
        products.is_insurance_contract,
        -- A policy paid up before the observed month owes no instalment in it.
        coalesce(12 * policies.payment_term_years < rules.observation_month, false) as is_paid_up,
        rules.observation_month,
        policies.effective_date,
        cast(date_trunc('month', policies.effective_date) as date) as cohort_month_start_date,
        cast(policies.effective_date + to_months(rules.observation_month - 1) as date) as observed_due_date,
        cast(policies.effective_date + to_months(rules.observation_month - 1) + to_days(rules.grace_days) as date) as last_payment_date,
        cast(
            date_trunc(
                'month',
                last_day(policies.effective_date + to_months(rules.observation_month - 1))
                + to_days(rules.grace_days) + to_months(1) - to_days(1)
            ) as date
        ) as evaluation_date
    from policies
    inner join products on policies.product_code = products.product_code
    cross join rules

),

excluded as (

    select distinct
        observed.policy_number,
        observed.observation_month
    from observed
    inner join events
        on
            observed.policy_number = events.policy_number
            and observed.last_payment_date >= events.completed_date

),

instalments as (

    select
        observed.policy_number,
        observed.observation_month,
        coalesce(
            sum(payments.premium_amount - coalesce(payments.account_value_amount, 0)) filter (
                where payments.due_date < observed.effective_date + to_months(1)
            ), 0
        ) as first_instalment_amount,
        coalesce(
            sum(payments.premium_amount - coalesce(payments.account_value_amount, 0)) filter (
                where
                payments.due_date >= observed.observed_due_date
                and payments.due_date < observed.observed_due_date + to_months(1)
                and payments.accounting_date <= observed.last_payment_date
            ), 0
        ) as observed_instalment_amount,
        coalesce(
            bool_or(
                payments.premium_amount > 0
                and payments.due_date >= observed.observed_due_date
                and payments.accounting_date <= observed.last_payment_date
            ), false
        ) as is_instalment_paid
    from observed
    inner join payments on observed.policy_number = payments.policy_number
    where
        observed.is_insurance_contract
        and payments.due_date < observed.observed_due_date + to_months(1)
    group by observed.policy_number, observed.observation_month

),

-- The last event that starts or ends cover by the end of the days of grace says whether the policy is still in force.
last_changes as (

    select
        observed.policy_number,
        observed.observation_month,
        arg_max(state_changes.in_force_effect, (state_changes.event_date, state_changes.request_number)) as in_force_effect
    from observed
    inner join state_changes
        on
            observed.policy_number = state_changes.policy_number
            and observed.last_payment_date >= state_changes.event_date
    group by observed.policy_number, observed.observation_month

),

judged as (

    select
        observed.policy_number,
        observed.observation_month,
        observed.cohort_month_start_date,
        observed.evaluation_date,
        observed.organisation_code,
        observed.channel_code,
        observed.product_code,
        observed.intermediary_code,
        excluded.policy_number is not null or observed.is_paid_up or not observed.is_insurance_contract as is_excluded,
        coalesce(instalments.is_instalment_paid, false) and coalesce(last_changes.in_force_effect, 'starts') = 'starts' as is_kept,
        cast(coalesce(instalments.first_instalment_amount, 0) as decimal(18, 2)) as first_instalment_amount,
        cast(coalesce(instalments.observed_instalment_amount, 0) as decimal(18, 2)) as observed_instalment_amount
    from observed
    left join excluded
        on
            observed.policy_number = excluded.policy_number
            and observed.observation_month = excluded.observation_month
    left join instalments
        on
            observed.policy_number = instalments.policy_number
            and observed.observation_month = instalments.observation_month
    left join last_changes
        on
            observed.policy_number = last_changes.policy_number
            and observed.observation_month = last_changes.observation_month

)

select * from judged
