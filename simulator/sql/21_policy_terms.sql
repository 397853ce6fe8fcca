-- The terms of each policy: who sold it, when it was applied for, what it costs and how it is paid.
create table world.agent_post as
select
    branch_code,
    organisation_code,
    channel_code,
    employee_code,
    lapse_factor,
    hired_date,
    left_date,
    row_number() over (partition by branch_code, channel_code order by employee_id) as position,
    count(*) over (partition by branch_code, channel_code) as posts
from world.employee
where employee_type = 'agent';

create table world.intermediary_range as
with offers as (
    select intermediary.*, product.product_code
    from world.intermediary
    inner join world.product
        on (intermediary.channel_code = 'BANC' and product.organisation_code = 'LIFE')
        or (intermediary.sells = 'life' and product.organisation_code = 'LIFE')
        or (intermediary.sells = 'property' and product.product_line = 'motor')
        or (
            intermediary.sells = 'shopping' and product.organisation_code = 'ONLINE'
            and product.product_line in ('return_freight', 'broken_screen', 'credit_guarantee', 'health')
        )
        or (
            intermediary.sells = 'travel' and product.organisation_code = 'ONLINE'
            and product.product_line in ('flight_delay', 'weather', 'accident')
        )
)

select
    product_code,
    channel_code,
    intermediary_code,
    (sum(weight) over weights - weight) / sum(weight) over (partition by product_code, channel_code) as share_from,
    case when row_number() over weights = count(*) over (partition by product_code, channel_code) then 2
        else sum(weight) over weights / sum(weight) over (partition by product_code, channel_code) end as share_to
from offers
window weights as (partition by product_code, channel_code order by intermediary_code);

-- The property insurer set out in 2017 to take four in five applications electronically within three years, and to do without any
-- paper for half of its policies.
create table world.paperless_pace as
from (
    values
    (2014, 0.18, 0.03), (2015, 0.22, 0.05), (2016, 0.27, 0.07), (2017, 0.34, 0.10), (2018, 0.48, 0.20), (2019, 0.64, 0.34),
    (2020, 0.80, 0.50), (2021, 0.86, 0.59), (2022, 0.90, 0.66)
) as paces(year_number, electronic_share, paperless_share);

create table world.policy_terms as
with drawn as (
    select
        policy_sale.*,
        product.archetype,
        product.price_factor,
        policy_sale.planted_number > 0 as is_planted,
        product.is_micro_premium as is_micro,
        uniform('frequency', policy_id) as frequency_draw,
        uniform('term', policy_id) as term_draw,
        uniform('application_lag', policy_id) as lag_draw,
        uniform('electronic', policy_id) as electronic_draw
    from world.policy_sale
    inner join world.product on product.product_code = policy_sale.product_code
),

timed as (
    select
        drawn.*,
        person.birth_date,
        case
            when drawn.is_planted or is_micro then 0
            when channel_code in ('ONLINE', 'ONLINE_PLATFORM') then (lag_draw * 1.05)::integer
            when not is_long_term then floor(3 * lag_draw ** 2)::integer
            when lag_draw < 0.965 then floor(6 * (lag_draw / 0.965) ** 1.6)::integer
            else 6 + floor(6 * (lag_draw - 0.965) / 0.035)::integer
        end as application_lag,
        if(
            company_code = 'PROP',
            row_number() over (
                partition by company_code, year(issue_date) order by channel_code <> 'ONLINE', electronic_draw, policy_id
            ) <= round(pace.electronic_share * count(*) over (partition by company_code, year(issue_date))),
            is_micro or channel_code in ('ONLINE', 'ONLINE_PLATFORM')
            or electronic_draw < clamped(0.55 + 0.12 * (year(issue_date) - 2020), 0.05, 1)
        ) as is_electronic
    from drawn
    left join (select person_id, birth_date from world.person) as person on person.person_id = drawn.person_id
    left join world.paperless_pace as pace on pace.year_number = clamped(year(drawn.issue_date), 2014, 2022)
),

