with cohort as (
    select
        channel_code || '/' || policy.organisation_code || '/' || strftime(issue_date, '%Y-%m') as code,
        count(*) as policies,
        count(*) filter (policy_number in (
            select policy_number from servicing_request
            where servicing_type = 'surrender' and request_status = 'completed'
                and completed_date <= issue_date + 60
        ) and policy_number in (
            select policy_number from commission where commission_amount > 0
        )) as surrendered
    from policy inner join product using (product_code) where is_long_term group by all
)
select code, 'red' from cohort where policies >= 20 and surrendered > 0.15 * policies
