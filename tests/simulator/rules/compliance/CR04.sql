with sold as (
    select policy.*, channel_group, applicant_region_code
    from policy inner join order_device using (policy_number) inner join channel using (channel_code)
    where intermediary_code is not null
),
allowed as (
    select *, coalesce(valid_to_date, date '9999-12-31') as last_date from intermediary_authorisation
)
select policy_number, 'red' from sold
where not exists (
    select 1 from allowed where allowed.intermediary_code = sold.intermediary_code and authorised_code = product_code
        and issue_date between valid_from_date and last_date
) or (channel_group <> 'online' and not exists (
    select 1 from allowed where allowed.intermediary_code = sold.intermediary_code and authorisation_kind = 'region'
        and left(authorised_code, 2) = left(applicant_region_code, 2) and issue_date between valid_from_date and last_date
))
