-- 综合退保率: all that was returned on surrenders of long-term policies, over long-term reserve and deposits at the beginning and the
-- long-term scale premium of the period.
-- Quarters without a reserve at their beginning do not count; a year begins with its first quarter that does. By company.
with reserves as (
    select
        cast(valuation_date + 1 as date) as quarter_date,
        organisation_code,
        channel_code,
        product_code,
        gross_amount
    from raw.finance.reserve
    where reserve_kind in ('long_term', 'policyholder_deposit')
),

quarters as (
    select distinct
        reserves.organisation_code,
        reserves.quarter_date
    from reserves
    inner join periods on periods.grain = 'quarter' and reserves.quarter_date = periods.period_start_date
),

surrendered as (
    select
        request.completed_date as business_date,
        policy.organisation_code,
        policy.channel_code,
        policy.product_code,
        request.refund_amount as numerator,
        0 as denominator
    from latest.servicing_request as request
    inner join raw.policy_admin.policy as policy on request.policy_number = policy.policy_number
    inner join latest.product as product on policy.product_code = product.product_code
    where
        request.servicing_type = 'surrender' and request.request_status = 'completed' and product.is_long_term
),

received as (
    select
        premium.period_start_date as business_date,
        premium.organisation_code,
        premium.channel_code,
        premium.product_code,
        0 as numerator,
        premium.numerator as denominator
    from checked.gross_scale_premium as premium
    inner join latest.product as product on premium.product_code = product.product_code
    where premium.grain = 'day' and product.is_long_term
),

flows as (
    select * from surrendered
    union all
    select * from received
),

grains as (
    select unnest(['quarter', 'year']) as grain
)

select
    grains.grain,
    cast(date_trunc(grains.grain, flows.business_date) as date) as period_start_date,
    company.company_code as organisation_code,
    flows.channel_code,
    flows.product_code,
    flows.numerator,
    flows.denominator
from flows
cross join grains
inner join organisation_tree as company on flows.organisation_code = company.organisation_code
inner join quarters
    on company.company_code = quarters.organisation_code and quarters.quarter_date = date_trunc('quarter', flows.business_date)
union all
select
    grains.grain,
    cast(date_trunc(grains.grain, reserves.quarter_date) as date),
    reserves.organisation_code,
    reserves.channel_code,
    reserves.product_code,
    0,
    reserves.gross_amount
from reserves
cross join grains
where reserves.quarter_date = (
    select min(quarters.quarter_date) from quarters
    where date_trunc(grains.grain, quarters.quarter_date) = date_trunc(grains.grain, reserves.quarter_date)
)
