select later.claim_number
from losses as later inner join losses as earlier
    on earlier.reporter_mobile_number = later.reporter_mobile_number
    and earlier.reported_date between later.reported_date - 90 and later.reported_date
group by all having count(distinct earlier.reporter_id_number) >= 3
