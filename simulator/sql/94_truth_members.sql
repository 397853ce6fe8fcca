-- What was planted among pages, coupons, accounts and identities. Never loaded.
insert into truth.planted_cases
select
    'CR43', cases.case_number, cases.case_kind, cases.severity, 'page', page.page_code, page.organisation_code, coalesce(page.published_date, page.built_date), cases.explanation,
    page.page_code
from (
    values
    (4301, 'fire', 'red', 'campaign page online without a consumer-protection review'), (4302, 'fire', 'red', 'product page reviewed, but online without compliance approval'),
    (4303, 'fire', 'red', 'material shown with neither number'), (4304, 'silent', null, 'boundary: reviewed on the day it went online'),
    (4305, 'silent', null, 'near miss: neither number, but not online yet')
) as cases(case_number, case_kind, severity, explanation)
inner join world.page on page.case_number = cases.case_number;

-- Cases of warnings that belong to a metric, not to a compliance rule. A coupon warning asks for ten redemptions of a customer
-- within thirty days, a limit warning for 90 % of the limit, a fund warning for more than 10,000 yuan redeemed at once on a day,
-- a break warning for more than two days open.
create table truth.metric_cases as
select
    cases.metric_code,
    cases.case_number,
    cases.case_kind,
    cases.severity,
    'account' as subject_kind,
    account.account_number as subject_code,
    account.customer_id,
    as_of() as business_date,
    cases.explanation
from (
    values
    ('coupon_redemption_rate', 1, 9, 'fire', 'red', 'one customer redeems 26 red packets on two days'),
    ('coupon_redemption_rate', 2, 10, 'fire', 'red', 'boundary: ten red packets within thirty days'),
    ('coupon_redemption_rate', 3, 11, 'silent', null, 'boundary: nine red packets within thirty days'),
    ('coupon_redemption_rate', 4, 12, 'silent', null, 'near miss: fifteen coupons within a month, none redeemed'),
    ('account_limit_usage', 11, 1, 'fire', 'yellow', 'near miss: 99,990 of 100,000 yuan a year, below the limit'),
    ('account_limit_usage', 12, 2, 'fire', 'yellow', 'boundary: exactly 100,000 of 100,000, and the next payment was refused'),
    ('account_limit_usage', 13, 3, 'fire', 'yellow', 'boundary: exactly 200,000 of 200,000'),
    ('account_limit_usage', 14, 4, 'silent', null, 'near miss: 179,910 of 200,000 is below nine tenths'),
    ('money_fund_net_transfer', 21, 5, 'silent', null, 'boundary: 4,000 and 6,000 yuan redeemed at once on one day'),
    ('money_fund_net_transfer', 22, 6, 'silent', null, 'near miss: 6,000 redeemed at once, another 5,000 refused'),
    ('money_fund_net_transfer', 23, 7, 'silent', null, 'near miss: 15,000 redeemed to the next working day'),
    ('money_fund_net_transfer', 24, 8, 'fire', 'red', 'boundary: 10,000.01 redeemed at once')
) as cases(metric_code, case_number, actor_number, case_kind, severity, explanation)
inner join world.account_actor on account_actor.actor_number = cases.actor_number
inner join world.account on account.customer_id = account_actor.customer_id
union all
select 'account_limit_usage', 0, 'fire', 'yellow', 'account', account_number, customer_id, as_of(), 'nine tenths of the limit used in the ordinary course'
from world.account_balance
where balance_date = as_of() and (balance > 0 or fund_fen > 0 or paid_in_year > 0)
    and case account_class when 'I' then paid_ever else paid_in_year end >= 90 * limit_of(account_class)
    and customer_id not in (select customer_id from world.account_actor)
union all
select
    'reconciliation_break_amount', 31, case when break_kind = 'unknown_order' then 'fire' else 'silent' end, case when break_kind = 'unknown_order' then 'red' end,
    'reconciliation_case', case_number, null, order_date,
    case when break_kind = 'unknown_order' then 'open for nine days' when cleared_date is null then 'boundary: open, two days old at most' else 'near miss: took five days, cleared' end
from world.reconciliation_case
where opened_date <= as_of() and (cleared_date is null or cleared_date > order_date + 3);

-- Which unified number a record should carry, and what went wrong where it does not.
create table truth.identity_links as
select customer_id, company_code, person_id, link_kind, unified_number, right_number from world.identity_link;
