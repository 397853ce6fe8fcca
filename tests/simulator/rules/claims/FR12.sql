select claim_number from claim_payment inner join losses using (claim_number)
where not has_payment_authorisation
    and (policy_number, payee_id_number) not in (select (policy_number, id_number) from policy_party)
union
select later.claim_number
from payments as later inner join payments as earlier
    on earlier.payee_bank_card_number = later.payee_bank_card_number
    and earlier.paid_date between later.paid_date - 90 and later.paid_date and earlier.paid_at <= later.paid_at
where not later.has_payment_authorisation
group by all having count(distinct earlier.insured_id) >= 3
