select claim_number from losses
where deductible_amount > 0 and claimed_amount between deductible_amount and 1.1 * deductible_amount
