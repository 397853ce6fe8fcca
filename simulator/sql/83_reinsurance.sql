-- Reinsurance: what share of each product is ceded, and the statements of each quarter.
create table world.reinsurance_share as
select
    product_code,
    case
        when is_long_term and demand_kind = 'protection' then 0.20
        when is_long_term then 0.03
        when product_line = 'motor' then 0.10
        when is_micro_premium then 0.25
        when product_line in ('health', 'accident') then 0.15
        else 0.12
    end as ceded_ratio,
    -- Share of the premium that buys cover and savings; the rest pays commission and expenses.
    case when demand_kind = 'protection' then 0.62 when demand_kind = 'savings' then 0.84 else 0.70 end as reserving_ratio
from world.product;

-- Two reinsurers take 60 and 40 percent of what is ceded; commission falls when the claims of the quarter are high.
create table world.reinsurance_statement as
with quarters as (
    select
        quarter_closing(month_end) as quarter_end,
        company_code,
        product_code,
        greatest(coalesce(sum(amount) filter (flow_kind in ('first_premium', 'later_premium')), 0), 0) as premium_amount,
        coalesce(sum(amount) filter (flow_kind in ('claim', 'benefit')), 0) as claim_amount
    from world.accounting_flow
    group by all
),

treaties(reinsurer_code, treaty_share) as (
    values ('REIN01', 0.6), ('REIN02', 0.4)
)

select
    quarters.quarter_end,
    quarters.company_code,
    quarters.product_code,
    treaties.reinsurer_code,
    round(quarters.premium_amount * share.ceded_ratio * treaties.treaty_share, 2)::decimal(18, 2) as ceded_premium_amount,
    round(quarters.premium_amount * share.ceded_ratio * treaties.treaty_share
        * clamped(0.34 - 0.10 * quarters.claim_amount / greatest(quarters.premium_amount, 1), 0.18, 0.34), 2)::decimal(18, 2) as ceding_commission_amount,
    round(quarters.claim_amount * share.ceded_ratio * treaties.treaty_share, 2)::decimal(18, 2) as recovered_claim_amount
from quarters
cross join treaties
inner join world.reinsurance_share as share on share.product_code = quarters.product_code
where quarters.premium_amount + quarters.claim_amount > 0;

create table delivery.finance__reinsurance_statement as
select
    delivered_yearly(quarter_end) as dt,
    'RS' || strftime(quarter_end, '%Y%m') || reinsurer_code || company_code || '_' || product_code as statement_number,
    company_code as organisation_code,
    reinsurer_code,
    product_code,
    quarter_end as statement_date,
    ceded_premium_amount,
    ceding_commission_amount,
    recovered_claim_amount
from world.reinsurance_statement;
