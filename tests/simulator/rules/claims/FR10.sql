select later.claim_number
from losses as later inner join losses as earlier
    on earlier.repair_shop_code = later.repair_shop_code and earlier.is_reported_by_shop
    and earlier.reported_date between later.reported_date - 30 and later.reported_date
where later.is_reported_by_shop group by all having count(*) >= 5
union
select later.claim_number
from losses as later inner join losses as earlier
    on earlier.reporter_mobile_number = later.reporter_mobile_number and earlier.reported_at <= later.reported_at
where later.is_motor and earlier.is_motor group by all having count(distinct earlier.vehicle_frame_number) >= 3
