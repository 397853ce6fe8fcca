with near as (
    select policy.policy_number, policy.employee_code, bool_or(assessment_date - issue_date between 0 and 5) as is_near
    from policy inner join self_policy using (policy_number) cross join assessment_calendar
    group by all
)
select employee_code, 'red' from near group by employee_code having count(*) >= 2 and count(*) filter (is_near) > 0.50 * count(*)
