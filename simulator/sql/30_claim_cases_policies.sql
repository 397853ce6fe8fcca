-- The policies of the planted claims enter the books: each a copy of an ordinary one under its own number, dates and amounts.
insert into world.policy by name
select policy.* replace (
    fraud_policy.policy_id as policy_id,
    true as is_planted,
    upper(left(policy.product_line, 2)) || strftime(fraud_policy.effective_date - 1, '%Y%m') || lpad(((fraud_policy.policy_id * 7368787 + 99) % 1000000000)::varchar, 9, '0') as policy_number,
    coalesce(employee.organisation_code, fraud_policy.organisation_code, policy.organisation_code) as organisation_code,
    place.branch_code as branch_code,
    -- Whoever sold the template may have come later: the head of the post was there all the time.
    coalesce(employee.employee_code, case when policy.employee_code is not null then head.employee_code end) as employee_code,
    coalesce(employee.channel_code, policy.channel_code) as channel_code,
    -- Cases 1303 and 1304 are insured at 10 in the morning of the day of the loss, 1305 on the day itself.
    fraud_policy.effective_date - (fraud_policy.case_number not between 1303 and 1305)::integer as application_date,
    fraud_policy.effective_date - (fraud_policy.case_number not between 1303 and 1305)::integer as issue_date,
    day_start(fraud_policy.effective_date - (fraud_policy.case_number not between 1303 and 1305)::integer) + interval 10 hour as issued_at,
    fraud_policy.effective_date as effective_date,
    (fraud_policy.effective_date + interval 1 year - interval 1 day)::date as expiry_date,
    case fraud_policy.line when 'M' then 3000 + fraud_policy.member * 10 when 'A' then case when fraud_policy.agent_number is null then 500 else 200 end else 900 end::decimal(18, 2) as premium_amount,
    case when fraud_policy.line = 'A' then 300000 else policy.sum_insured_amount end::decimal(18, 2) as sum_insured_amount
)
from world.fraud_policy
inner join world.policy on policy.policy_id = fraud_policy.template_id
left join world.fraud_agent on fraud_agent.agent_number = fraud_policy.agent_number
left join world.employee on employee.employee_id = fraud_agent.employee_id
inner join world.organisation_place as place
    on place.organisation_code = coalesce(employee.organisation_code, fraud_policy.organisation_code, policy.organisation_code)
left join world.agent_post as head
    on head.branch_code = place.branch_code and head.channel_code = policy.channel_code and head.position = 1;

insert into world.policy_fate by name
select policy_fate.* replace (
    fraud_policy.policy_id as policy_id, null::date as free_look_date, null::date as surrender_date, null::date as death_date,
    null::date as missed_due_date, null::date as lapse_date, null::date as reinstated_date,
    (fraud_policy.effective_date + interval 1 year)::date as first_stop
)
from world.fraud_policy
inner join world.policy_fate on policy_fate.policy_id = fraud_policy.template_id;

insert into world.cover by name
select policy.policy_id, policy.expiry_date, policy.expiry_date as end_date
from world.fraud_policy
inner join world.policy on policy.policy_id = fraud_policy.policy_id;

insert into world.premium by name
select premium.* replace (
    'R' || strftime(policy.issue_date, '%Y%m%d') || lpad(((policy.policy_id * 1000 * 7919 + 13) % 1000000000000)::varchar, 12, '0') as payment_number,
    policy.policy_id * 1000 as payment_id,
    policy.policy_id as policy_id,
    policy.policy_number as policy_number,
    policy.organisation_code as organisation_code,
    policy.channel_code as channel_code,
    policy.effective_date as due_date,
    policy.issue_date as accounting_date,
    policy.premium_amount as premium_amount,
    'quick_pay' as payment_method
)
from world.fraud_policy
inner join world.policy on policy.policy_id = fraud_policy.policy_id
inner join world.premium on premium.payment_id = fraud_policy.template_id * 1000;

insert into world.policy_delivery by name
select policy_delivery.* replace (
    policy.policy_id as policy_id, policy.policy_number as policy_number, policy.issue_date as issue_date,
    null::date as printed_date, policy.issue_date as sent_date, null::date as received_date, policy.issue_date as signed_date, true as is_self_signed
)
from world.fraud_policy
inner join world.policy on policy.policy_id = fraud_policy.policy_id
inner join world.policy_delivery on policy_delivery.policy_id = fraud_policy.template_id;

-- Copies of the templates' deliveries, so that columns added by other steps come along.
insert into delivery.policy_admin__policy by name
select sent.* replace (
    delivered_on(policy.issue_date) as dt, policy.policy_number as policy_number, policy.organisation_code as organisation_code,
    policy.channel_code as channel_code, policy.employee_code as employee_code, policy.application_date as application_date,
    policy.issued_at as issued_at, policy.issue_date as issue_date, policy.effective_date as effective_date, policy.expiry_date as expiry_date,
    policy.premium_amount as premium_amount, policy.sum_insured_amount as sum_insured_amount
)
from world.fraud_policy
inner join world.policy on policy.policy_id = fraud_policy.policy_id
inner join world.policy as template on template.policy_id = fraud_policy.template_id
inner join delivery.policy_admin__policy as sent on sent.policy_number = template.policy_number;

insert into delivery.policy_admin__premium_payment by name
select sent.* replace (
    delivered_on(premium.accounting_date) as dt, premium.payment_number as payment_number, premium.policy_number as policy_number,
    premium.due_date as due_date, premium.accounting_date as accounting_date, premium.premium_amount as premium_amount, premium.payment_method as payment_method
)
from world.fraud_policy
inner join world.premium on premium.policy_id = fraud_policy.policy_id
inner join world.premium as template on template.payment_id = fraud_policy.template_id * 1000
inner join delivery.policy_admin__premium_payment as sent on sent.payment_number = template.payment_number;

insert into delivery.policy_admin__policy_delivery by name
select sent.* replace (
    delivered_on(policy.issue_date) as dt, policy.policy_number as policy_number, policy.issue_date as issue_date, null::date as printed_date,
    policy.issue_date as sent_date, null::date as received_date, policy.issue_date as signed_date, true as is_self_signed
)
from world.fraud_policy
inner join world.policy on policy.policy_id = fraud_policy.policy_id
inner join world.policy as template on template.policy_id = fraud_policy.template_id
inner join delivery.policy_admin__policy_delivery as sent on sent.policy_number = template.policy_number
qualify row_number() over (partition by policy.policy_number order by sent.dt) = 1;
