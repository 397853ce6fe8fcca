-- To whom claims were paid, and the notices the law asks for: determination within 30 days of complete documents, payment within 10
-- of an agreement, refusal told within 3.
create macro claim_card(digits) as (
    digits || ((10 - list_sum(list_transform(range(1, 16), lambda place: case
        when place % 2 = 1 then (2 * (digits)[place]::integer) // 10 + (2 * (digits)[place]::integer) % 10 else (digits)[place]::integer end)) % 10) % 10)::varchar
);

create table world.claim_payment as
with paid as (
    select
        claim_circumstance.*,
        claim_stage.occurred_at as paid_at,
        claim_stage.amount as paid_amount,
        beneficiary.id_number as beneficiary_id_number,
        beneficiary.party_name as beneficiary_name,
        insured.party_name as insured_name,
        case
            when case_number = 1201 then 'other'
            when case_number = 1203 then 'repair_shop'
            when case_number is not null then 'insured'
            when claim_circumstance.claim_type = 'death' then if(beneficiary.id_number is null, 'statutory_heir', 'beneficiary')
            when is_motor and uniform('payee', claim_circumstance.claim_id) < 0.35 then 'repair_shop'
            when claim_circumstance.claim_type = 'medical' and uniform('payee', claim_circumstance.claim_id) < 0.06 then 'hospital'
            else 'insured'
        end as payee_relation
    from world.claim_circumstance
    inner join world.claim_stage on claim_stage.claim_id = claim_circumstance.claim_id and claim_stage.stage = 'paid'
    left join world.policy_party as insured on insured.party_number = 'I' || claim_circumstance.policy_number
    left join world.policy_party as beneficiary on beneficiary.party_number = 'B1' || claim_circumstance.policy_number
),

-- One account a policy, one an institution. Cases 1202, 1204 and 1205 share one; in rings an account links two claims.
accounts as (
    select
        *,
        case
            when case_number in (1202, 1204, 1205) then '9907' || lpad(case_number::varchar, 11, '0')
            when case_number = 2401 then '9907' || lpad((24010 + (occurrence_number + 1) // 2 % 3)::varchar, 11, '0')
            when case_number = 2404 then '9907' || lpad((24040 + (occurrence_number + 1) // 2 % 2)::varchar, 11, '0')
            when case_number in (2402, 2403) then '9907' || lpad((case_number * 10 + (occurrence_number + 1) // 2)::varchar, 11, '0')
            when payee_relation = 'repair_shop' then '9908' || lpad(repair_shop_code[3:], 11, '0')
            when payee_relation = 'hospital' then '9906' || lpad(whole('hospital_account', claim_id, 1, 60)::varchar, 11, '0')
            when payee_relation in ('other', 'statutory_heir', 'beneficiary') then '9905' || lpad((claim_id % 100000000000)::varchar, 11, '0')
            else '9909' || lpad((policy_id * 7368787 % 100000000000)::varchar, 11, '0')
        end as account_digits
    from paid
)

select
    'PY' || claim_number[3:] as payment_number,
    claim_id,
    claim_number,
    case_number,
    policy_number,
    payee_relation,
    case payee_relation
        when 'insured' then insured_name when 'beneficiary' then beneficiary_name
        when 'repair_shop' then '维修厂' || repair_shop_code when 'hospital' then '医院结算户'
        else surname('payee_surname', claim_id) || given_name('payee_given', claim_id) end as payee_name,
    case payee_relation
        when 'insured' then insured_id_number when 'beneficiary' then beneficiary_id_number
        when 'other' then identity_number('99070119850521' || lpad((claim_id % 1000)::varchar, 3, '0'))
        when 'statutory_heir' then identity_number('99070119700610' || lpad((claim_id % 1000)::varchar, 3, '0')) end as payee_id_number,
    claim_card(account_digits) as payee_bank_card_number,
    payee_relation in ('repair_shop', 'hospital', 'statutory_heir') as has_payment_authorisation,
    paid_amount,
    paid_at,
    paid_at::date as paid_date,
    is_automatic_paid
from accounts;

create table world.claim_notice as
with stages as (
    select
        claim_id,
        claim_number,
        min(occurred_at::date) filter (where stage = 'documents_complete') as documents_complete_date,
        min(occurred_at::date) filter (where stage = 'approved') as approved_date,
        min(occurred_at::date) filter (where stage = 'rejected') as rejected_date,
        min(occurred_at::date) filter (where stage = 'paid') as paid_date
    from world.claim_stage
    where not is_micro
    group by claim_id, claim_number
),

notices as (
    select claim_id, claim_number, 'determination' as notice_kind, documents_complete_date, coalesce(approved_date, rejected_date) as decided_date,
        documents_complete_date + 30 as due_date, coalesce(approved_date, rejected_date) as sent_date
    from stages where coalesce(approved_date, rejected_date) is not null
    union all
    -- The agreement is signed at most nine days before the money flows; one in 150 waits longer.
    select claim_id, claim_number, 'payment_agreement', documents_complete_date, agreed_date, agreed_date + 10, agreed_date
    from (
        select *, greatest(documents_complete_date, least(approved_date, paid_date - case when uniform('late_payment', claim_id) < 0.0066 then whole('late_days', claim_id, 11, 18) else 0 end::integer),
            paid_date - case when uniform('late_payment', claim_id) < 0.0066 then 18 else 9 end) as agreed_date
        from stages where paid_date is not null
    )
    union all
    select claim_id, claim_number, 'rejection', documents_complete_date, rejected_date, rejected_date + 3,
        rejected_date + case when uniform('late_notice', claim_id) < 0.08 then whole('notice_days', claim_id, 4, 7) else whole('notice_days', claim_id, 0, 3) end::integer
    from stages where rejected_date is not null
)

select * from notices where sent_date <= as_of();

create table delivery.claims__claim_payment as
select
    delivered_monthly(paid_date) as dt, payment_number, claim_number, payee_relation, payee_name, payee_id_number, payee_bank_card_number,
    has_payment_authorisation, paid_amount, paid_at, paid_date, is_automatic_paid as is_automatic
from world.claim_payment;

create table delivery.claims__claim_notice as
select
    delivered_monthly(sent_date) as dt, upper(left(notice_kind, 1)) || 'N' || claim_number[3:] as notice_number, claim_number, notice_kind, documents_complete_date,
    decided_date, due_date, sent_date
from world.claim_notice;
