-- 保费折标率: standard premium over first-year scale premium, of the same policies by date of issue.
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
    from checked.standard_premium
),

issued as (
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date,
        policy.organisation_code,
        policy.channel_code,
        policy.product_code,
        0 as numerator,
        policy.premium_amount as denominator
    from raw.policy_admin.policy as policy
    inner join periods on policy.issue_date between periods.period_start_date and periods.period_end_date
)

select * from parts
union all
select * from issued
