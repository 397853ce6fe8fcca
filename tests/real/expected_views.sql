-- What several queries of expected/ have in common, straight from the source files and without the mapping.

-- Spanish claims. The 132 repeated rows are one claim each; the cost of the year finds the policy year, the earlier one of two.
create table spanish_claims as
    select distinct_rows.*, min(years.Date_last_renewal) as reported, min(years.Date_next_renewal) as settled
    from (select distinct * from segura_motor.claim_by_type) as distinct_rows
    join segura_motor.policy_year as years
        on distinct_rows.ID = years.ID and distinct_rows.Cost_claims_year = years.Cost_claims_year
    group by all;

-- Spanish terms: every year seen, and the twelve months after the start of a policy that began more than half a year before it is
-- first seen. A policy is of the area of its first year seen, and its one dated lapse may stand in any of its rows.
create table spanish_terms as
    with policies as (
        select
            ID, min(Date_last_renewal) as first_seen, min(Date_start_contract) as started, max(Date_lapse) as lapsed,
            arg_min(Area, Date_last_renewal) as area, arg_min(cast(Premium as decimal(18, 2)), Date_last_renewal) as first_premium
        from segura_motor.policy_year
        group by ID
    )
    select
        years.ID, years.Date_last_renewal as term_start, years.Date_next_renewal as term_end,
        cast(years.Premium as decimal(18, 2)) as premium,
        policies.lapsed, policies.area, policies.first_premium, least(policies.started, policies.first_seen) as issued,
        years.Date_last_renewal > policies.first_seen or policies.first_seen - policies.started > 365.25 / 2 as is_renewal
    from segura_motor.policy_year as years
    join policies on years.ID = policies.ID
    union all
    select ID, started, cast(started + interval 1 year as date), first_premium, lapsed, area, first_premium, started, false
    from policies
    where first_seen - started > 365.25 / 2;

-- Spanish terms that fall due for renewal: no lapse by then, followed or not by another year at most 30 days later, with or without
-- a claim in the year that ends.
create table spanish_dues as
    select distinct
        spanish_terms.ID, spanish_terms.term_end as due, spanish_terms.term_start,
        exists (
            from segura_motor.policy_year as later
            where later.ID = spanish_terms.ID and later.Date_next_renewal > spanish_terms.term_end
                and later.Date_last_renewal <= spanish_terms.term_end + 30
        ) as is_renewed,
        exists (
            from spanish_claims as claims
            where claims.ID = spanish_terms.ID and claims.reported >= spanish_terms.term_end - interval 1 year
                and claims.reported < spanish_terms.term_end
        ) as has_claim
    from spanish_terms
    where coalesce(lapsed > term_end, true);

-- American whole life with annual premium issued before March 2005: no numbers, durations in quarters.
create view american_lives as
    select
        row_number() over () as life_number, "issue.date" as issued, "termination.cause" as cause,
        "issue.date" + cast(round(duration * 365.25 / 4) as integer) as ended
    from life_lapse.uslapseagent
    where "premium.frequency" = 'Annual' and "issue.date" < date '2005-03-01';

-- European unit-linked policies issued before 2003.
create view european_lives as
    select
        "policy.ID" as life_number, "issue.date" as issued, "lapse.reason" as cause, "termination.date" as ended,
        cast("risk.premium" as decimal(18, 2)) as risk, cast("saving.premium" as decimal(18, 2)) as saved
    from life_lapse."eusavingULnoPS"
    where year("issue.date") < 2003;

-- French motor policies that channel B ever sold; the year has no dates. Of rows with one claim number the first stands.
create view french_years as
    select IDpol, cast(Year as integer) as year_number, cast(PremTot as decimal(18, 2)) as premium
    from fremotor1.fremotor1prem0304a
    where IDpol in (select IDpol from fremotor1.fremotor1prem0304a where Channel = 'B');
create view french_claims as
    select distinct on (IDclaim) *
    from fremotor1.fremotor1sev0304a
    where IDpol in (select IDpol from french_years)
    order by OccurDate, IDpol;

