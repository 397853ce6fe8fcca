with

reserves as (

    select * from {{ ref('stg_finance__reserves') }}

),

-- The quarters a company has valued, the last valuation of each. Reserves before the first one count as nothing.
closings as (

    select
        organisation_code,
        cast(date_trunc('quarter', valuation_date) as date) as quarter_start_date,
        max(valuation_date) as valuation_date,
        lead(max(valuation_date)) over (partition by organisation_code order by max(valuation_date)) as next_valuation_date
    from reserves
    group by organisation_code, cast(date_trunc('quarter', valuation_date) as date)

),

stood as (

    select
        reserves.organisation_code,
        reserves.product_code,
        closings.valuation_date,
        closings.next_valuation_date,
        sum(
            case when reserves.reserve_kind = 'unearned_premium' then reserves.gross_amount - reserves.ceded_amount else 0 end
        ) as unearned_amount,
        sum(
            case
                when reserves.reserve_kind in ('reported_claims', 'not_reported_claims')
                    then reserves.gross_amount - reserves.ceded_amount
                else 0
            end
        ) as outstanding_amount
    from reserves
    inner join closings
        on
            reserves.organisation_code = closings.organisation_code
            and reserves.valuation_date = closings.valuation_date
    group by reserves.organisation_code, reserves.product_code, closings.valuation_date, closings.next_valuation_date

),

-- What stood at one valuation and stands no more at the next is released by then.
moved as (

    select
        organisation_code,
        product_code,
        valuation_date,
        unearned_amount,
        outstanding_amount
    from stood

    union all

    select
        organisation_code,
        product_code,
        next_valuation_date as valuation_date,
        -unearned_amount as unearned_amount,
        -outstanding_amount as outstanding_amount
    from stood
    where next_valuation_date is not null

),

changes as (

    select
        organisation_code,
        product_code,
        valuation_date,
        cast(sum(unearned_amount) as decimal(18, 2)) as unearned_change_amount,
        cast(sum(outstanding_amount) as decimal(18, 2)) as outstanding_change_amount
    from moved
    group by organisation_code, product_code, valuation_date

)

select * from changes
