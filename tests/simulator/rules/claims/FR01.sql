select claim_number from losses
where is_motor and (accident_at::time >= time '22:00' or accident_at::time < time '06:00')
    and not has_third_party and not is_injury
