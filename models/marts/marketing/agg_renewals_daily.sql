with

terms as (

    select * from {{ ref('int_marketing__renewable_terms') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

daily as (

    select
        terms.due_date,
        terms.organisation_code,
        terms.channel_code,
        terms.product_code,
        coalesce(customers.segment_code, '(unknown)') as segment_code,
        count(*) as due_policy_count,
        count(*) filter (where terms.is_renewed) as renewed_policy_count,
        count(*) filter (where terms.is_good_customer) as good_due_policy_count,
        count(*) filter (where terms.is_good_customer and terms.is_renewed) as good_renewed_policy_count
    from terms
    left join customers on terms.customer_key = customers.customer_key
    group by
        terms.due_date, terms.organisation_code, terms.channel_code, terms.product_code, coalesce(customers.segment_code, '(unknown)')

)

select * from daily
