with large as (
    select person_id, happened from cash group by all having sum(amount) >= 50000
),
receipts as (
    select person_id, happened, amount, true as is_cash from cash anti join large using (person_id, happened)
    union all
    select person_id, accounting_date, premium_payment.premium_amount, false
    from premium_payment inner join policy using (policy_number) inner join same_person using (customer_id)
    where payment_method <> 'cash'
),
windows as (
    select first.person_id, first.happened,
        count(*) filter (receipts.amount >= 45000 and receipts.amount < 50000) as near_limit,
        sum(receipts.amount) filter (receipts.is_cash and receipts.amount < 50000) as below_limit,
        count(*) filter (receipts.is_cash and receipts.amount < 50000) as parts
    from (select distinct person_id, happened from receipts) as first
    inner join receipts
        on receipts.person_id = first.person_id
        and receipts.happened between first.happened and first.happened + 2
    group by all
)
select customer_id, 'red' from windows inner join same_person using (person_id)
where near_limit >= 2 or (below_limit >= 50000 and parts >= 2)
