with first_year as (
    select policy_number, sum(commission_amount) as commission_amount from commission where policy_year = 1 group by all
)
select policy_number, 'red'
from policy inner join policy_incentive using (policy_number) inner join first_year using (policy_number)
where first_year.commission_amount + bonus_amount + gift_amount + first_cash_value_amount >= policy.premium_amount
