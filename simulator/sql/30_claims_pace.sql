-- How fast claims are paid. Counts and means that were published for 2015 to 2017 are met exactly: draws are ranked, durations scaled.

-- By year of report: share of small motor claims paid within a day, days the others take by the median, share of them paid in
-- the hour; from 2018 growth outran the staff until 2020, and automatic payment made good for it after.
create table world.claim_pace as
from (
    values
    (2014, 0.30, 38.0, 0.10), (2015, 0.33, 34.0, 0.15), (2016, 0.43, 31.0, 0.57), (2017, 0.46, 21.0, 0.57), (2018, 0.40, 12.0, 0.50), (2019, 0.34, 8.0, 0.50)
) as paces(report_year, fast_share, slow_days, realtime_share);

-- The largest number of claims, at most those there are, of which a whole number lies within the tolerance of the share.
-- Rounding is at most half a claim away, so it is all of them where half a claim is less than the tolerance.
create macro countable(there_are, share, tolerance) as (
    case
        when (there_are) * (tolerance) > 0.5 then (there_are)
        else list_max(list_filter(range(1, (there_are) + 1), lambda n: abs(round((share) * n) / n - (share)) < (tolerance)))
    end
);

create table world.claim_speed as
with drafts as (
    select
        claim_draft.*,
        coalesce(claim_pace.fast_share, case year(reported_date) when 2020 then 0.28 when 2021 then 0.34 else 0.44 end) as fast_share,
        claim_pace.slow_days,
        coalesce(claim_pace.realtime_share, 0.5) as realtime_share,
        claim_type = 'motor_damage' and settled_amount > 0 and settled_amount < 5000
        and coalesce(claim_draft.case_number >= 9011, true) as is_small,
        company_code = 'PROP' and organisation_code like '%\_XM' escape '\' and year(reported_date) between 2015 and 2017 as is_xiamen,
        uniform('fast', claim_id) as fast_draw
    from world.claim_draft
    left join world.claim_pace on claim_pace.report_year = year(reported_date)
),

paced as (
    select
        *,
        -- Paid as a rule within days where a day was missed; in 2015 and 2016 the ranking below decides who is paid in a day.
        case
            when is_triggered then 'scenario'
            when not is_small or is_xiamen then 'slow'
            when case_number is not null then 'slow'
            when year(reported_date) in (2015, 2016) then case when fast_draw < fast_share + 0.06 then 'medium' else 'slow' end
            when fast_draw < fast_share then 'fast'
            else 'slow'
        end as speed,
        case
            when is_triggered then coalesce(trigger_pay_hours, clamped(lognormal('pay_time', claim_id, 0.16, 0.75), 0.045, 30))
            when claim_draft_is_famous then 0
            when case_number < 9000 then 72 + 24 * uniform('pay_time', claim_id)
            when claim_type = 'motor_damage' and settled_amount < 5000 and slow_days is null then 25 + lognormal('pay_time', claim_id, 110, 0.7)
            when claim_type = 'motor_damage' then 24 * clamped(lognormal('pay_time', claim_id, greatest(13, coalesce(slow_days, 0)), 0.45), 2.7, 100)
            when claim_type = 'motor_injury' then 24 * lognormal('pay_time', claim_id, 48, 0.6)
            when claim_type = 'property_damage' then 24 * lognormal('pay_time', claim_id, 20, 0.7)
            when claim_type in ('medical', 'accident') then 24 * lognormal('pay_time', claim_id, 7.5, 0.75)
                * case when year(reported_date) < 2020 then 1.8 when year(reported_date) = 2020 then 1.5 when year(reported_date) = 2021 then 1.3 else 1 end
            else 24 * lognormal('pay_time', claim_id, 14, 0.6)
        end as slow_hours
    from (select *, coalesce(case_number >= 9001 and case_number <= 9002, false) as claim_draft_is_famous from drafts)
),

-- Xiamen closes what it opens within the year, in 2017 in little more than half the days.
hurried as (
    select
        * replace (
            case when is_xiamen then least(slow_hours * case year(reported_date) when 2017 then 0.5 else 0.85 end, 960,
                greatest(62, date_diff('hour', reported_at, make_timestamp(year(reported_date), 12, 30, 0, 0, 0)))) else slow_hours end as slow_hours
        )
    from paced
),

drafted as (
    select
        *,
        case when speed = 'medium' then 62 + 80 * uniform('medium', claim_id) else slow_hours end as draft_hours,
        year(reported_at + to_seconds(floor(3600 * case speed when 'medium' then 62 + 80 * uniform('medium', claim_id) when 'fast' then 0 else slow_hours end)::bigint)) as closing_year
    from hurried
),

-- Who may be ranked: small claims reported and closed in one year. June 2016 comes first, then what was insured all that month.
candidates as (
    select
        drafted.*,
        drafted.effective_date <= date '2016-05-31' and cover.end_date >= date '2016-06-30' as covers_june,
        is_small and not is_xiamen and year(reported_date) in (2015, 2016) and closing_year = year(reported_date) as is_ranked,
        row_number() over (
            partition by is_small and not is_xiamen and year(reported_date) = 2016 and closing_year = 2016 and reported_at < timestamp '2016-12-29'
            order by reported_date not between date '2016-06-01' and date '2016-06-30',
                not (drafted.effective_date <= date '2016-05-31' and cover.end_date >= date '2016-06-30'), fast_draw, claim_id
        ) as june_rank
    from drafted
    inner join world.cover on cover.policy_id = drafted.policy_id
),

-- 20 claims of June 2016 are paid on the day of submission, 16 of them within the hour: a ten-thousandth of what was published.
picked as (
    select
        *,
        case when is_ranked and year(reported_date) = 2016 and reported_at < timestamp '2016-12-29' and june_rank <= 20
            and (month(reported_date) = 6 or covers_june) then june_rank end as june_number
    from candidates
),

ranked as (
    select
        *,
        row_number() over (partition by is_ranked, year(reported_date) order by june_number nulls last, fast_draw, claim_id) as position,
        count(*) filter (is_small and closing_year in (2015, 2016)) over (partition by closing_year) as closed_in_year
    from picked
)

select
    * exclude (speed),
    case
        when not is_ranked then speed
        when position <= round(case year(reported_date) when 2016 then 0.43 else 0.33 end
            * countable(closed_in_year, case year(reported_date) when 2016 then 0.43 else 0.33 end, 0.0049)) then 'fast'
        else speed
    end as speed,
    -- What is over the countable number is settled just above the band.
    is_ranked and closed_in_year - countable(closed_in_year, case year(reported_date) when 2016 then 0.43 else 0.33 end, 0.0049)
    > row_number() over (partition by is_ranked, year(reported_date) order by june_number nulls first, fast_draw desc, claim_id) - 1 as leaves_band
from ranked;
