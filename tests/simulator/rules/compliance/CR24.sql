with paid as (
    select policy_number, sum(commission_amount) as commission_amount, sum(premium_amount) as commissioned_amount
    from commission where policy_year = 1 group by all
),
quarters as (
    select product.organisation_code as company_code, policy.organisation_code, quarter_code(issue_date) as quarter_code,
        intermediary_code, count(*) as policies,
        sum(premium_amount) as premium_amount, sum(commission_amount) as commission_amount,
        sum(commissioned_amount) as commissioned_amount
    from policy inner join product using (product_code) left join paid using (policy_number) group by all
),
means as (
    select company_code, quarter_code, sum(commission_amount) / sum(commissioned_amount) as mean_ratio from quarters group by all
),
branches as (
    select organisation_code, quarter_code, sum(policies) as policies, sum(premium_amount) as premium_amount
    from quarters group by all
)
select quarters.organisation_code || '/' || intermediary_code || '/' || quarter_code, 'red'
from quarters inner join means using (company_code, quarter_code) inner join branches using (organisation_code, quarter_code)
where intermediary_code is not null and branches.policies >= 10 and quarters.premium_amount > 0.60 * branches.premium_amount
    and commission_amount / commissioned_amount - mean_ratio > 0.02
