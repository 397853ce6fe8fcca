-- Complaints of the ordinary course. Few reach the regulator; no seller is complained about often enough for rule CR26.
create table world.complaint_subject as
with sellers as (
    select intermediary_code as seller_code, 'intermediary' as seller_kind, count(*) as policies
    from world.policy
    where intermediary_code is not null
    group by intermediary_code
    having count(employee_code) = 0
    union all
    select employee_code, 'employee', count(*)
    from world.policy
    where not is_planted and channel_code = 'AGENCY' and is_long_term and issue_date < as_of() - 200
    group by employee_code
)

-- Sellers that the cases of rule CR26 are about.
select *, row_number() over (partition by seller_kind order by policies desc, seller_code) as from_top,
    row_number() over (partition by seller_kind order by policies, seller_code) as from_bottom
from sellers
qualify (seller_kind = 'intermediary' and (from_top <= 2 or from_bottom <= 3)) or (seller_kind = 'employee' and from_top <= 3);

create table world.ordinary_complaint as
with dated as (
    select
        wishes.complaint_id,
        demand.day as received_date,
        chosen('complexity', complaint_id, ['simple', 'simple', 'simple', 'simple', 'simple', 'simple', 'complex', 'complex', 'complex', 'extended']) as complexity
    from (select complaint_id, uniform('complaint_day', complaint_id) as share from (select unnest(range(sized(1200))) as complaint_id)) as wishes
    asof inner join (select * from world.demand where kind = 'service') as demand on wishes.share >= demand.share_before
),

-- What is complained about: policies with a person's work behind them, drawn by rank.
policies as (
    select policy_id, person_id, policy_number, customer_id, company_code, organisation_code, channel_code, intermediary_code, employee_code, product_line, issue_date,
        row_number() over (order by issue_date, policy_id) as rank_in_list
    from world.policy
    where not is_planted and (not is_micro or uniform('complained', policy_id) < 0.05)
),

timed as (
    select
        dated.*,
        policies.* exclude (issue_date),
        case dated.complexity when 'simple' then 15 when 'complex' then 30 else 60 end as days_allowed,
        chosen('complaint_reason', complaint_id, case product_line when 'motor' then ['claim_amount', 'claim_delay', 'service_attitude', 'premium_quote']
            when 'return_freight' then ['claim_refused', 'unwanted_cover'] when 'flight_delay' then ['claim_refused', 'claim_delay']
            else ['misleading_sale', 'surrender_value', 'claim_refused', 'policy_delivery', 'service_attitude', 'premium_deduction'] end) as reason_code,
        -- Four in a hundred were closed late until 2020, fewer since, none of the last five months; all others four days or
        -- more before they are due.
        uniform('complaint_late', complaint_id) < case when year(dated.received_date) <= 2020 then 0.042 when year(dated.received_date) = 2021 then 0.028 else 0.02 end
        and dated.received_date < as_of() - 140 as is_late
    from dated
    asof inner join (select issue_date, max(rank_in_list) as policies from policies group by issue_date) as listed on dated.received_date >= listed.issue_date
    inner join policies on policies.rank_in_list = 1 + floor(uniform('complained_policy', dated.complaint_id) * listed.policies)::bigint
),

-- The medians of the last quarter of 2022 were 1.59 complaints passed on by the regulator for each 100 million yuan of life premium,
-- 3.69 of property premium. One more a year and company, so that a group of this size has any to count.
benchmarks as (
    select company_code, year(accounting_date) as premium_year,
        1 + round(sum(premium_amount) / 100000000 * case company_code when 'LIFE' then 1.59 else 3.69 end) as passed_on
    from world.premium
    group by company_code, premium_year
),

sold as (
    select intermediary_code, count(*) as policies, (select count(*) from world.policy) as all_policies
    from world.policy
    where intermediary_code is not null
    group by intermediary_code
),

-- A seller is named by one complaint in 30 days at most, and in a year by no more than two and a half times its share.
named as (
    select
        timed.*,
        row_number() over (partition by timed.company_code, year(received_date) order by uniform('complaint_source', complaint_id)) as source_rank,
        intermediary_code is not null and reason_code in ('misleading_sale', 'unwanted_cover', 'premium_deduction', 'surrender_value', 'premium_quote')
        and row_number() over (partition by intermediary_code, date_diff('day', received_date, as_of()) // 30 order by uniform('named', complaint_id)) = 1
        and row_number() over (partition by intermediary_code, date_diff('day', received_date, as_of()) // 365 order by uniform('named', complaint_id))
        <= 2.5 * sold.policies / sold.all_policies * count(*) over (partition by date_diff('day', received_date, as_of()) // 365)
        and not (received_date >= as_of() - 400 and intermediary_code in (select seller_code from world.complaint_subject)) as names_intermediary,
        employee_code is null or (
            row_number() over (partition by employee_code, date_diff('day', received_date, as_of()) // 30 order by uniform('named', complaint_id)) = 1
            and not (received_date >= as_of() - 400 and employee_code in (select seller_code from world.complaint_subject))
        ) as names_policy
    from timed
    left join sold using (intermediary_code)
)

select
    complaint_id,
    0 as case_number,
    person_id,
    case when uniform('complainant', complaint_id) < 0.93 then customer_id end as customer_id,
    case when uniform('complainant', complaint_id) < 0.90 and names_policy then policy_number end as policy_number,
    organisation_code,
    channel_code,
    case when names_intermediary then intermediary_code end as intermediary_code,
    case when source_rank <= coalesce(passed_on, 1) then 'regulator' when uniform('in_media', complaint_id) < 0.04 then 'media' else 'direct' end as complaint_source,
    complexity,
    reason_code,
    received_date,
    received_date + days_allowed as due_date,
    case when is_late then received_date + days_allowed + whole('complaint_days_late', complaint_id, 1, 9)::integer
        else received_date + 1 + floor((days_allowed - 5) * uniform('complaint_days', complaint_id) ** 1.3)::integer end as closed_date,
    is_late
from named
left join benchmarks on benchmarks.company_code = named.company_code and benchmarks.premium_year = year(received_date);
