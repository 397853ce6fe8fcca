-- Detects payments whose deposit exceeds the premium it is said to be a part of.
-- Guards the reading of the contract that premium_amount includes account_value_amount.
-- A returned row is a payment whose insurance premium would be negative.
select
    payment_number,
    premium_amount,
    deposit_amount
from {{ ref('fct_premium_payments') }}
where deposit_amount > premium_amount
