-- Detects renewals that are counted without a cover that fell due, and covers of a year or less that fall due twice a day.
-- Guards the terms made of first expiry and of each renewal: who is renewed in one term falls due at the end of the next.
-- A returned row is a total that breaks: good customers within those due, renewed within due, and due terms within terms delivered.
with

counted as (

    select
        coalesce(sum(due_policy_count), 0) as due_count,
        coalesce(sum(renewed_policy_count), 0) as renewed_count,
        coalesce(sum(good_due_policy_count), 0) as good_due_count,
        coalesce(sum(good_renewed_policy_count), 0) as good_renewed_count
    from {{ ref('agg_renewals_daily') }}

),

renewals as (

    select
        policy_number,
        new_expiry_date
    from {{ ref('stg_policy_admin__servicing_requests') }}
    where servicing_type = 'renewal' and request_status = 'completed' and new_expiry_date is not null

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

-- Every cover that ended by the as-of date, whether given up or not.
delivered as (

    select count(*) as ended_count
    from (
        select
            policies.policy_number,
            policies.expiry_date
        from {{ ref('stg_policy_admin__policies') }} as policies
        inner join {{ ref('dim_product') }} as products on policies.product_code = products.product_code
        where not products.is_long_term and not products.is_micro_premium and policies.expiry_date is not null
        union
        select
            renewals.policy_number,
            renewals.new_expiry_date
        from renewals
    ) as terms
    cross join as_of
    where terms.expiry_date < as_of.as_of_date

)

select *
from counted
cross join delivered
where
    counted.due_count > delivered.ended_count
    or counted.renewed_count > counted.due_count
    or counted.good_renewed_count > counted.good_due_count
    or counted.good_due_count - counted.good_renewed_count > counted.due_count - counted.renewed_count
