-- Planted policies are sold by the agent or the agency of their case.
update world.employee set channel_code = 'AGENCY'
where employee_code in (select employee_code from world.planted_agent);

create table world.planted_seller as
select 90000000 + planted_number as policy_id, 'E' || (90000 + agent_number)::varchar as employee_code, intermediary_code
from world.planted_policy
where agent_number is not null or intermediary_code is not null;

update world.policy
set employee_code = coalesce(seller.employee_code, policy.employee_code),
    intermediary_code = coalesce(seller.intermediary_code, policy.intermediary_code)
from world.planted_seller as seller
where seller.policy_id = policy.policy_id;

update delivery.policy_admin__policy as delivered
set employee_code = policy.employee_code, intermediary_code = policy.intermediary_code
from world.policy
inner join world.planted_seller as seller on seller.policy_id = policy.policy_id
where policy.policy_number = delivered.policy_number;
