-- Milestones of contracts; lawsuits and arbitrations; criminal cases and how they were reported.
create table world.contract_milestone as
with approved as (
    select * from world.contract where approved_date <= as_of()
),

payments as (
    select contract_id, 'payment' as milestone_kind, unnest(range(1, 1 + years * 2))::integer as number from approved
),

deliveries as (
    select contract_id, 'delivery', unnest(range(51, 52 + (uniform('milestone_deliveries', contract_id) * 2)::integer))::integer
    from approved
    where contract_kind in ('purchase', 'service', 'technology')
),

renewals as (
    select contract_id, 'renewal', 90 from approved where contract_kind in ('lease', 'service', 'cooperation')
),

due as (
    select
        approved.*  exclude (case_kind, severity, explanation),
        milestones.milestone_kind,
        milestones.number,
        approved.contract_id * 100 + milestones.number as milestone_id,
        case milestones.milestone_kind
            when 'payment' then (effective_date + to_months((6 * milestones.number - 5)::integer))::date
            when 'delivery' then effective_date + (25 + 60 * (milestones.number - 51) + whole('milestone_due', approved.contract_id * 100 + milestones.number, 0, 40))::integer
            else expiry_date - 30 end as due_date
    from (from payments union all from deliveries union all from renewals) as milestones
    inner join approved on approved.contract_id = milestones.contract_id
    where approved.contract_id < 900009 or milestones.milestone_kind = 'payment'
),

-- Three in a hundred come late, by three weeks at most; suppliers of technology twice as often.
dated as (
    select
        *,
        due_date - whole('milestone_early', milestone_id, 0, 12)::integer
        + case when uniform('milestone_late', milestone_id) < case when contract_kind = 'technology' then 0.06 else 0.026 end
            then 10 + whole('milestone_late_days', milestone_id, 1, 19) else 0 end::integer as done_date
    from due
),

planted as (
    select 900009 as contract_id, 'delivery' as milestone_kind, 51 as number, as_of() - 90 as due_date, as_of() - 59 as done_date
    union all select 900010, 'delivery', 51, as_of() - 90, as_of() - 60
    union all select 900011, 'payment', 61, as_of() - 31, null
    union all select 900012, 'payment', 61, as_of() - 30, null
    union all select 900013, 'payment', 61, as_of() + 10, null
)

select
    'MS' || lpad(((milestone_id * 7919 + 5) % 10000000000)::varchar, 10, '0') as milestone_number, contract_number, milestone_kind,
    effective_date as agreed_date, due_date, done_date,
    case when milestone_kind = 'payment' then round(contract_amount / (2 * years), 2)::decimal(18, 2) end as milestone_amount
from dated
union all
select
    'MS9' || lpad((planted.contract_id % 1000 * 100 + planted.number)::varchar, 9, '0'), contract.contract_number, planted.milestone_kind, contract.effective_date,
    planted.due_date, planted.done_date, if(planted.milestone_kind = 'payment', 50000.00, null)::decimal(18, 2)
from planted
inner join world.contract on contract.contract_id = planted.contract_id;

create table delivery.legal__contract_milestone as
with changes as (
    select milestone_number, unnest([agreed_date, greatest(agreed_date, done_date)]) as happened from world.contract_milestone
),

versions as (
    select distinct milestone_number, delivered_quarterly(happened) as dt from changes where happened <= as_of()
)

select versions.dt, milestone.milestone_number, contract_number, milestone_kind, milestone_amount, agreed_date, due_date,
    case when done_date <= versions.dt then done_date end as done_date
from versions
inner join world.contract_milestone as milestone on milestone.milestone_number = versions.milestone_number;

-- The group is mostly sued; what it loses follows cause and role, and large claims shrink more.
create table delivery.legal__lawsuit as
with cases as (
    select
        unnest(range(1, sized(60 * years_of_history()) + 1)) as lawsuit_id
),

drawn as (
    select
        cases.lawsuit_id,
        legal_unit.organisation_code,
        first_day() + floor(uniform('lawsuit_day', lawsuit_id) ** 0.8 * date_diff('day', first_day(), as_of()))::integer as filed_date,
        case when company_type = 'property' then chosen('lawsuit_cause', lawsuit_id, ['claim', 'claim', 'claim', 'claim', 'claim', 'intermediary', 'labour'])
            when company_type = 'life' then chosen('lawsuit_cause', lawsuit_id, ['claim', 'claim', 'surrender', 'surrender', 'labour', 'intermediary'])
            else chosen('lawsuit_cause', lawsuit_id, ['labour', 'intermediary']) end as lawsuit_cause,
        uniform('lawsuit_role', lawsuit_id) as role_draw,
        uniform('lawsuit_result', lawsuit_id) as result_draw
    from cases
    inner join world.legal_unit on legal_unit.position = 1 + floor(uniform('lawsuit_unit', lawsuit_id) * legal_unit.positions)::bigint
),

decided as (
    select
        *,
        case when lawsuit_cause = 'labour' or role_draw < 0.35 then 'arbitration' else 'litigation' end as procedure_kind,
        case when lawsuit_cause = 'intermediary' and role_draw > 0.4 then 'plaintiff' else 'defendant' end as party_role,
        round(clamped(lognormal('lawsuit_amount', lawsuit_id, case lawsuit_cause when 'claim' then 90000 when 'surrender' then 60000 when 'labour' then 45000 else 260000 end, 0.9),
            2000, 8000000), 2) as claimed_amount,
        case when result_draw < 0.27 then 'won' when result_draw < 0.52 then 'partly_won' when result_draw < 0.70 then 'withdrawn' when result_draw < 0.84 then 'settled'
            else 'lost' end as lawsuit_result,
        whole('lawsuit_days', lawsuit_id, 25, 240) as days_taken
    from drawn
),

