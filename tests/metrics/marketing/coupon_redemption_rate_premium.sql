-- 核销拉动保费: first-year premium of policies coupons were redeemed on, each at the coupon redeemed first; by the date that was given.
select
    coupon.issued_date as business_date, coupon.organisation_code, null as channel_code, null as product_code,
    policy.premium_amount as numerator, null as denominator
from (
    select * from latest.coupon where redeemed_date is not null and policy_number is not null
    qualify row_number() over (partition by policy_number order by redeemed_date, coupon_number) = 1
) as coupon
inner join raw.policy_admin.policy as policy on coupon.policy_number = policy.policy_number
