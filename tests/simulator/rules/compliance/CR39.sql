with surrendered as (
    select policy_number, customer_id, application_date, completed_date
    from servicing_request inner join policy using (policy_number)
    where servicing_type = 'surrender' and request_status = 'completed'
),
together as (
    select first.customer_id, count(distinct others.application_date) as bought,
        count(distinct others.completed_date) as ended, 'end' as kind
    from surrendered as first inner join surrendered as others
        on others.customer_id = first.customer_id
        and others.completed_date between first.completed_date and first.completed_date + 6
    group by first.customer_id, first.completed_date
    union all
    select first.customer_id, count(distinct others.application_date), count(distinct others.completed_date), 'start'
    from surrendered as first inner join surrendered as others
        on others.customer_id = first.customer_id
        and others.application_date between first.application_date and first.application_date + 6
    group by first.customer_id, first.application_date
)
select distinct customer_id, 'red' from together where (kind = 'end' and bought >= 5) or (kind = 'start' and ended >= 5)
