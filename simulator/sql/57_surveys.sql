-- Surveys after a touchpoint, and inquiries of property customers who dispute what they were told.
create table world.survey as
with touchpoints(touchpoint, company_type, yearly, satisfied_2014, satisfied_2022, promoters, channels) as (
    values
    ('policy_purchase', 'life', 260, 0.86, 0.95, 0.52, ['sms', 'wechat', 'wechat', 'app']), ('policy_delivery', 'life', 150, 0.84, 0.96, 0.50, ['sms', 'wechat', 'phone']),
    ('policy_servicing', 'life', 200, 0.82, 0.94, 0.46, ['counter', 'wechat', 'app']), ('contact_centre', 'life', 320, 0.83, 0.95, 0.48, ['phone', 'phone', 'wechat']),
    ('claim_callback', 'life', 60, 0.85, 0.95, 0.55, ['phone']), ('policy_purchase', 'property', 180, 0.84, 0.94, 0.44, ['sms', 'wechat', 'app']),
    ('claim_callback', 'property', 240, 0.83, 0.945, 0.47, ['phone', 'phone', 'phone', 'wechat']), ('contact_centre', 'property', 150, 0.82, 0.94, 0.42, ['phone', 'wechat']),
    ('account_service', 'account', 130, 0.80, 0.93, 0.40, ['app', 'app', 'wechat'])
),

-- Branches ask, and the companies where there are none; a survey takes few answers in its first years.
organisations as (
    select organisation_code, company_type, 1.0 / count(*) over (partition by company_type) as share
    from world.organisation
    where company_type in ('life', 'property', 'account') and (
        organisation_level >= 2 or company_type not in (select company_type from world.organisation where organisation_level >= 2)
    )
),

years as (
    select year(day) as survey_year, min(day) as first_of_year, count(*) as days from world.calendar group by survey_year
),

-- The Xiamen branch called 200 claimants of the demo group back in 2017: a multiple of twenty at any size.
cells as (
    select
        touchpoints.*,
        organisations.organisation_code,
        organisations.share,
        years.*,
        organisations.organisation_code like '%\_XM' escape '\' and touchpoint = 'claim_callback' and survey_year = 2017 as is_xiamen,
        row_number() over (order by years.survey_year, organisations.organisation_code, touchpoints.touchpoint) as cell_number
    from touchpoints
    inner join organisations on organisations.company_type = touchpoints.company_type
    cross join years
),

answers as (
    select
        *,
        cell_number * 10000 + unnest(range(case when is_xiamen then 20 * greatest(1, (sized(200) / 20)::bigint)
            else round(getvariable('size') * yearly * share * clamped(0.25 + 0.12 * (survey_year - 2014), 0.25, 1.2) * days / 365 + uniform('survey_cell', cell_number))::bigint end)) as survey_id
    from cells
),

-- Satisfied share rises over the years; branches differ by some points. In Xiamen exactly 95 in a hundred were satisfied.
felt as (
    select
        *,
        case
            when is_xiamen then row_number() over (partition by is_xiamen order by uniform('satisfied', survey_id)) <= round(0.95 * count(*) over (partition by is_xiamen))
            else uniform('satisfied', survey_id) < clamped(
                satisfied_2014 + (satisfied_2022 - satisfied_2014) * (survey_year - 2014) / 8 + 0.02 * normal('survey_branch', cell_number % 97), 0.5, 0.99)
        end as is_satisfied,
        uniform('promotes', survey_id) as promotes,
        uniform('survey_day', survey_id) as day_draw
    from answers
)

