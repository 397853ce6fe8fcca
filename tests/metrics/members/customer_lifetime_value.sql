-- 客户生命周期价值: per effective customer, of each policy the premiums still to come x margin x (retention / (1 + r))^t
-- summed over years t, at most the horizon; plus (cross-selling - cost of service) x the same sum with the
-- retention of customers.
with parameters as (
    select
        max(parameter_value) filter (where parameter_code = 'risk_discount_ratio') as r,
        max(parameter_value) filter (where parameter_code = 'lifetime_years') as horizon,
        max(parameter_value) filter (where parameter_code = 'customer_retention_ratio') as staying,
        max(parameter_value) filter (where parameter_code = 'cross_sell_amount') as cross_selling,
        max(parameter_value) filter (where parameter_code = 'service_cost_amount') as service_cost
    from seeds.member_parameters
),

policies as (
    select
        contracts.*,
        policy.premium_amount,
        lines.margin_ratio,
        lines.retention_ratio,
        case
            when product.is_long_term and policy.payment_frequency = 'single' then 0
            when product.is_long_term
                -- Premiums fall due on effective date and its anniversaries; those up to the day have been asked for.
                then (
                    select count(*) from range(0, policy.payment_term_years) as years(year_number)
                    where policy.effective_date + to_years(cast(years.year_number as integer)) > contracts.period_end_date
                )
            when policy.coverage_term_years >= 1 then parameters.horizon
            else 0
        end as premiums_to_come
    from checked.effective_customers as contracts
    cross join parameters
    left join raw.policy_admin.policy as policy on contracts.contract_number = policy.policy_number
    left join latest.product as product on policy.product_code = product.product_code
    left join seeds.product_lines as lines on product.product_line = lines.product_line
    where contracts.grain <> 'day'
),

policy_values as (
    select
        policies.grain,
        policies.period_start_date,
        policies.segment_code,
        policies.person,
        coalesce(round(
            policies.premium_amount * cast(policies.margin_ratio * (
                select coalesce(sum((policies.retention_ratio / (1 + parameters.r)) ** years.t), 0)
                from range(1, 101) as years(t)
                where years.t <= least(policies.premiums_to_come, parameters.horizon)
            ) as decimal(18, 8)), 2
        ), 0) as policy_value
    from policies
    cross join parameters
),

beside as (
    select round((any_value(cross_selling) - any_value(service_cost)) * sum((staying / (1 + r)) ** years.t), 2) as beside_value
    from parameters
    cross join range(1, 101) as years(t)
    where years.t <= horizon
)

select
    policy_values.grain,
    policy_values.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    policy_values.segment_code,
    sum(policy_values.policy_value) + any_value(beside.beside_value) as numerator,
    1 as denominator
from policy_values
cross join beside
group by policy_values.grain, policy_values.period_start_date, policy_values.segment_code, policy_values.person
