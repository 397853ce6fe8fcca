-- 分支机构消保评价得分: 10 % governance, 25 % mechanism, 30 % service, 10 % education and 25 % disputes, less deductions, on average over the
-- branches assessed, by year assessed.
select
    'year' as grain,
    make_date(assessment.assessment_year, 1, 1) as period_start_date,
    assessment.organisation_code,
    null as channel_code,
    null as product_code,
    0.10 * assessment.governance_score + 0.25 * assessment.mechanism_score + 0.30 * assessment.service_score
    + 0.10 * assessment.education_score + 0.25 * assessment.dispute_score - assessment.deduction_score as numerator,
    1 as denominator
from raw.compliance.consumer_protection_assessment as assessment
inner join latest.organisation as organisation on assessment.organisation_code = organisation.organisation_code
where organisation.organisation_level > 1
