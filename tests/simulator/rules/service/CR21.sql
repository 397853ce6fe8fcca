-- Within 15 days of issue the contact number changed, by a request or in the customer's record, and somebody else took the call-back.
with numbers as (
    select customer_id, updated_date::date as updated_date, mobile_number,
        lag(mobile_number) over (partition by customer_id order by dt, updated_date) as previous_number
    from all_customer
    where (_file, _row_number) not in (select (file, row_number) from bad_rows)
),
changes as (
    select policy_number, applied_date as changed_date from servicing_request
    where servicing_type = 'contact_change' and request_status <> 'withdrawn'
    union all
    select policy_number, updated_date from numbers inner join policy using (customer_id)
    where previous_number <> mobile_number
)
select distinct policy_number, 'red'
from policy
inner join changes using (policy_number)
inner join policy_callback using (policy_number)
where changed_date between issue_date and issue_date + 15 and not is_answered_by_holder
