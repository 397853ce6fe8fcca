-- 双录率: policies with a recording that passed its quality check over policies that need one: personal cover over one year sold by
-- a part-time agency (bank), or to a policyholder of 60 or more; unit-linked cover to a policyholder of 60 or more.
select
    policy.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(exists (
        select 1 from latest.dual_recording as recording
        where recording.policy_number = policy.policy_number and recording.quality_result = 'passed'
    ) as integer) as numerator,
    1 as denominator
from raw.policy_admin.policy as policy
inner join latest.product as product on policy.product_code = product.product_code
inner join latest.channel as channel on policy.channel_code = channel.channel_code
where
    product.product_line in ('life', 'annuity', 'health', 'accident')
    and (
        (product.is_long_term and (channel.channel_group = 'bancassurance' or policy.applicant_age >= 60))
        or (product.design_type = 'unit_linked' and policy.applicant_age >= 60)
    )