select
    'Y' || survey_year || lpad(survey_id::varchar, 10, '0') as response_number,
    survey_id,
    touchpoint,
    organisation_code,
    chosen('survey_channel', survey_id, channels) as survey_channel,
    first_of_year + floor(day_draw * days)::integer as responded_date,
    day_start(first_of_year + floor(day_draw * days)::integer) + to_seconds((30000 + floor(45000 * uniform('survey_time', survey_id)))::bigint) as responded_at,
    case when company_type = 'account' then 'PAY' when company_type = 'life' then 'LIFE' else 'PROP' end as company_code,
    case when is_satisfied then case when uniform('very', survey_id) < 0.68 then 5 else 4 end else chosen('unsatisfied', survey_id, [3, 3, 3, 2, 2, 1]) end::integer as satisfaction_score,
    -- Who is satisfied recommends; of them half to three in four are promoters. Not everybody answers the second question.
    case when uniform('second_question', survey_id) < 0.88 then case
        when is_satisfied and promotes < promoters + 0.12 then 9 + (promotes < 0.45 * promoters)::integer
        when is_satisfied then 7 + (promotes < promoters + 0.30)::integer - 3 * (promotes > 0.97)::integer
        else whole('detracts', survey_id, 0, 7) end end::integer as recommendation_score
from felt;

create table delivery.contact_centre__survey_response as
with known as (
    select
        survey.*,
        case when uniform('survey_known', survey_id) < 0.8 then 1 + floor(customer_count.natural_records * uniform('survey_customer', survey_id))::bigint end as customer_rank
    from world.survey
    left join world.customer_count on customer_count.company_code = survey.company_code
)

select
    delivered_quarterly(responded_date) as dt, response_number, touchpoint, known.organisation_code, customer_record.customer_id, survey_channel, responded_at, responded_date,
    satisfaction_score, recommendation_score
from known
left join world.customer_record on customer_record.company_code = known.company_code and customer_record.rank_in_company = known.customer_rank;

create table world.inquiry_dispute as
with wishes as (
    select unnest(range(sized(640))) as dispute_id
),

dated as (
    select wishes.dispute_id, demand.day as received_date
    from (select dispute_id, uniform('dispute_day', dispute_id) as share from wishes) as wishes
    asof inner join (select * from world.demand where kind = 'service') as demand on wishes.share >= demand.share_before
),

-- Handled within a week as a rule; one in fifty rests for weeks, until two years ago one in sixty for good.
handled as (
    select
        *,
        uniform('dispute_slow', dispute_id) as slow_draw,
        received_date + whole('dispute_days', dispute_id, 0, 6)::integer + case when uniform('dispute_slow', dispute_id) < 0.02 then whole('dispute_rests', dispute_id, 12, 50) else 0 end::integer as handled_date
    from dated
)

select
    'I' || strftime(received_date, '%Y%m%d') || lpad(dispute_id::varchar, 6, '0') as dispute_number,
    dispute_id,
    branch_range.organisation_code,
    chosen('dispute_topic', dispute_id, ['claim', 'claim', 'claim', 'underwriting', 'underwriting', 'premium_refund']) as dispute_topic,
    chosen('dispute_channel', dispute_id, ['web', 'phone', 'phone', 'wechat', 'counter']) as inquiry_channel,
    received_date,
    case when not (slow_draw > 0.984 and received_date < as_of() - 730) then handled_date end as handled_date,
    case when slow_draw < 0.3 then 'corrected' when slow_draw < 0.9 then 'explained' else 'rejected' end as final_outcome
from handled
inner join world.branch_range
    on branch_range.company_code = 'PROP' and uniform('dispute_branch', dispute_id) >= branch_range.share_from and uniform('dispute_branch', dispute_id) < branch_range.share_to;

create table delivery.contact_centre__inquiry_dispute as
with changes as (
    select dispute_id, unnest([received_date, handled_date]) as happened from world.inquiry_dispute
),

versions as (
    select distinct dispute_id, delivered_quarterly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt, dispute_number, organisation_code, dispute_topic, inquiry_channel, received_date,
    case when handled_date <= versions.dt then handled_date end as handled_date, case when handled_date <= versions.dt then final_outcome end as handling_outcome
from versions
inner join world.inquiry_dispute on inquiry_dispute.dispute_id = versions.dispute_id;
