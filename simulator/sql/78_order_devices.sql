-- Where each policy, micro covers apart, was quoted and entered: account, device, address of the network, region of the holder.
create macro opaque(text) as (left(md5(getvariable('seed')::varchar || '/' || (text)), 16));

create table world.order_device as
with sales as (
    select
        policy.policy_id,
        policy.policy_number,
        policy.person_id,
        policy.application_date,
        policy.issue_date,
        policy.is_long_term,
        policy.channel_code,
        policy.organisation_code,
        policy.intermediary_code,
        policy.employee_code,
        organisation.region_code,
        channel.channel_group,
        planted_policy.case_number,
        row_number() over (partition by planted_policy.case_number order by policy.policy_id) as case_member,
        case
            when planted_policy.case_number is not null then 'self'
            when not policy.is_long_term or uniform('insured', policy.policy_id) < 0.62 then 'self'
            when uniform('insured', policy.policy_id) < 0.75 then 'spouse'
            when uniform('insured', policy.policy_id) < 0.96 then 'child'
            else 'parent'
        end as drawn_relation
    from world.policy
    inner join world.organisation on organisation.organisation_code = policy.organisation_code
    inner join world.channel on channel.channel_code = policy.channel_code
    left join world.planted_policy on planted_policy.planted_number = policy.planted_number
    where not policy.is_micro
),

-- Ordinary salespersons never sell a tenth of a quarter's policies to children for their parents.
ranked as (
    select
        *,
        row_number() over (partition by employee_code, date_trunc('quarter', issue_date), drawn_relation order by policy_id) as relation_rank,
        count(*) over (partition by employee_code, date_trunc('quarter', issue_date)) as quarter_policies
    from sales
),

-- Whose account, device and network an order comes from; the cases of rule CR22 come from the company's.
placed as (
    select
        *,
        case
            when case_number = 9011 and case_member <= 3 then 'parent'
            when case_number = 9012 and case_member <= 2 then 'parent'
            when drawn_relation = 'parent' and employee_code is not null and relation_rank > 0.1 * quarter_policies then 'self'
            else drawn_relation
        end as insured_relation,
        case
            when case_number = 22002 then 'company'
            when channel_group = 'online' then 'customer'
            when channel_group = 'direct' then 'company'
            when channel_group = 'bancassurance' or intermediary_code is not null then 'intermediary'
            else 'salesperson'
        end as device_owner,
        case
            when case_number = 22004 then 'direct'
            when channel_group = 'online' and intermediary_code is null then 'online'
            when channel_group = 'direct' then 'direct'
            when intermediary_code is not null then 'intermediary'
            else 'agent'
        end as quote_source,
        case case_number
            when 22001 then (select min(employee_code) from world.employee where employee_type = 'agent' and channel_code = 'DIRECT' and left_date is null)
            when 22007 then (select min(employee_code) from world.employee where employee_type = 'office' and left_date is null)
            else case when channel_group <> 'online' then employee_code end
        end as login_employee_code
    from ranked
)

select
    *,
    case
        when case_number = 4001 then '120000'
        when case_number = 4003 then '110108'
        when case_number = 4006 then '650000'
        when channel_group = 'online' then chosen('home_region', person_id, ['110000', '140000', '310000', '320000', '330000', '350000', '370000', '440000', '440000', '510000'])
        when uniform('home_city', person_id) < 0.3 then left(region_code, 2) || lpad(whole('home_city_code', person_id, 1, 9)::varchar, 2, '0') || '00'
        else region_code
    end as applicant_region_code,
    opaque('device/' || device_owner || '/' || case device_owner
        when 'company' then organisation_code || (policy_id % 3)::varchar
        when 'intermediary' then coalesce(intermediary_code, 'none') || organisation_code || (policy_id % 8)::varchar
        when 'salesperson' then coalesce(employee_code, organisation_code)
        else person_id::varchar end) as device_token,
    opaque('network/' || case
        when case_number = 22003 then 'company/' || organisation_code
        when device_owner = 'company' and coalesce(case_number, 0) <> 22002 then 'company/' || organisation_code
        when device_owner in ('intermediary', 'company') then 'intermediary/' || coalesce(intermediary_code, 'none') || organisation_code || (policy_id % 5)::varchar
        when device_owner = 'salesperson' then 'salesperson/' || coalesce(employee_code, organisation_code) || (policy_id % 4)::varchar
        else 'home/' || (person_id // 2)::varchar end) as network_token
from placed;

create table delivery.compliance__order_device as
select delivered_yearly(issue_date) as dt, policy_number, application_date, applicant_region_code, insured_relation, quote_source, login_employee_code, device_owner,
    device_token, network_token
from world.order_device;
