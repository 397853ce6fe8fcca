-- Three complaints about an intermediary or salesperson in 30 days; or, for intermediaries, more than three times the group's
-- complaints per ten thousand policies in the year up to the as-of day.
with sold as (
    select intermediary_code as seller, complaint_number, received_date from complaint where intermediary_code is not null
    union all
    select employee_code, complaint_number, received_date from complaint inner join policy using (policy_number)
    where employee_code is not null
),
concentrated as (
    select first.seller from sold as first
    inner join sold as others on others.seller = first.seller
        and others.received_date between first.received_date and first.received_date + 29
    group by first.seller, first.complaint_number having count(*) >= 3
),
policies as (
    select intermediary_code as seller, count(*) as policies from policy where intermediary_code is not null group by all
),
frequent as (
    select seller from complaint inner join policies on seller = intermediary_code
    where received_date > as_of() - 365
    group by seller, policies
    having count(*) / policies > 3 * (select count(*) from complaint where received_date > as_of() - 365)
        / (select count(*) from policy)
)
select seller, 'red' from concentrated union select seller, 'red' from frequent
