with

limits as (

    select * from {{ ref('stg_lending__credit_limits') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

cancellations as (

    select * from {{ ref('int_business__free_look_cancellations') }}

),

products as (

    select * from {{ ref('dim_product') }}

),

records as (

    select * from {{ ref('bridge_customer_records') }}

),

parameters as (

    select * from {{ ref('credit_parameters') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

grants as (

    select
        limits.customer_id,
        records.customer_key,
        min(limits.changed_date) as granted_date
    from limits
    inner join records on limits.customer_id = records.customer_id
    where limits.credit_limit_amount > 0
    group by limits.customer_id, records.customer_key

),

purchases as (

    select
        policies.policy_number,
        policies.issue_date,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        records.customer_key
    from policies
    inner join products on policies.product_code = products.product_code
    inner join records on policies.customer_id = records.customer_id
    where products.is_long_term and policies.policy_number not in (select cancellations.policy_number from cancellations)

),

-- The first long-term policy a person buys with a limit granted; a customer counts once, in the month of that policy.
first_purchases as (

    select
        grants.customer_id,
        purchases.policy_number,
        purchases.issue_date,
        purchases.organisation_code,
        purchases.channel_code,
        purchases.product_code
    from grants
    inner join purchases on grants.customer_key = purchases.customer_key and grants.granted_date < purchases.issue_date
    qualify row_number() over (partition by grants.customer_id order by purchases.issue_date, purchases.policy_number) = 1

),

matured as (

    select first_purchases.*
    from first_purchases
    cross join parameters
    cross join as_of
    where first_purchases.issue_date + parameters.uplift_days <= as_of.as_of_date

),

uplifts as (

    select
        limits.customer_id,
        limits.long_term_policy_number,
        sum(limits.credit_limit_amount - limits.previous_limit_amount) as uplift_amount
    from limits
    inner join matured
        on limits.customer_id = matured.customer_id and limits.long_term_policy_number = matured.policy_number
    cross join parameters
    where
        limits.change_kind = 'policy_uplift' and limits.credit_limit_amount > limits.previous_limit_amount
        and limits.changed_date between matured.issue_date and matured.issue_date + parameters.uplift_days
    group by limits.customer_id, limits.long_term_policy_number

),

judged as (

    select
        matured.customer_id,
        matured.policy_number,
        matured.issue_date,
        matured.organisation_code,
        matured.channel_code,
        matured.product_code,
        uplifts.customer_id is not null as is_uplifted,
        cast(coalesce(uplifts.uplift_amount, 0) as decimal(18, 2)) as uplift_amount
    from matured
    left join uplifts
        on matured.customer_id = uplifts.customer_id and matured.policy_number = uplifts.long_term_policy_number

)

select * from judged
