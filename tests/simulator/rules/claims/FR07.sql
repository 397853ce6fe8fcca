select claim_number from claim_document where similarity_ratio >= 0.9
union
select later.claim_number
from (select * from claim_part inner join losses using (claim_number) where part_action = 'replace') as later
inner join (select * from claim_part inner join losses using (claim_number) where part_action = 'replace') as earlier
    on earlier.vehicle_frame_number = later.vehicle_frame_number and earlier.part_code = later.part_code
    and earlier.claim_number <> later.claim_number
    and earlier.assessed_date between later.assessed_date - 365 and later.assessed_date
