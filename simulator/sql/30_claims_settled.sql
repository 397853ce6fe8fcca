-- Claims with their final times: means that were published are met by scaling the durations of claims reported until August.
create table world.claim_timing as
with amounts as (
    select
        * replace (
            case when leaves_band then (5000 + 10 * floor(80 * uniform('above_band', claim_id)))::decimal(18, 2) else claimed_amount end as claimed_amount,
            case when leaves_band then (5000 + 10 * floor(80 * uniform('above_band', claim_id)))::decimal(18, 2) else settled_amount end as settled_amount,
            case when june_number is not null then timestamp '2016-06-01 08:00:00' + to_days(((june_number * 7) % 29)::integer)
                + to_seconds(floor(18000 * uniform('june_time', claim_id))::bigint) else reported_at end as reported_at,
            case when leaves_band then 'full' else conclusion end as conclusion
        ),
        coalesce(june_number <= 16, false) as is_june_realtime,
        uniform('realtime', claim_id) < realtime_share as draws_realtime
    from world.claim_speed
),

moved as (
    select
        * replace (
            case when june_number is not null then reported_at - to_seconds((900 + floor(5400 * uniform('told_after', claim_id)))::bigint) else accident_at end as accident_at,
            case when june_number is not null then reported_at::date else loss_date end as loss_date,
            reported_at::date as reported_date
        ),
        uniform('pay_minutes', claim_id)
        - round(avg(uniform('pay_minutes', claim_id)) over (partition by june_number is null, is_june_realtime), 9) as centred,
        date_diff('second', reported_at, day_start(reported_at::date + 1)) / 3600.0 as hours_left
    from amounts
),

hours as (
    select
        *,
        -- 16 claims of 37 minutes and 4 of 302 minutes from submission make 20 of an hour and a half.
        case
            when case_number = 9001 then 9 / 60.0
            when case_number = 9002 then 7.6 / 60
            when is_june_realtime then (37 + 30 * centred) / 60 / 0.98
            when june_number is not null then (302 + 240 * centred) / 60 / 0.98
            when speed = 'fast' and year(reported_date) = 2016 and month(reported_date) = 6
                then hours_left + 0.3 + (22.9 - hours_left) * uniform('pay_time', claim_id)
            when speed = 'fast' and (draws_realtime or strftime(reported_date, '%m-%d') = '12-31') then (20 + 35 * uniform('pay_time', claim_id)) / 60
            when speed = 'fast' then 1.1 + 22.0 * uniform('pay_time', claim_id)
            else draft_hours
        end as first_hours,
        settled_amount > 0 and settled_amount < 10000 and product_line = 'motor' and conclusion in ('full', 'partial', 'agreed', 'ex_gratia') as is_below_ten_thousand,
        speed = 'slow' and closing_year = year(reported_date) and coalesce(case_number >= 9011, true)
        and if(is_xiamen, month(reported_date) <= 10, claim_type = 'motor_damage' and month(reported_date) <= 8) as is_adjustable
    from moved
),

-- Days from report to closing of motor claims below 10,000 yuan: the company in 2015 and 2016, Xiamen ten days faster in 2017.
goals(closing_year, is_xiamen, days) as (
    values (2015, false, 23.3), (2016, false, 18.0), (2016, true, 26.0), (2017, true, 16.0)
),

xiamen as (
    select
        hours.closing_year,
        -- Rounded: a sum of doubles depends on its order in the last digit.
        round(
            (24 * any_value(goals.days) * count(*) - coalesce(sum(first_hours) filter (not is_adjustable), 0)) / sum(first_hours) filter (is_adjustable), 9
        ) as factor
    from hours
    inner join goals on goals.closing_year = hours.closing_year and goals.is_xiamen and hours.is_xiamen
    where is_below_ten_thousand
    group by hours.closing_year
),

second_pass as (
    select hours.*, first_hours * case when hours.is_xiamen and is_adjustable and is_below_ten_thousand and xiamen.factor > 0 then xiamen.factor else 1 end as second_hours
    from hours
    left join xiamen on xiamen.closing_year = hours.closing_year
),

company as (
    select
        second_pass.closing_year,
        round(
            (24 * any_value(goals.days) * count(*) - coalesce(sum(second_hours) filter (not is_adjustable or second_pass.is_xiamen), 0))
            / sum(second_hours) filter (is_adjustable and not second_pass.is_xiamen), 9
        ) as factor
    from second_pass
    inner join goals on goals.closing_year = second_pass.closing_year and not goals.is_xiamen
    where is_below_ten_thousand
    group by second_pass.closing_year
)

select
    second_pass.*,
    second_hours * case when is_adjustable and is_below_ten_thousand and not is_xiamen and company.factor > 0 then company.factor else 1 end as pay_hours
from second_pass
left join company on company.closing_year = second_pass.closing_year;

create table world.claim as
select
    'CL' || strftime(reported_date, '%Y%m%d') || lpad(((claim_id * 7368787 + 31) % 10000000000)::varchar, 10, '0') as claim_number,
    claim_id,
    case_number,
    occurrence,
    policy_id,
    policy_number,
    customer_id,
    person_id,
    organisation_code,
    company_code,
    product_code,
    product_line,
    is_micro,
    issued_at,
    effective_date,
    loss_date,
    accident_at,
    reported_at,
    reported_date,
    claim_type,
    is_injury,
    claimed_amount,
    -- What is paid within the hour was reported in the app or the mini-programme.
    case when case_number = 2803 and occurrence = 2 then 'counter' when case_number between 2401 and 2404 or case_number between 2801 and 2803 then 'app'
        when not is_micro and pay_hours < 1 then chosen('own_report', claim_id, ['app', 'wechat']) else report_method end as report_method,
    pay_hours,
    conclusion,
    settled_amount,
    is_micro or pay_hours < 1 as is_automatic_paid
from world.claim_timing;

create table delivery.claims__claim as
select
    delivered_on(reported_date) as dt, claim_number, policy_number, loss_date, reported_at, reported_date, claim_type, is_injury,
    claimed_amount, report_method
from world.claim;
