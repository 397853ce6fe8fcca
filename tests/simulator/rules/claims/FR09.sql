select claim_number from losses
where is_luxury and date_sub('year', first_registered_date, effective_date) >= 8
    and insured_amount >= 1.2 * market_amount and first_insured_date >= effective_date
