-- 再保后已赚保费: insurance premium of a quarter less premium ceded less the growth of the net unearned premium reserve since the
-- company's valuation before. Only quarters whose reserves the company has valued; company and product.
with valuations as (
    select
        organisation_code as company_code,
        date_trunc('quarter', valuation_date)::date as quarter_start,
        valuation_date,
        lag(valuation_date) over (partition by organisation_code order by valuation_date) as valuation_before
    from (select distinct organisation_code, valuation_date from raw.finance.reserve)
),

unearned as (
    select organisation_code, product_code, valuation_date, sum(gross_amount - ceded_amount) as amount
    from raw.finance.reserve
    where reserve_kind = 'unearned_premium'
    group by all
),

flows as (
    select premium.period_start_date as flow_date, tree.company_code, premium.product_code, premium.numerator as amount
    from checked.gross_written_premium as premium
    inner join organisation_tree as tree on premium.organisation_code = tree.organisation_code
    where premium.grain = 'day'
    union all
    select statement_date, organisation_code, product_code, -ceded_premium_amount from raw.finance.reinsurance_statement
)

select valuations.valuation_date as business_date, flows.company_code as organisation_code, flows.product_code, flows.amount as numerator, null as denominator
from flows
inner join valuations on flows.company_code = valuations.company_code
    and flows.flow_date between valuations.quarter_start and valuations.valuation_date
union all
select valuations.valuation_date, valuations.company_code, unearned.product_code, -unearned.amount, null
from valuations
inner join unearned on unearned.organisation_code = valuations.company_code and unearned.valuation_date = valuations.valuation_date
union all
select valuations.valuation_date, valuations.company_code, unearned.product_code, unearned.amount, null
from valuations
inner join unearned on unearned.organisation_code = valuations.company_code and unearned.valuation_date = valuations.valuation_before