-- Stretches of cover of all insurers, up to the day before cover_end; null is not ended as far as the source says.
create table covers as
    select
        if(area = 0, 'SEGURA_RURAL', 'SEGURA_URBAN') as organisation_code, 'S' || ID as customer, term_start as cover_start,
        least(term_end, lapsed) as cover_end, first_premium as premium, 'motor' as line
    from spanish_terms
    where coalesce(lapsed > term_start, true)
    union all
    select 'USLIFE', 'U' || life_number, issued, if(cause = 'in-force', null, ended), 1, 'annual life' from american_lives
    union all
    select 'EULINK', 'E' || life_number, issued, if(cause = 'In force', null, ended), risk + saved, 'single life' from european_lives
    union all
    select 'FREMOTOR', 'F' || IDpol, make_date(year_number, 1, 1), make_date(year_number + 1, 1, 1), premium, 'motor' from french_years;

-- Every customer ever covered, at the ends of 2016 to 2018, with the stage of the life cycle. The days a policy was issued or
-- renewed are all that is heard of a customer; a renewal counts although the cover lapsed before it.
create table customer_stages as
    with ends as (
        select make_date(year_number, 12, 31) as seen_on from range(2016, 2019) as years(year_number)
    ),
    stretches as (
        select *, max(coalesce(cover_end, date '9999-12-31')) over earlier as ended_before
        from covers
        window earlier as (partition by customer order by cover_start rows between unbounded preceding and 1 preceding)
    ),
    begun as (
        select *, sum(if(ended_before >= cover_start, 0, 1)) over (partition by customer order by cover_start) as period
        from stretches
    ),
    periods as (
        select
            customer, min(cover_start) as started, max(coalesce(cover_end, date '9999-12-31')) as ended, any_value(line) as line,
            lag(max(coalesce(cover_end, date '9999-12-31'))) over (partition by customer order by min(cover_start)) as ended_before,
            min(min(cover_start)) over (partition by customer) as first_started
        from begun
        group by customer, period
    ),
    touches as (
        select 'S' || ID as customer, if(is_renewal, term_start, issued) as touched from spanish_terms
        union all
        select customer, cover_start from covers where organisation_code not like 'SEGURA%'
    ),
    last_touches as (
        select ends.seen_on, touches.customer, max(touches.touched) as touched
        from ends
        join touches on touches.touched <= ends.seen_on
        group by all
    ),
    latest as (
        select ends.seen_on, periods.*
        from ends
        join periods on periods.started <= ends.seen_on
        qualify row_number() over (partition by ends.seen_on, periods.customer order by periods.started desc) = 1
    )
    select
        latest.seen_on, latest.customer,
        case
            when ended <= latest.seen_on and latest.seen_on - ended < 179 then 'at risk'
            when ended <= latest.seen_on then 'lost'
            when latest.seen_on - first_started <= 90 then 'new'
            when started - ended_before >= 180 and latest.seen_on - started <= 180 then 'won back'
            when latest.seen_on - last_touches.touched >= 180 then 'silent'
            when first_started + interval 36 months <= latest.seen_on then 'mature'
            else 'growing'
        end as stage
    from latest
    left join last_touches on latest.customer = last_touches.customer and latest.seen_on = last_touches.seen_on;

-- Calls that asked for an agent; phantom calls, and calls that hung up without having queued, asked for nobody. All of them by month,
-- quarter and year, by day of the first week, and by the organisation.
create table asked_calls as
    with known as (
        select
            cast(strptime(date, '%y%m%d') as date) as called_on, cast(q_time as integer) as waited, cast(ser_time as integer) as served,
            ser_start <> '0:00:00' and outcome = 'AGENT' as is_answered
        from technion_calls.calls_1999_02_text
        where outcome = 'AGENT' or (outcome = 'HANG' and q_start <> '0:00:00')
    )
    select 'month' as grain, date_trunc('month', called_on) as period_start_date, null as organisation_code, * from known
    union all
    select 'quarter', date_trunc('quarter', called_on), null, * from known
    union all
    select 'year', date_trunc('year', called_on), null, * from known
    union all
    select 'day', called_on, null, * from known where day(called_on) <= 7
    union all
    select 'month', date_trunc('month', called_on), 'BANK', * from known;