priced as (
    select
        timed.*,
        timed.issue_date - timed.application_lag as application_date,
        date_sub('year', timed.birth_date, timed.issue_date - timed.application_lag) as applicant_age,
        case
            when planted_number > 0 then null
            when is_micro then 'single'
            when archetype = 'LIFE_UNIVERSAL' and frequency_draw < 0.55 then 'single'
            when archetype = 'ANNUITY_PENSION' and frequency_draw < 0.30 then 'single'
            when archetype = 'HEALTH_MEDICAL' and channel_code in ('ONLINE', 'ONLINE_PLATFORM') and frequency_draw < 0.72 then 'monthly'
            when not is_long_term then 'single'
            when frequency_draw > 0.93 then 'quarterly'
            when frequency_draw > 0.90 then 'semiannual'
            when frequency_draw > 0.60 then 'monthly'
            else 'annual'
        end as drawn_frequency,
        price_factor * case archetype
            when 'LIFE_WHOLE' then clamped(lognormal('premium', policy_id, 8600, 0.45), 5000, 19900)
            when 'LIFE_ENDOW' then clamped(lognormal('premium', policy_id, 9800, 0.40), 5000, 19900)
            when 'LIFE_UNIVERSAL' then clamped(lognormal('premium', policy_id, 10500, 0.35), 5000, 19900)
            when 'ANNUITY_PENSION' then clamped(lognormal('premium', policy_id, 11500, 0.35), 5000, 19900)
            when 'HEALTH_CRITICAL' then clamped(lognormal('premium', policy_id, 7200, 0.35), 5000, 19000)
            when 'HEALTH_MEDICAL' then clamped(lognormal('premium', policy_id, 850, 0.35), 240, 4800)
            when 'ACCIDENT_YEAR' then clamped(lognormal('premium', policy_id, 140, 0.45), 40, 800)
            when 'MOTOR' then clamped(lognormal('premium', policy_id, 3350, 0.30), 950, 12000)
            when 'RETURN_FREIGHT' then 0.50 + 0.17 * uniform('premium', policy_id)
            when 'HEAT37' then 10
            when 'RAIN_DAY' then 3
            when 'BROKEN_SCREEN' then clamped(lognormal('premium', policy_id, 69, 0.30), 29, 199)
            when 'CREDIT_GUARANTEE' then clamped(lognormal('premium', policy_id, 420, 0.60), 60, 4000)
            else 25
        end as yearly_amount
    from timed
),

-- The first of four agents drawn who was there at the time; the head of the post where none was.
seller as (
    select
        priced.policy_id,
        min_by(agent_post.employee_code, drawn.attempt) as employee_code,
        min_by(agent_post.organisation_code, drawn.attempt) as organisation_code,
        min_by(agent_post.lapse_factor, drawn.attempt) as lapse_factor
    from priced
    cross join (values (0), (1), (2), (3)) as drawn(attempt)
    inner join world.agent_post
        on agent_post.branch_code = priced.organisation_code
        and agent_post.channel_code = priced.channel_code
        and agent_post.position = 1 + floor(uniform('agent', priced.policy_id * 4 + drawn.attempt) * agent_post.posts)::bigint
    where agent_post.hired_date <= priced.application_date and (agent_post.left_date is null or agent_post.left_date > priced.issue_date)
    group by priced.policy_id
)

select
    priced.policy_id,
    priced.planted_number,
    priced.is_planted,
    upper(left(priced.product_line, 2)) || strftime(priced.issue_date, '%Y%m')
    || lpad(((priced.policy_id * 7368787 + 99) % 1000000000)::varchar, 9, '0') as policy_number,
    priced.customer_id,
    priced.person_id,
    priced.company_code,
    priced.product_code,
    priced.archetype,
    priced.price_factor,
    priced.product_line,
    priced.kind,
    priced.is_long_term,
    priced.is_micro,
    priced.channel_code,
    case when priced.is_planted then priced.organisation_code else coalesce(seller.organisation_code, priced.organisation_code) end as organisation_code,
    priced.organisation_code as branch_code,
    intermediary_range.intermediary_code,
    coalesce(seller.employee_code, stand_in.employee_code) as employee_code,
    coalesce(seller.lapse_factor, 1.0) as lapse_factor,
    priced.application_date,
    priced.issue_date,
    day_start(priced.issue_date) + to_seconds(case
        when priced.is_micro or priced.channel_code in ('ONLINE', 'ONLINE_PLATFORM') then floor(86399 * uniform('issue_time', priced.policy_id))
        else 30600 + floor(34000 * uniform('issue_time', priced.policy_id)) end) as issued_at,
    (case priced.archetype
        when 'RETURN_FREIGHT' then priced.issue_date
        when 'FLIGHT_DELAY' then priced.issue_date + floor(30 * uniform('flight', priced.policy_id) ** 2)::integer
        when 'MOTOR' then priced.issue_date + 1 + floor(25 * uniform('motor_start', priced.policy_id) ** 3)::integer
        else priced.issue_date + 1 end)::date as effective_date,
    coalesce(planted_policy.payment_frequency, priced.drawn_frequency) as payment_frequency,
    case
        when planted_policy.payment_term_years is not null then planted_policy.payment_term_years
        when priced.drawn_frequency = 'single' then 0
        when not priced.is_long_term then 1
        when priced.kind = 'savings' then [3, 5, 5, 10][1 + floor(4 * priced.term_draw)::integer]
        else [10, 20, 20, 20][1 + floor(4 * priced.term_draw)::integer]
    end as payment_term_years,
    case
        when priced.is_micro then 0
        when not priced.is_long_term then 1
        when priced.archetype in ('LIFE_WHOLE', 'LIFE_UNIVERSAL') then null
        when priced.archetype = 'LIFE_ENDOW' then 15
        when priced.archetype = 'ANNUITY_PENSION' then 20
        else 30
    end as coverage_term_years,
    -- The sum of the instalments of the first year, so that what falls due adds up to the fen.
    case
        when planted_policy.premium_amount is not null then planted_policy.premium_amount
        when priced.drawn_frequency = 'single' and priced.is_long_term then
            (1000 * round(clamped(lognormal('single_premium', priced.policy_id, 82000, 0.45), 60000, 400000) / 1000))::decimal(18, 2)
        when priced.drawn_frequency = 'monthly' then 12 * round(priced.yearly_amount / 12, 2)::decimal(18, 2)
        when priced.drawn_frequency = 'quarterly' then 4 * round(priced.yearly_amount / 4, 2)::decimal(18, 2)
        when priced.drawn_frequency = 'semiannual' then 2 * round(priced.yearly_amount / 2, 2)::decimal(18, 2)
        when priced.is_long_term then (100 * round(priced.yearly_amount / 100))::decimal(18, 2)
        else round(priced.yearly_amount, 2)::decimal(18, 2)
    end::decimal(18, 2) as premium_amount,
    priced.applicant_age,
    priced.is_electronic
