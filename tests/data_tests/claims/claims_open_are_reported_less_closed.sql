-- Detects a stock of open claims that does not follow from the movements: opening stock + reported - closed = closing stock.
-- Guards the assumption that the days rebuilt for the stock cover every day after the first touched one.
-- A returned row is a segment and date where the stock differs from reported less closed up to that date.
with

moved as (

    select
        stocks.stock_date,
        stocks.organisation_code,
        stocks.channel_code,
        stocks.product_code,
        stocks.open_claim_count,
        sum(coalesce(daily.reported_claim_count, 0) - coalesce(daily.closed_claim_count, 0)) over (
            partition by stocks.organisation_code, stocks.channel_code, stocks.product_code order by stocks.stock_date
        ) as expected_claim_count
    from {{ ref('agg_open_claims_daily') }} as stocks
    left join {{ ref('agg_claims_daily') }} as daily
        on
            stocks.stock_date = daily.activity_date
            and stocks.organisation_code = daily.organisation_code
            and stocks.channel_code = daily.channel_code
            and stocks.product_code = daily.product_code

),

differing as (

    select * from moved
    where open_claim_count != expected_claim_count

)

select * from differing
