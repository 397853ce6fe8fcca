select vendor_payment_number, 'red' from vendor_payment
where payment_purpose in ('issuing_fee', 'information_fee', 'publicity_fee')
    and related_intermediary_code is not null and payment_amount > 0
