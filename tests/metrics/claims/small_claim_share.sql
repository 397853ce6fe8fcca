-- 小额案件占比: of the claims closed with payment on motor and on health covers of one year or less, the small ones: motor up to
-- 5,000 yuan and nobody injured, medical up to 3,000 yuan and not investigated.
select
    closing.event_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(
        case product.product_line
            when 'motor' then paid.amount <= 5000 and not claim.is_injury
            else paid.amount <= 3000 and not exists (
                select 1 from raw.claims.fraud_review as review
                where
                    review.claim_number = claim.claim_number
                    and review.review_outcome in ('investigated_cleared', 'fraud_confirmed')
            )
        end
        as integer
    ) as numerator,
    1 as denominator
from raw.claims.claim_stage_event as closing
inner join raw.claims.claim as claim on closing.claim_number = claim.claim_number
inner join raw.claims.claim_stage_event as paid on claim.claim_number = paid.claim_number and paid.stage = 'paid'
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
inner join latest.product as product on policy.product_code = product.product_code
where
    closing.stage = 'closed' and closing.conclusion in ('full', 'partial', 'ex_gratia', 'agreed')
    and product.product_line in ('motor', 'health') and not product.is_long_term
