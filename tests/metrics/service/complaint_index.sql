-- 投诉率(服务评价): complaints forwarded by the regulator over those the industry's median would bring, once for premium (micro covers
-- apart) and once for policies in force at the end of each quarter, both weighted alike. Quarters, and years as sums of their quarters.
with parts as (
    select
        period_start_date,
        organisation_code,
        numerator / 100000000 as premium_complaints,
        0 as policy_complaints,
        denominator as premium,
        0 as policies
    from checked.complaints_per_100m_premium
    where grain = 'quarter'
    union all
    select
        period_start_date,
        organisation_code,
        0 as premium_complaints,
        numerator / 10000 as policy_complaints,
        0 as premium,
        denominator as policies
    from checked.complaints_per_10k_policies
    where grain = 'quarter'
),

quarters as (
    select
        parts.period_start_date as quarter_start_date,
        parts.organisation_code,
        median.premium_weight_ratio * parts.premium_complaints + median.policies_weight_ratio * parts.policy_complaints as numerator,
        median.premium_weight_ratio * parts.premium / 100000000.0 * median.complaints_per_100m_premium
        + median.policies_weight_ratio * parts.policies / 10000.0 * median.complaints_per_10k_policies as denominator
    from parts
    inner join latest.organisation as organisation on parts.organisation_code = organisation.organisation_code
    inner join seeds.complaint_benchmarks as median on organisation.company_type = median.company_type
)

select
    periods.grain,
    periods.period_start_date,
    quarters.organisation_code,
    null as channel_code,
    null as product_code,
    quarters.numerator,
    quarters.denominator
from quarters
inner join periods on quarters.quarter_start_date between periods.period_start_date and periods.period_end_date
where periods.grain in ('quarter', 'year')
