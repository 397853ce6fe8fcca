with written as (select employee_code, sum(premium_amount) as premium from policy where employee_code is not null group by all),
paid as (
    select employee_code, count(distinct claim_number) as claims, sum(paid_amount) as amount
    from claim_payment inner join losses using (claim_number)
    where loss_date < effective_date + interval 1 year group by all
)
select employee_code from paid inner join written using (employee_code) where claims >= 3 and amount > 3 * premium
