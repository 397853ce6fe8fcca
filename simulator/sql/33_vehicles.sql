-- The vehicle of each motor policy. Ordinary old luxury cars are insured for at most 1.05 of their market value; rule FR09 looks for 1.2.
create table world.vehicle as
with drawn as (
    select
        policy.policy_id,
        policy.policy_number,
        policy.issue_date,
        policy.effective_date,
        policy.person_id >= 50000000 as is_company_car,
        fraud_policy.case_number,
        coalesce(fraud_policy.case_number between 901 and 905 and fraud_policy.case_number <> 903, uniform('luxury', policy.policy_id) < 0.09) as is_luxury,
        case when fraud_policy.case_number between 901 and 905 then (policy.effective_date - interval 8 year)::date + (fraud_policy.case_number = 902)::integer
            else policy.effective_date - 20 - floor(4600 * uniform('car_age', policy.policy_id) ** 1.3)::integer end as first_registered_date
    from world.policy
    left join world.fraud_policy on fraud_policy.policy_id = policy.policy_id
    where policy.product_line = 'motor'
),

valued as (
    select
        *,
        -- A car loses 13 % a year.
        1000 * round(case when is_luxury then lognormal('car_value', policy_id, 420, 0.3) else lognormal('car_value', policy_id, 128, 0.35) end
            * 0.87 ** ((effective_date - first_registered_date) / 365.25) + 6) as market_amount
    from drawn
)

select
    *,
    -- The thirteenth and later digits carry a serial number, so that no two cars share a frame number.
    'ZC' || upper(left(md5('frame' || policy_id), 7)) || lpad(policy_id::varchar, 8, '0') as vehicle_frame_number,
    case when is_luxury then chosen('make', policy_id, ['云骏', '海川', '凌岳']) else chosen('make', policy_id, ['远图', '青禾', '江铃鹿', '长屿', '日行']) end as make_name,
    round(market_amount * case when case_number = 904 then 1.19 when case_number between 901 and 905 then 1.20
        else 0.85 + 0.20 * uniform('insured_share', policy_id) end, 2)::decimal(18, 2) as insured_amount,
    -- Four in ten come from another insurer or are new; the others have been with the company for years.
    case when case_number = 905 then (effective_date - interval 1 year)::date
        when case_number is not null or uniform('with_us', policy_id) < 0.4 then effective_date
        else greatest(effective_date - 365 * whole('years_with_us', policy_id, 1, 4)::integer, first_registered_date)::date end as first_insured_date
from valued;

create table delivery.policy_admin__vehicle as
select
    delivered_yearly(issue_date) as dt, policy_number, issue_date, vehicle_frame_number, make_name, is_luxury,
    case when is_company_car then 'company' when uniform('hired_out', policy_id) < 0.04 then 'ride_hailing' else 'private' end as usage_kind,
    first_registered_date, first_insured_date, market_amount::decimal(18, 2) as market_amount, insured_amount
from world.vehicle;
