with cancelled as (
    select distinct policy_number from servicing_request
    where servicing_type = 'free_look_cancellation' and request_status <> 'withdrawn'
),
quarters as (
    select channel_code || '/' || quarter_code(issue_date) as code, count(*) as policies, count(cancelled.policy_number) as cancellations
    from policy inner join product using (product_code) left join cancelled using (policy_number) where is_long_term group by all
)
select code, if(cancellations > 0.044 * policies, 'red', 'yellow') from quarters
where policies >= 20 and cancellations > 0.04 * policies
