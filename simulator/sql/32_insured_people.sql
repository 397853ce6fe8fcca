-- Who is insured and who receives under each policy, and what was declared about their health. One in six insured is family of
-- the holder under an identity of their own (division codes from 9903), planted insured always are (9904).
create macro person_id_number(person_id, birth_date, gender) as (
    identity_number('9901' || lpad((1 + ((person_id) // 450) % 99)::varchar, 2, '0') || strftime(birth_date, '%Y%m%d')
        || lpad((2 * ((person_id) % 450) + ((gender) = 'male')::integer)::varchar, 3, '0'))
);

-- Towns and employers are many, so that no village fills by chance as that of rule FR21 does.
create table world.policy_party as
with policies as (
    select
        policy.*,
        coalesce(person.birth_date, date '1980-03-01') as holder_birth_date,
        coalesce(person.gender, 'male') as holder_gender,
        lender.id_number as employee_id_number,
        lender.employee_name,
        fraud_policy.case_number,
        fraud_policy.member,
        case
            when fraud_policy.policy_id is not null then chosen('relation', policy.policy_id, ['spouse', 'parent', 'child', 'spouse'])
            when policy.person_id >= 50000000 and policy.person_id < 90000000 then 'employee'
            when policy.is_planted or policy.company_code <> 'LIFE' or uniform('family_insured', policy.policy_id) > 0.17 then 'self'
            else chosen('relation', policy.policy_id, ['spouse', 'spouse', 'child', 'parent'])
        end as relation
    from world.policy
    left join world.person on person.person_id = policy.person_id
    left join world.borrowed_mobile on borrowed_mobile.person_id = policy.person_id
    left join world.employee as lender on lender.employee_id = borrowed_mobile.same_person_employee_id
    left join world.fraud_policy on fraud_policy.policy_id = policy.policy_id
    where not policy.is_micro and policy.product_line not in ('consumer_loan', 'account')
),

insured as (
    select
        *,
        case relation
            when 'self' then holder_birth_date
            when 'child' then (issue_date - whole('child_age', policy_id, 900, 6400)::integer)::date
            when 'parent' then (issue_date - whole('parent_age', policy_id, 20500, 27000)::integer)::date
            else (date '1966-01-01' + whole('other_age', policy_id, 0, 11000)::integer)::date
        end as birth_date
    from policies
),

named as (
    select
        *,
        case
            when relation <> 'self' then identity_number(
                case when case_number is null then '9903' else '9904' end || lpad((policy_id % 97 + 1)::varchar, 2, '0') || strftime(birth_date, '%Y%m%d')
                || lpad(((policy_id * 7 + policy_id // 97) % 1000)::varchar, 3, '0'))
            when employee_id_number is not null then employee_id_number
            else person_id_number(person_id, holder_birth_date, holder_gender)
        end as id_number,
        case
            when relation <> 'self' then surname('surname', person_id) || given_name('insured', policy_id)
            when employee_name is not null then employee_name
            else surname('surname', person_id) || given_name('given', person_id)
        end as party_name
    from insured
),

-- Cover against death and accident of one insured over all policies.
cumulated as (
    select
        *,
        sum(case when product_line in ('life', 'accident') then coalesce(sum_insured_amount, 0) else 0 end) over (partition by id_number) as death_cover_amount
    from named
),

incomes as (
    select
        *,
        case
            -- Rule FR17: twenty times the income is still accepted; 1703 and 1704 have none.
            when case_number = 1701 then death_cover_amount / 20 - 1
            when case_number = 1702 then death_cover_amount / 20
            when case_number in (1703, 1704) or (case_number is null and relation = 'child') then 0
            else greatest(1000 * round(lognormal('income', policy_id // 2, 110, 0.5)), 1000 * ceil(death_cover_amount / whole('income_ratio', policy_id, 6, 18) / 1000))
        end::decimal(18, 2) as annual_income_amount
    from cumulated
)

select
    'I' || policy_number as party_number,
    policy_id,
    policy_number,
    issue_date,
    company_code,
    'insured' as party_role,
    relation,
    party_name,
    id_number,
    birth_date,
    annual_income_amount,
    case when annual_income_amount = 0 then case case_number when 1703 then sum_insured_amount - 10000 when 1704 then sum_insured_amount
        else death_cover_amount + 50000 * whole('breadwinner', policy_id, 1, 10) end end::decimal(18, 2) as breadwinner_cover_amount,
    case
        when case_number between 2101 and 2103 then 'T9' || case_number
        when company_code = 'LIFE' then 'T' || lpad(whole('town', coalesce(case_number * 100 + member, person_id), 1, 900)::varchar, 4, '0')
    end as town_code,
    case when company_code = 'LIFE' and annual_income_amount > 0 and case_number is null and uniform('employer', person_id) < 0.6
        then 'W' || lpad(whole('employer', person_id, 1, 1200)::varchar, 5, '0') end as employer_code,
    1.0 as share_ratio,
    case_number is not null as planted
from incomes;

-- Beneficiaries of covers against death: one or two relatives. Other steps may add parties under `planted`.
insert into world.policy_party
select
    'B' || beneficiary || policy.policy_number,
    policy.policy_id,
    policy.policy_number,
    policy.issue_date,
    policy.company_code,
    'beneficiary',
    chosen('beneficiary_relation', policy.policy_id * 3 + beneficiary, case when beneficiary = 1 then ['spouse', 'spouse', 'child', 'parent'] else ['child', 'parent'] end),
    surname('surname', policy.person_id) || given_name('beneficiary', policy.policy_id * 3 + beneficiary),
    identity_number('9905' || lpad((policy.policy_id % 97 + 1)::varchar, 2, '0') || strftime(date '1958-01-01' + whole('beneficiary_birth', policy.policy_id * 3 + beneficiary, 0, 20000)::integer, '%Y%m%d')
        || lpad(((policy.policy_id * 11 + policy.policy_id // 97 + beneficiary * 13) % 1000)::varchar, 3, '0')),
    date '1958-01-01' + whole('beneficiary_birth', policy.policy_id * 3 + beneficiary, 0, 20000)::integer,
    null, null, null, null,
    case when uniform('two_beneficiaries', policy.policy_id) < 0.25 then 0.5 else 1.0 end,
    false
from (
    select *, unnest(range(1, 2 + (uniform('two_beneficiaries', policy_id) < 0.25)::integer)) as beneficiary
    from world.policy
    where product_line in ('life', 'annuity') and not is_micro and uniform('names_beneficiary', policy_id) < 0.7
) as policy;

-- Health declarations of life, health and larger accident covers, with the sum up to which nobody is examined at that age.
create table world.health_declaration as
with limits as (
    select
        policy.*,
        fraud_policy.case_number,
        policy_party.death_cover_amount as own_cover_amount,
        case when coalesce(applicant_age, 40) <= 40 then 520000 when applicant_age <= 50 then 340000 else 160000 end as limit_amount,
        uniform('declared', policy.policy_id) as declared_draw
    from world.policy
    inner join (
        select policy.policy_id, sum(coalesce(policy.sum_insured_amount, 0)) over (partition by policy_party.id_number order by policy.issue_date, policy.policy_id) as death_cover_amount
        from world.policy_party
        inner join world.policy on policy.policy_id = policy_party.policy_id
        where party_role = 'insured' and policy.product_line in ('life', 'health', 'accident') and (policy.is_long_term or policy.product_line = 'accident')
        union all
        select policy_id, 0 from world.policy where product_line = 'health' and not is_long_term and not is_micro
    ) as policy_party on policy_party.policy_id = policy.policy_id
    left join world.fraud_policy on fraud_policy.policy_id = policy.policy_id
),

covered as (
    select
        *,
        case case_number
            when 1801 then limit_amount
            when 1802 then 0.95 * limit_amount
            when 1803 then 0.95 * limit_amount - 0.01
            when 1804 then limit_amount + 0.01
            -- What other insurers cover keeps ordinary sums off the last twentieth below the limit.
            else own_cover_amount + case when own_cover_amount between 0.9 * limit_amount and 1.01 * limit_amount then 0.2 * limit_amount
                when own_cover_amount < 0.5 * limit_amount then 10000 * whole('elsewhere', policy_id, 0, 4) else 0 end
        end::decimal(18, 2) as cumulative_cover_amount
    from limits
)

select
    'HD' || policy_number as declaration_number,
    policy_id,
    policy_number,
    issue_date,
    application_date as declared_date,
    case when case_number = 1402 then true when case_number is not null then false else declared_draw < 0.06 end as has_illness,
    declared_draw < 0.03 and case_number is null as has_hospital_stay,
    uniform('smoker', policy_id) < 0.21 as is_smoker,
    case when product_line = 'health' then effective_date + case when is_long_term then 90 else 30 end end as waiting_period_end_date,
    cumulative_cover_amount,
    limit_amount::decimal(18, 2) as examination_limit_amount,
    cumulative_cover_amount > limit_amount as is_examined
from covered;

create table delivery.policy_admin__policy_party as
select
    delivered_quarterly(issue_date) as dt, party_number, policy_number, issue_date, party_role, relation as holder_relation, party_name, id_number, birth_date,
    share_ratio::decimal(9, 6) as share_ratio, annual_income_amount, breadwinner_cover_amount, town_code, employer_code
from world.policy_party;

create table delivery.policy_admin__health_declaration as
select
    delivered_yearly(issue_date) as dt, declaration_number, policy_number, issue_date, declared_date, has_illness, has_hospital_stay, is_smoker,
    waiting_period_end_date, cumulative_cover_amount, examination_limit_amount, is_examined
from world.health_declaration;
