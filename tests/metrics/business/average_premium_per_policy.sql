-- 件均保费: new business premium over policies issued; micro-premium covers are shown apart and left out of both.
with parts as (
    select
        grain,
        period_start_date,
        period_end_date,
        organisation_code,
        channel_code,
        product_code,
        numerator,
        0 as denominator
    from checked.new_business_premium
    union all
    select
        grain,
        period_start_date,
        period_end_date,
        organisation_code,
        channel_code,
        product_code,
        0,
        numerator
    from checked.policies_issued
)

select parts.*
from parts
inner join latest.product as product on parts.product_code = product.product_code
where not product.is_micro_premium
