select later.claim_number from losses as later inner join losses as earlier
    on earlier.device_fingerprint_code = later.device_fingerprint_code and earlier.is_self_service
    and earlier.reported_date between later.reported_date - 30 and later.reported_date
where later.is_self_service group by all having count(*) >= 3
