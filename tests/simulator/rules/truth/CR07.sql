select policy_number, 'red'
from policy inner join product using (product_code)
where product_line in ('life', 'annuity', 'health', 'accident')
    and (coverage_term_years > 1 or coverage_term_years is null)
    and (channel_code = 'BANC' or applicant_age >= 60)
    and issue_date + 1 <= as_of()
    and policy_number not in (
        select policy_number from dual_recording inner join policy using (policy_number)
        where quality_result = 'passed' and recorded_date <= issue_date + 1
    )
