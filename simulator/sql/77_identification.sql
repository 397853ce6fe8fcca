-- Identification of customers at business that requires it, and at business not far below. Rule CR40 asks for it from 20,000 of
-- cash premium, 200,000 of transfer, 10,000 of refund.
create table world.identification as
with business as (
    select
        payment_id as draw_id, 'premium_' || payment_method as business_kind, payment_number as business_number, policy_number, customer_id, organisation_code, planted_number,
        premium_amount as business_amount, accounting_date as occurred_date,
        premium_amount >= case payment_method when 'cash' then 20000 else 200000 end as is_required
    from world.premium
    where company_code = 'LIFE' and ((payment_method = 'cash' and premium_amount >= 8000) or (payment_method = 'transfer' and premium_amount >= 80000))
    union all
    select 70000000000 + request.policy_id, 'surrender', request.request_number, request.policy_number, request.customer_id, request.organisation_code, policy.planted_number,
        request.refund_amount, request.completed_date, request.refund_amount >= 10000
    from world.servicing_request as request
    inner join world.policy on policy.policy_id = request.policy_id
    where policy.company_code = 'LIFE' and request.servicing_type = 'surrender' and not request.is_withdrawn and request.refund_amount >= 5000
        and request.completed_date <= as_of()
),

-- Six in a thousand are never identified, one in a hundred lacks documents, as many are identified days later.
drawn as (
    select
        business.*,
        planted_policy.case_number,
        case
            when planted_policy.case_number in (40001, 40002, 38002, 38003) and business_kind <> 'surrender' then 'none'
            when planted_policy.case_number in (40003, 40004) then 'none'
            when planted_policy.case_number = 40005 then 'incomplete'
            when planted_policy.case_number is not null then 'complete'
            when uniform('identified', draw_id) < case when is_required then 0.006 else 0.03 end then 'none'
            when uniform('identified', draw_id) < case when is_required then 0.016 else 0.06 end then 'incomplete'
            when uniform('identified', draw_id) < 0.07 then 'late'
            else 'complete'
        end as outcome
    from business
    left join world.planted_policy on planted_policy.planted_number = business.planted_number
)

select
    *,
    case when outcome = 'late' then occurred_date + whole('identified_days', draw_id, 1, 9)::integer when outcome <> 'none' then occurred_date end as identified_date
from drawn;

create table delivery.compliance__customer_due_diligence as
with versions as (
    select distinct business_number, delivered_quarterly(happened) as dt
    from (select business_number, unnest([occurred_date, identified_date]) as happened from world.identification)
    where happened <= as_of()
)

select
    versions.dt,
    'KY' || identification.business_number as diligence_number,
    business_kind,
    identification.business_number,
    policy_number,
    customer_id,
    organisation_code,
    business_amount::decimal(18, 2) as business_amount,
    occurred_date,
    case when identified_date <= versions.dt then identified_date end as identified_date,
    coalesce(identified_date <= versions.dt and outcome in ('complete', 'late'), false) as is_complete
from versions
inner join world.identification on identification.business_number = versions.business_number;
