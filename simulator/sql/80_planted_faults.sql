-- Faults of delivery: bad rows, a late file, a corrected file, a claim that comes before its policy. The day of each is the
-- last one with a delivery at or before the day named.
alter table delivery.policy_admin__policy add column planted_fault varchar;
alter table delivery.policy_admin__premium_payment add column planted_fault varchar;
alter table delivery.claims__claim add column planted_fault varchar;
alter table delivery.account__payment_order add column planted_fault varchar;
alter table delivery.master_data__customer add column planted_fault varchar;
alter table delivery.contact_centre__complaint add column planted_fault varchar;
alter table delivery.contact_centre__contact add column planted_fault varchar;
alter table delivery.contact_centre__contact add column file_stem varchar;
alter table delivery.lending__loan add column planted_fault varchar;

create macro fault_row(wanted, candidates) as table (
    select * from query_table(candidates) where dt <= as_of() - wanted order by dt desc, 2 limit 1
);

-- A claim reaches the landing zone a day before its policy: policy and premium are held back.
create table world.held_back as
select claim.claim_id, claim.claim_number, policy.policy_id, policy.policy_number, claim.reported_date, claim.reported_date + 1 as dt
from world.claim
inner join world.policy on policy.policy_id = claim.policy_id
where policy.issue_date >= date_trunc('month', as_of()) and policy.is_micro and claim.reported_date > as_of() - 16 and claim.reported_date < as_of()
order by claim.claim_id
limit 1;

update delivery.policy_admin__policy set dt = (select dt from world.held_back) where policy_number = (select policy_number from world.held_back);
update delivery.policy_admin__premium_payment set dt = (select dt from world.held_back)
where policy_number = (select policy_number from world.held_back);

insert into delivery.policy_admin__policy
select * replace ('XX' || policy_number as policy_number, 'NO_SUCH_PRODUCT' as product_code, 'unknown_reference' as planted_fault)
from fault_row(14, 'delivery.policy_admin__policy');
insert into delivery.policy_admin__policy
select * replace ('XY' || policy_number as policy_number, null as customer_id, 'required' as planted_fault)
from fault_row(13, 'delivery.policy_admin__policy');
insert into delivery.policy_admin__premium_payment
select * replace ('XX' || payment_number as payment_number, -100.00 as premium_amount, 'below_minimum' as planted_fault)
from fault_row(19, 'delivery.policy_admin__premium_payment');
insert into delivery.claims__claim
select * replace ('XX' || claim_number as claim_number, dt + 30 as reported_date, 'future_date' as planted_fault)
from fault_row(12, 'delivery.claims__claim');
insert into delivery.account__payment_order
select * replace (amount + 0.50 as amount, 'duplicate_key' as planted_fault) from fault_row(10, 'delivery.account__payment_order');
insert into delivery.master_data__customer
select * replace ('XX' || customer_id as customer_id, '=HYPERLINK("http://example.com","看")' as customer_name, 'formula_injection' as planted_fault)
from fault_row(8, 'delivery.master_data__customer');
insert into delivery.contact_centre__complaint
select * replace ('XX' || complaint_number as complaint_number, null as complexity, 'required' as planted_fault)
from fault_row(6, 'delivery.contact_centre__complaint');
insert into delivery.contact_centre__contact
select * replace ('XX' || contact_number as contact_number, 'fax' as platform, 'not_allowed' as planted_fault)
from fault_row(5, 'delivery.contact_centre__contact');
insert into delivery.lending__loan
select * replace ('XX' || loan_number as loan_number, 'XX' as channel_code, 'unknown_reference' as planted_fault) from fault_row(4, 'delivery.lending__loan');

update delivery.contact_centre__contact set file_stem = 'contact_late_' || strftime(contact_date, '%Y%m%d') where contact_date = as_of() - 15;

-- The first version of a file that was corrected: three amounts a hundred times too large. Only the correction lies in landing.
create schema superseded;
create table superseded.policy_admin__premium_payment as
with corrected as (
    select *, row_number() over (order by payment_number) as position
    from delivery.policy_admin__premium_payment
    where dt = (select max(dt) from delivery.policy_admin__premium_payment where dt <= as_of() - 9)
)

select * exclude (position) replace ((case when position <= 3 then 100 * premium_amount else premium_amount end)::decimal(18, 2) as premium_amount) from corrected;
