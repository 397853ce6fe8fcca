with surrendered as (
    select customer_id, issue_date, application_date, completed_date, premium_amount
    from servicing_request inner join policy using (policy_number)
    where servicing_type = 'surrender' and request_status = 'completed'
)
select customer_id, 'red' from surrendered where completed_date - issue_date <= 90 and premium_amount >= 200000
union
select ending.customer_id, 'red'
from surrendered as ending
inner join surrendered as others on others.customer_id = ending.customer_id
    and others.completed_date <= ending.completed_date and others.application_date > ending.completed_date - interval 12 month
group by ending.customer_id, ending.completed_date having count(*) >= 3
union
select fund_transfer.customer_id, 'red' from fund_transfer where transfer_direction = 'out' and account_relation = 'third_party'
