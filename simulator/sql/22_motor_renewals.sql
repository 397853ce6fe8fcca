-- Which motor policies are renewed. Owners without a claim in the term that ends are the good customers: 79 of 100 stayed in 2015,
-- one more in 2016, when the bonus for claim-free years came, and ever since. Of the others 73 in 100 stay.

-- Claims of one motor term. Until the bonus came, owners claimed what they now pay themselves.
create macro motor_claims(policy_id, term, first_date, last_date) as (
    event_count(
        uniform('motor_claims', (policy_id) * 100 + (term)),
        ((last_date) - (first_date) + 1) / 365.25
        * case when (first_date) < date '2016-07-01' then 0.85 when (first_date) < date '2018-01-01' then 0.60 else 0.46 end
    )
);

-- A policy is due once a year, so that years follow one another: who is due depends on who stayed the year before.
create table world.motor_renewal as
with recursive anniversaries as (
    select
        policy.policy_id,
        policy.effective_date,
        unnest(range(1, 2 + date_diff('year', policy.effective_date, as_of()))) as term,
        fate_draw.surrender_drawn
    from world.policy
    inner join world.fate_draw on fate_draw.policy_id = policy.policy_id
    where policy.archetype = 'MOTOR'
),

due as materialized (
    select
        policy_id,
        term,
        year(effective_date) + term as due_year,
        motor_claims(
            policy_id, term - 1, (effective_date + to_years((term - 1)::integer))::date,
            (effective_date + to_years(term::integer) - interval 1 day)::date
        ) = 0 as is_claim_free,
        uniform('renewal', policy_id * 10 + term) as draw
    from anniversaries
    where surrender_drawn > effective_date + to_years(term::integer)
),

decided as (
    select 0::bigint as policy_id, 0::bigint as term, min(due_year) - 1 as due_year, false as renews from due
    union all
    select
        due.policy_id,
        due.term,
        due.due_year,
        if(
            due.is_claim_free,
            row_number() over (partition by due.is_claim_free order by due.draw, due.policy_id)
            <= round(if(due.due_year <= 2015, 0.79, 0.80) * count(*) over (partition by due.is_claim_free)),
            due.draw < 0.73
        )
    from due
    left join decided on decided.policy_id = due.policy_id and decided.term = due.term - 1
    where due.due_year = (select max(due_year) + 1 from decided) and (due.term = 1 or decided.renews)
)

select policy_id, term, renews from decided where term > 0;
