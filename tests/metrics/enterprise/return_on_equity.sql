-- 净资产收益率: net profit over the mean of net assets at both ends of each quarter, a quarter being a quarter of a year.
select period_start_date as business_date, organisation_code, numerator, null::double as denominator
from checked.net_profit
where grain = 'day'
union all
select balance_date, organisation_code, null,
    (coalesce(lag(item_amount) over (partition by organisation_code order by balance_date), item_amount) + item_amount) / 2.0 / 4.0
from raw.finance.balance_sheet_item
where item_code = 'net_assets'
