-- Premiums received: the first at issue, later ones around their due date within the period of grace.
create table world.premium as
with due as (
    select
        premium_due.*,
        policy.policy_number,
        policy.customer_id,
        policy.person_id,
        policy.issue_date,
        policy.channel_code,
        policy.product_code,
        policy.archetype,
        policy.product_line,
        policy.company_code,
        policy.organisation_code,
        policy.planted_number,
        planted_policy.payment_method as planted_method,
        planted_policy.second_premium,
        policy_fate.missed_due_date,
        policy_fate.reinstated_date,
        premium_due.policy_id * 1000 + premium_due.months_after_start as payment_id
    from world.premium_due
    inner join world.policy on policy.policy_id = premium_due.policy_id
    inner join world.policy_fate on policy_fate.policy_id = premium_due.policy_id
    left join world.planted_policy on planted_policy.planted_number = policy.planted_number
    where premium_due.months_after_start = 0
        or premium_due.due_date < policy_fate.first_stop
        or policy_fate.reinstated_date is not null
),

paid as (
    select
        *,
        case
            when months_after_start = 0 then issue_date
            when second_premium = 'last_day_of_grace' and months_after_start = 12 then due_date + 60
            when is_renewal then (due_date - whole('renewal_early', payment_id, 1, 12)::integer)::date
            when reinstated_date is not null and due_date between missed_due_date and reinstated_date then reinstated_date
            when uniform('pays_on_time', payment_id) < 0.72 then due_date
            else (due_date + floor(50 * uniform('pays_late', payment_id) ** 2.2)::integer)::date
        end as accounting_date
    from due
)

select
    'R' || strftime(paid.accounting_date, '%Y%m%d') || lpad(((paid.payment_id * 7919 + 13) % 1000000000000)::varchar, 12, '0') as payment_number,
    paid.payment_id,
    paid.policy_id,
    paid.planted_number,
    paid.policy_number,
    paid.customer_id,
    paid.person_id,
    paid.company_code,
    paid.organisation_code,
    paid.channel_code,
    paid.product_code,
    paid.term,
    paid.is_renewal,
    paid.policy_year::integer as policy_year,
    paid.due_date,
    greatest(paid.accounting_date, paid.issue_date) as accounting_date,
    paid.premium_amount,
    case
        when paid.archetype = 'LIFE_UNIVERSAL' then round(paid.premium_amount * case when paid.policy_year = 1 then 0.85 else 0.95 end, 2)
        when paid.company_code = 'LIFE' then 0
    end::decimal(18, 2) as account_value_amount,
    case
        when paid.planted_method is not null and paid.months_after_start = 0 then paid.planted_method
        when paid.channel_code in ('ONLINE', 'ONLINE_PLATFORM') then case when paid.months_after_start > 0 then 'withheld' else 'quick_pay' end
        when paid.premium_amount >= 60000 then 'transfer'
        when paid.months_after_start > 0 and uniform('method', paid.payment_id) < 0.70 then 'withheld'
        when uniform('method', paid.payment_id) < 0.74 and paid.premium_amount < 10000 and uniform('cash', paid.payment_id) < 0.10 then 'cash'
        else chosen('other_method', paid.payment_id, ['transfer', 'card', 'card', 'quick_pay', 'quick_pay'])
    end as payment_method
from paid
where greatest(paid.accounting_date, paid.issue_date) <= as_of();

create table delivery.policy_admin__premium_payment as
select
    delivered_on(accounting_date) as dt, payment_number, policy_number, policy_year, due_date, accounting_date, premium_amount,
    account_value_amount, payment_method
from world.premium;

-- The last day of cover so far, and the day cover ended early, if it did.
create table world.cover as
select
    policy.policy_id,
    (policy.expiry_date + to_years(coalesce(renewals.terms, 0)::integer))::date as expiry_date,
    least(
        coalesce((policy.expiry_date + to_years(coalesce(renewals.terms, 0)::integer))::date, date '9999-12-31'),
        coalesce(policy_fate.free_look_date, date '9999-12-31'),
        coalesce(policy_fate.surrender_date, date '9999-12-31'),
        coalesce(policy_fate.death_date, date '9999-12-31'),
        case when policy_fate.reinstated_date is null then coalesce(policy_fate.lapse_date, date '9999-12-31') else date '9999-12-31' end
    ) as end_date
from world.policy
inner join world.policy_fate on policy_fate.policy_id = policy.policy_id
left join (
    select policy_id, max(term) as terms from world.premium where is_renewal group by policy_id
) as renewals on renewals.policy_id = policy.policy_id;