-- American policies observed a number of months after their issue, and the month that reports them: the first that begins when the
-- last policy of the month of issue has had its 60 days. Those ended by death until then are left out.
create table american_persistency as
    with observed as (
        select *, issued + to_months(months - 1) as due
        from american_lives, (values (13), (25), (37), (61)) as rules(months)
    ),
    judged as (
        select *, last_day(due) + 60 as last_day_of_grace, ended > due + interval 60 days as is_kept
        from observed
        where cause <> 'death' or ended > due + interval 60 days
    )
    select
        months,
        cast(date_trunc('month', last_day_of_grace + interval 1 month - interval 1 day) as date) as reported,
        is_kept
    from judged;

-- Scores of borrowers under the approved card, whose points are the project's: all but those with codes 96 and 98 or below 18.
create table scored_borrowers as
    with known as (
        select
            row_id, SeriousDlqin2yrs = 1 as is_bad,
            unnest([
                {'code': 'age', 'number': age},
                {'code': 'monthly_income_amount', 'number': cast(MonthlyIncome as decimal(18, 2))},
                {'code': 'revolving_utilisation_ratio', 'number': RevolvingUtilizationOfUnsecuredLines},
                {'code': 'past_due_30_59_count', 'number': "NumberOfTime30-59DaysPastDueNotWorse"},
                {'code': 'past_due_60_89_count', 'number': "NumberOfTime60-89DaysPastDueNotWorse"},
                {'code': 'past_due_90_count', 'number': NumberOfTimes90DaysLate},
                {'code': 'long_term_policy_count', 'number': null}
            ]) as attribute
        from give_me_some_credit.cs_training
        where NumberOfTimes90DaysLate < 96 and age >= 18
    )
    select known.row_id, any_value(known.is_bad) as is_bad, any_value(card.base_points) + sum(points.points) as score
    from known
    cross join seeds.scorecard_versions as card
    join seeds.scorecard_points as points
        on known.attribute.code = points.attribute_code
        and if(
            known.attribute.number is null, points.is_missing_bin,
            not points.is_missing_bin and known.attribute.number >= coalesce(points.lower_bound, -1e9)
            and known.attribute.number < coalesce(points.upper_bound, 1e9)
        )
    group by known.row_id;

-- Spanish premium by year and by quarter, with the channel in which its policy was sold in the first year seen (0 agents, 1 brokers).
create table spanish_channel_premiums as
    select
        unnest([
            {'grain': 'year', 'start': date_trunc('year', Date_last_renewal)},
            {'grain': 'quarter', 'start': date_trunc('quarter', Date_last_renewal)}
        ]) as period,
        cast(Premium as decimal(18, 2)) as premium,
        first_value(Distribution_channel) over (partition by ID order by Date_last_renewal) as channel
    from segura_motor.policy_year;

-- What each policy in force at the end of 2016 to 2018 is still worth, under the proposals of the seeds product_lines and member_parameters.
create table lifetime_values as
    with ends as (
        select make_date(y, 1, 1) as period_start_date, make_date(y, 12, 31) as period_end from range(2016, 2019) as years(y)
    ),

    -- two terms of a policy may overlap by some days
    held as (
        select distinct ends.period_end, covers.customer, covers.premium, covers.line
        from ends
        join covers on covers.cover_start <= ends.period_end and coalesce(covers.cover_end > ends.period_end, true)
    ),

    -- margin and yearly retention of a line, discounted at 10 % for the ten years ahead; nothing comes after a single premium
    factors as (
        select line, cast(margin * sum(pow(retention / 1.1, years_ahead)) as decimal(18, 8)) as factor
        from (values ('motor', 0.05, 0.75), ('annual life', 0.15, 0.92)) as lines(line, margin, retention)
        cross join range(1, 11) as ahead(years_ahead)
        group by line, margin
    ),

    -- five yuan a year from what else a customer buys, less his service, while nine of ten stay
    beside as (
        select cast(5 * sum(pow(0.9 / 1.1, years_ahead)) as decimal(18, 2)) as amount from range(1, 11) as ahead(years_ahead)
    )

    select ends.period_start_date, round(coalesce(held.premium * factors.factor, 0), 2) + beside.amount as amount
    from ends
    join held using (period_end)
    left join factors on held.line = factors.line
    cross join beside;
