-- 核销拉动保费: first-year premium of policies coupons were redeemed on, each at the coupon redeemed first; by the date that was given.
select
    coupon.issued_date as business_date, coupon.organisation_code, null as channel_code, null as product_code,
    coalesce(policy.premium_amount, 0) as numerator, null as denominator
from latest.coupon as coupon
left join (
    select * from latest.coupon where redeemed_date is not null and policy_number is not null
    qualify row_number() over (partition by policy_number order by redeemed_date, coupon_number) = 1
) as first_used on coupon.coupon_number = first_used.coupon_number
left join raw.policy_admin.policy as policy on first_used.policy_number = policy.policy_number
