with

holdings as (

    select * from {{ ref('int_members__customer_holdings') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

effective as (

    select distinct
        holdings.snapshot_date,
        coalesce(organisations.branch_code, holdings.organisation_code) as organisation_code,
        holdings.customer_key
    from holdings
    left join organisations on holdings.organisation_code = organisations.organisation_code

),

a_year_later as (

    select
        cast(effective.snapshot_date + interval 1 year as date) as snapshot_date,
        effective.organisation_code,
        effective.customer_key
    from effective
    cross join as_of
    where
        month(effective.snapshot_date) = 12
        and effective.snapshot_date = last_day(effective.snapshot_date)
        and effective.snapshot_date + interval 1 year <= as_of.as_of_date

),

together as (

    select
        coalesce(effective.snapshot_date, a_year_later.snapshot_date) as snapshot_date,
        coalesce(effective.organisation_code, a_year_later.organisation_code) as organisation_code,
        coalesce(effective.customer_key, a_year_later.customer_key) as customer_key,
        effective.customer_key is not null as is_effective,
        a_year_later.customer_key is not null as was_effective_year_before
    from effective
    full join a_year_later
        on
            effective.snapshot_date = a_year_later.snapshot_date
            and effective.organisation_code = a_year_later.organisation_code
            and effective.customer_key = a_year_later.customer_key

),

described as (

    select
        together.snapshot_date,
        together.organisation_code,
        coalesce(customers.segment_code, 'BIRTH_UNKNOWN') as segment_code,
        together.customer_key,
        together.is_effective,
        together.was_effective_year_before,
        month(together.snapshot_date) = 12 and together.snapshot_date = last_day(together.snapshot_date) as is_year_end
    from together
    left join customers on together.customer_key = customers.customer_key

)

select * from described
