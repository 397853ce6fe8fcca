-- combine: saving
-- 互联网运营开发成本降幅: 1 less the cost of a low-code page over that of a programmed one, pages built in the period; mobile tools are no pages.
select
    built_date as business_date, organisation_code, null as channel_code, null as product_code,
    case when build_method = 'low_code' then development_cost_amount end as numerator,
    case when build_method = 'traditional' then development_cost_amount end as denominator
from latest.online_page
where page_kind <> 'mobile_tool'
