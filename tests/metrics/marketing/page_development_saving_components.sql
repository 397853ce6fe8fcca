-- combine: distinct count
-- 页面组件数: different components used by pages built in the period.
select
    built_date as business_date, organisation_code, null as channel_code, null as product_code,
    unnest(string_split(component_codes, ' ')) as numerator, null as denominator
from latest.online_page
where component_codes is not null