closed as (
    select
        *,
        filed_date + case when procedure_kind = 'arbitration' then 60 else 180 end as time_limit_date,
        filed_date + (days_taken * if(procedure_kind = 'arbitration', 0.33, 0.8))::integer as closed_date,
        round(claimed_amount * case lawsuit_result when 'won' then 0 when 'withdrawn' then 0 when 'partly_won' then 0.15 + 0.4 * uniform('lawsuit_share', lawsuit_id)
            when 'settled' then 0.3 + 0.3 * uniform('lawsuit_share', lawsuit_id) else 0.85 + 0.15 * uniform('lawsuit_share', lawsuit_id) end
            * if(party_role = 'plaintiff', 0.1, 1.0), 2)::decimal(18, 2) as borne_amount
    from decided
),

versions as (
    select distinct lawsuit_id, delivered_yearly(happened) as dt
    from (select lawsuit_id, unnest([filed_date, closed_date]) as happened from closed)
    where happened <= as_of()
)

select
    versions.dt, 'LS' || strftime(filed_date, '%Y') || lpad(closed.lawsuit_id::varchar, 5, '0') as lawsuit_number, organisation_code, lawsuit_cause, procedure_kind, party_role,
    claimed_amount::decimal(18, 2) as claimed_amount, filed_date, time_limit_date, case when closed_date <= versions.dt then closed_date end as closed_date,
    case when closed_date <= versions.dt then lawsuit_result end as lawsuit_result, case when closed_date <= versions.dt then borne_amount end as borne_amount
from versions
inner join closed on closed.lawsuit_id = versions.lawsuit_id;

-- Ordinary cases are reported within four working days and are small. Rule CR42: five are allowed; 100 million involved, or
-- exposure of 50 million that is a tenth of net assets, makes a case major.
create table world.criminal_case as
with ordinary as (
    select unnest(range(1, sized(5 * years_of_history()) + 2)) as case_id
),

everything as (
    select
        case_id,
        on_a_weekday(first_day() + 20 + floor(uniform('crime_day', case_id) * (date_diff('day', first_day(), as_of()) - 60))::integer) as known_date,
        whole('crime_report', case_id, 0, 4)::integer as report_days,
        round(clamped(lognormal('crime_amount', case_id, 600000, 1.2), 20000, 40000000), 2) as involved_amount,
        0.1 + 0.6 * uniform('crime_exposure', case_id) as exposure_share,
        null::double as exposure_amount, 900000000.0 as net_asset_amount, null::varchar as case_kind, null::varchar as severity, null::varchar as explanation
    from ordinary
    union all
    select
        900 + number, working_days_after(on_a_weekday(as_of() - days_ago::integer), 0), report_days, involved_amount, null, exposure_amount, net_asset_amount,
        case_kind, severity, explanation
    from (
        values
        (1, 100, 5, 310000.0, 100000.0, 900000000.0, 'silent', null, 'boundary: reported on the fifth working day'),
        (2, 103, 6, 320000.0, 110000.0, 900000000.0, 'fire', 'yellow', 'boundary: reported on the sixth working day'),
        (3, 14, 99, 330000.0, 120000.0, 900000000.0, 'fire', 'yellow', 'known for two weeks, not reported'),
        (4, 3, 99, 340000.0, 130000.0, 900000000.0, 'silent', null, 'near miss: known for less than five working days, not reported yet'),
        (5, 120, 2, 100000000.0, 20000000.0, 900000000.0, 'fire', 'red', 'boundary: exactly 100 million involved'),
        (6, 123, 2, 99999999.99, 49999999.99, 400000000.0, 'silent', null, 'boundary: a fen below 100 million involved and below 50 million of exposure'),
        (7, 126, 3, 80000000.0, 50000000.0, 500000000.0, 'fire', 'red', 'boundary: exposure of exactly 50 million and a tenth of net assets'),
        (8, 129, 3, 80000000.0, 60000000.0, 900000000.0, 'silent', null, 'near miss: exposure of 60 million, 6.7 % of net assets')
    ) as cases(number, days_ago, report_days, involved_amount, exposure_amount, net_asset_amount, case_kind, severity, explanation)
)

select
    *  replace (
        coalesce(exposure_amount, round(involved_amount * exposure_share, 2))::decimal(18, 2) as exposure_amount,
        involved_amount::decimal(18, 2) as involved_amount,
        (net_asset_amount + if(case_kind is null, round(50000000 * uniform('crime_assets', case_id), 2), 0))::decimal(18, 2) as net_asset_amount
    ),
    'CC' || strftime(known_date, '%Y') || lpad(case_id::varchar, 4, '0') as case_number,
    (select organisation_code from world.legal_unit where position = 1 + floor(uniform('crime_unit', case_id) * positions)::bigint) as organisation_code,
    chosen('crime_kind', case_id, ['insurance_fraud', 'insurance_fraud', 'embezzlement', 'illegal_fundraising', 'data_theft', 'bribery']) as offence_kind,
    case when report_days < 99 then working_days_after(known_date, report_days) end as reported_date,
    whole('crime_persons', case_id, 1, 6)::integer as involved_persons_count
from everything;

create table delivery.legal__criminal_case as
with versions as (
    select distinct case_number, delivered_yearly(happened) as dt
    from (select case_number, unnest([known_date, reported_date]) as happened from world.criminal_case)
    where happened <= as_of()
)

select versions.dt, criminal_case.case_number, organisation_code, offence_kind, known_date,
    case when reported_date <= versions.dt then reported_date end as reported_date, involved_amount, exposure_amount, net_asset_amount, involved_persons_count
from versions
inner join world.criminal_case on criminal_case.case_number = versions.case_number;
