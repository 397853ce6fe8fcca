-- Detects: first-year premium, alerts or checked policies lost or counted twice between records and aggregates.
-- Guards: every policy has one product and organisation, so that the joins neither lose nor multiply; date-wise building replaces
-- whole issue dates.
-- A returned row is a figure on which records and aggregates differ.
with

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

products as (

    select * from {{ ref('dim_product') }}

),

premium as (

    select coalesce(sum(payments.premium_amount), 0) as record_figure
    from {{ ref('stg_policy_admin__premium_payments') }} as payments
    inner join policies on payments.policy_number = policies.policy_number
    where
        payments.policy_year = 1
        and policies.product_code in (
            select products.product_code from products
            where products.product_line in ('life', 'annuity', 'health', 'accident')
        )

),

checked as (

    select count(*) as record_figure
    from policies
    where policies.product_code in (select products.product_code from products where products.is_long_term)

),

alerts as (

    select count(*) as record_figure
    from {{ ref('stg_compliance__aml_alerts') }}

),

figures as (

    select
        'first-year personal premium' as figure_name,
        record_figure,
        (select coalesce(sum(monthly.new_personal_premium_amount), 0) from {{ ref('agg_self_policies_monthly') }} as monthly) as aggregate_figure
    from premium
    union all
    select
        'policies to be checked' as figure_name,
        record_figure,
        (select coalesce(sum(daily.information_check_policy_count), 0) from {{ ref('agg_information_checks_daily') }} as daily)
            as aggregate_figure
    from checked
    union all
    select
        'alerts' as figure_name,
        record_figure,
        (select coalesce(sum(daily.alert_count), 0) from {{ ref('agg_aml_daily') }} as daily) as aggregate_figure
    from alerts

)

select * from figures
where record_figure <> aggregate_figure
