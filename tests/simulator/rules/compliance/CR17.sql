with flagged as (
    select policy.*, if(flag is null, 0, premium_amount) as self_amount from policy left join self_policy using (policy_number)
)
select organisation_code || '/' || strftime(issue_date, '%Y-%m'), if(sum(self_amount) > 0.10 * sum(premium_amount), 'red', 'yellow')
from flagged group by organisation_code, strftime(issue_date, '%Y-%m') having sum(self_amount) > 0.05 * sum(premium_amount)
union all
select employee_code, 'red' from flagged
where issue_date >= date_trunc('month', as_of()) - interval 2 month and employee_code is not null
group by employee_code having sum(self_amount) > 0.30 * sum(premium_amount)
