with objects as (
    select claim_number, loss_date, damaged_zone, case when is_motor then vehicle_frame_number else insured_id end as object
    from losses where product_line in ('motor', 'life', 'annuity', 'health', 'accident')
)
select later.claim_number
from objects as later inner join objects as earlier
    on earlier.object = later.object and earlier.loss_date between later.loss_date - 365 and later.loss_date
group by later.claim_number
having count(*) >= 3 or count(*) filter (earlier.damaged_zone = later.damaged_zone) >= 2
