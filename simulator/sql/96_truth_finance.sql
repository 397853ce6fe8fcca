-- What was planted in finance: the quarters of rule CR05, and faults that no compliance rule looks for.
insert into truth.planted_cases
select
    'CR05', 500 + row_number() over (order by solvency.company_code, solvency.quarters_back), solvency.case_kind, if(solvency.case_kind = 'fire', 'red', null), 'solvency',
    solvency.company_code || '/' || solvency.quarter_end, solvency.company_code, solvency.quarter_end, solvency.explanation,
    solvency.company_code || '/' || solvency.quarter_end
from world.solvency
where solvency.case_kind is not null;

create table truth.finance_faults as
with two_counter_lines as (
    select voucher_number, organisation_code, month_end
    from world.ledger_entry
    where voucher_kind = 'E'
    group by all
    having count(*) filter (side = 2) = 2 and min(month_end) < as_of() - 60
    order by month_end desc, voucher_number
    limit 1
),

outages as (
    select *, row_number() over (order by outage_id) as position from world.system_outage
),

largest_december as (
    select organisation_code, month_end
    from world.expense
    inner join world.company_of using (organisation_code)
    where month(month_end) = 12 and company_of.company_type = 'property' and company_of.organisation_level > 1
    group by all
    order by sum(amount) desc, organisation_code, month_end
    limit 1
)

select
    kind as fault_kind, 'fire' as case_kind, 'voucher' as subject_kind, voucher_number as subject_code, organisation_code, month_end as business_date,
    case kind when 'unit_error' then 'all lines of the voucher are in fen: a hundred times too large, and balanced'
        else 'the bank line is ' || difference_amount || ' too large' end as explanation
from world.ledger_fault
union all
select 'unbalanced', 'silent', 'voucher', voucher_number, organisation_code, month_end, 'near miss: two counter lines that only balance together' from two_counter_lines
union all
select 'unit_error', 'silent', 'voucher', 'JV' || strftime(month_end, '%Y%m') || 'E_' || organisation_code, organisation_code, month_end,
    'near miss: the largest month of a branch, as every December' from largest_december
union all
select 'budget_overrun', case_kind, 'budget', organisation_code || '/' || channel_code || '/' || year_number, organisation_code, make_date(year_number, 12, 31), explanation
from world.budget_case
union all
select 'changed_meaning', 'fire', 'column', 'it/system_incident.priority_code', null, first_delivered_day,
    'from this delivery on P4 is the most urgent and P1 the least; before it was the other way round'
from world.priority_change
union all
select 'long_outage', if(is_planned, 'silent', 'fire'), 'outage', 'OUT' || strftime(started_at, '%Y%m') || lpad(position::varchar, 6, '0'), organisation_code, started_at::date,
    if(is_planned, 'near miss: eleven hours, announced', 'a core system stood still for eleven hours')
from outages
where outage_id >= 900000000;
