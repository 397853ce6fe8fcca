select policy_number, 'red'
from policy inner join customer_change using (customer_id)
where applicant_age between 59 and 60 and changed_element = 'birth_date'
    and changed_date between effective_date - 30 and effective_date
union
select policy.employee_code || '/' || quarter_code(issue_date), 'red'
from policy inner join order_device using (policy_number) inner join product using (product_code)
where is_long_term and policy.employee_code is not null
group by policy.employee_code, year(issue_date), quarter(issue_date)
having count(*) >= 10 and count(*) filter (insured_relation = 'parent') > 0.20 * count(*)