from priced
left join world.planted_policy on planted_policy.planted_number = priced.planted_number
left join world.intermediary_range
    on intermediary_range.channel_code = priced.channel_code
    and intermediary_range.product_code = priced.product_code
    and uniform('intermediary', priced.policy_id) >= intermediary_range.share_from
    and uniform('intermediary', priced.policy_id) < intermediary_range.share_to
left join seller on seller.policy_id = priced.policy_id
left join world.agent_post as stand_in
    on stand_in.branch_code = priced.organisation_code
    and stand_in.channel_code = priced.channel_code
    and stand_in.position = 1;

-- The online insurer wrote 800 million yuan in its first year, most of it bonds of merchants: a thousandth here.
update world.policy_terms
set premium_amount = round(premium_amount * (
    select (800000 * getvariable('size') - sum(premium_amount) filter (where product_code <> 'SELLER_BOND'))
        / sum(premium_amount) filter (where product_code = 'SELLER_BOND')
    from world.policy_terms
    where company_code = 'ONLINE' and year(issue_date) = 2014
), 2)
where product_code = 'SELLER_BOND' and year(issue_date) = 2014;

create table world.policy as
select
    *,
    case
        when archetype = 'RETURN_FREIGHT' then (effective_date + 25)::date
        when archetype = 'HEAT37' then make_date(year(effective_date), 9, 15)
        when is_micro then (effective_date + 1)::date
        when not is_long_term then (effective_date + interval 1 year - interval 1 day)::date
        when coverage_term_years is not null then (effective_date + to_years(coverage_term_years) - interval 1 day)::date
    end as expiry_date,
    case when is_long_term then (issue_date + case when channel_code = 'BANC' then 15 else 14 end)::date end as free_look_end_date,
    case payment_frequency when 'monthly' then 1 when 'quarterly' then 3 when 'semiannual' then 6 when 'annual' then 12 end as months_between,
    round(case archetype
        when 'LIFE_WHOLE' then premium_amount * greatest(payment_term_years, 1) * 1.6
        when 'LIFE_ENDOW' then premium_amount * greatest(payment_term_years, 1) * 1.15
        when 'LIFE_UNIVERSAL' then premium_amount * greatest(payment_term_years, 1) * 1.05
        when 'ANNUITY_PENSION' then premium_amount * greatest(payment_term_years, 1)
        when 'HEALTH_CRITICAL' then 100000 + 50000 * floor(9 * uniform('sum_insured', policy_id))
        when 'HEALTH_MEDICAL' then 2000000 + 1000000 * floor(3 * uniform('sum_insured', policy_id))
        when 'ACCIDENT_YEAR' then 100000 * (1 + floor(9 * uniform('sum_insured', policy_id)))
        when 'MOTOR' then 500000 * (1 + floor(6 * uniform('sum_insured', policy_id)))
        when 'HEAT37' then 100
        when 'RAIN_DAY' then 10
        when 'BROKEN_SCREEN' then 1000
        when 'CREDIT_GUARANTEE' then 40 * premium_amount
        when 'RETURN_FREIGHT' then 8 + 2 * floor(3 * uniform('sum_insured', policy_id))
        else 300 end, -2 * (not is_micro)::integer)::decimal(18, 2) as sum_insured_amount
from world.policy_terms;

create table delivery.policy_admin__policy as
select
    delivered_on(issue_date) as dt, policy_number, customer_id, product_code, organisation_code, channel_code, intermediary_code,
    employee_code, application_date, issued_at, issue_date, effective_date, expiry_date, payment_frequency, payment_term_years::integer as payment_term_years,
    coverage_term_years::integer as coverage_term_years, premium_amount, sum_insured_amount, applicant_age::integer as applicant_age,
    is_electronic, free_look_end_date
from world.policy;
