-- 优惠券核销率: coupons redeemed over coupons given less those unused that can still be used on the as-of date; by the date given.
select
    coupon.issued_date as business_date, coupon.organisation_code, null as channel_code, null as product_code,
    case when coupon.redeemed_date is not null then 1 else 0 end as numerator,
    case when coupon.redeemed_date is null and coupon.expiry_date >= as_of.as_of_date then 0 else 1 end as denominator
from latest.coupon as coupon
cross join as_of
