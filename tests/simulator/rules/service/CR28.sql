-- Five complaints in 30 days whose texts are alike by 0.9 or share a number, a mailing address or a network address; the subject
-- is the first complaint of the group.
with marks as (
    select 'text ' || similarity_group_code as mark, complaint_number, submitted_date from complaint_material
    where similarity_ratio >= 0.9
    union all
    select 'number ' || contact_mobile_number, complaint_number, submitted_date from complaint_material
    where contact_mobile_number is not null
    union all
    select 'address ' || mailing_address, complaint_number, submitted_date from complaint_material
    where mailing_address is not null
    union all
    select 'network ' || network_address_token, complaint_number, submitted_date from complaint_material
    where network_address_token is not null
),
windows as (
    select first.mark, first.complaint_number, min(others.complaint_number) as first_number from marks as first
    inner join marks as others on others.mark = first.mark
        and others.submitted_date between first.submitted_date and first.submitted_date + 29
    group by all having count(*) >= 5
)
select min(first_number), 'red' from windows group by mark
