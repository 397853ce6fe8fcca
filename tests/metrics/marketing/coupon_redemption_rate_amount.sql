-- 优惠券核销率（金额）: the same by face amount.
select
    coupon.issued_date as business_date, coupon.organisation_code, null as channel_code, null as product_code,
    case when coupon.redeemed_date is not null then coupon.coupon_amount else 0 end as numerator,
    case when coupon.redeemed_date is null and coupon.expiry_date >= as_of.as_of_date then 0 else coupon.coupon_amount end as denominator
from latest.coupon as coupon
cross join as_of
