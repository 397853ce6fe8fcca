select policy_number, 'red'
from policy inner join province on province.organisation_code = policy.organisation_code
where employee_code is not null and not exists (
    select 1 from sales_registration inner join province as home on home.organisation_code = registered_organisation_code
    where sales_registration.employee_code = policy.employee_code and home.province_code = province.province_code
        and issue_date between valid_from_date and valid_to_date
        and (status_date is null or issue_date < status_date)
)
