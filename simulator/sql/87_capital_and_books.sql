-- Capital, purchases of investments, payment of what is owed; then every voucher with its counter lines, and what the ledger is
-- delivered as. Capital is what the company was founded with, and what its owners add when losses have eaten into it.
create table world.quarter_result as
with profits as (
    select company_code, quarter_closing(month_end) as quarter_end, -sum(amount) as profit_amount
    from world.ledger_line
    where account_code like '6%'
    group by all
),

unrealised as (
    select company_code, quarter_closing(month_end) as quarter_end, sum(unrealised_change_amount) as unrealised_amount from world.investment_position group by all
),

reserves as (
    select company_code, quarter_end, sum(gross_amount) as reserve_amount from world.reserve group by all
),

results as (
    select quarter.quarter_end, company.organisation_code as company_code, company.company_type,
        coalesce(profits.profit_amount, 0) as profit_amount,
        coalesce(unrealised.unrealised_amount, 0) as unrealised_amount,
        coalesce(reserves.reserve_amount, 0) as reserve_amount
    from world.organisation as company
    cross join world.accounting_quarter as quarter
    left join profits on profits.company_code = company.organisation_code and profits.quarter_end = quarter.quarter_end
    left join unrealised on unrealised.company_code = company.organisation_code and unrealised.quarter_end = quarter.quarter_end
    left join reserves on reserves.company_code = company.organisation_code and reserves.quarter_end = quarter.quarter_end
    where company.organisation_level <= 1
),

earned as (
    select *, opening_capital(company_type) as founded_amount,
        sum(profit_amount) over running as earned_amount, sum(unrealised_amount) over running as unrealised_total_amount
    from results
    window running as (partition by company_code order by quarter_end)
)

select *,
    greatest(max(round(0.02 * reserve_amount::double - 0.03 * founded_amount - earned_amount::double - unrealised_total_amount::double, -4))
        over (partition by company_code order by quarter_end), 0)::decimal(18, 2) as contributed_amount
from earned;

insert into world.ledger_line
select least(month_end, as_of()), company_code, 'K', '4001', null, null, -amount, '1002', company_code
from (
    select
        if(row_number() over quarters = 1, last_day(date_trunc('quarter', quarter_end)), quarter_end) as month_end,
        company_code,
        (if(row_number() over quarters = 1, founded_amount, 0) + contributed_amount - coalesce(lag(contributed_amount) over quarters, 0))::decimal(18, 2) as amount
    from world.quarter_result
    window quarters as (partition by company_code order by quarter_end)
)
where amount <> 0;

-- What the books of the investments do not gain by themselves is bought.
insert into world.ledger_line
with books as (
    select month_end, company_code, sum(book_amount) as book_amount,
        sum(income_amount + fair_value_change_amount + exchange_gain_amount - impairment_amount + unrealised_change_amount) as gained_amount
    from world.investment_position
    group by all
),

bought as (
    select *, book_amount - coalesce(lag(book_amount) over (partition by company_code order by month_end), 0) - gained_amount as amount from books
)

select month_end, company_code, 'P', '1111', null, null, amount, '1002', company_code from bought where amount <> 0;

-- What is owed at the end of a month is paid in the next.
insert into world.ledger_line
select min(later.month_end), line.organisation_code, 'S', line.contra_code, null, null, sum(line.amount), '1002', line.company_code
from world.ledger_line as line
inner join world.accounting_month as later on later.month_end = month_closing(line.month_end + 1) and later.month_end > line.month_end
where line.contra_code in ('2211', '2221', '2241', '2261')
group by line.month_end, line.organisation_code, line.contra_code, line.company_code
having sum(line.amount) <> 0;

create table world.ledger_entry as
with sides as (
    select month_end, organisation_code, company_code, voucher_kind, 1 as side, account_code, channel_code, product_line, sum(amount)::decimal(18, 2) as amount
    from world.ledger_line
    group by all
    union all
    select month_end, organisation_code, company_code, voucher_kind, 2, contra_code, null, null, -sum(amount)::decimal(18, 2) from world.ledger_line group by all
)

select
    'JV' || strftime(month_end, '%Y%m') || voucher_kind || '_' || organisation_code as voucher_number,
    row_number() over (
        partition by month_end, organisation_code, voucher_kind order by side, sides.account_code, channel_code nulls last, product_line nulls last
    )::integer as line_number,
    sides.*,
    case account.expense_function when 'sales' then 'CC20' when 'operations' then 'CC40' when 'technology' then 'CC50' when 'administration' then 'CC90'
        when 'commission' then 'CC20' when 'claims' then 'CC30' end as cost_centre_code,
    case when sides.account_code in ('660103', '660105', '660112', '660122', '660124') then
        'VD' || lpad((1 + hash(sides.organisation_code || sides.account_code) % 400)::varchar, 4, '0') end as vendor_code
from sides
inner join world.ledger_account as account on account.account_code = sides.account_code
where sides.amount <> 0;

-- Faults. The spending vouchers of one property branch arrive in fen for one month; the bank lines of two business vouchers do
-- not balance the rest, one by a fen, one by 5,400 yuan; before the books of last year close, all is right.
create table world.ledger_fault as
with candidates as (
    select *, row_number() over (partition by kind order by month_end desc, organisation_code) as position
    from (
        select 'unit_error' as kind, entry.voucher_number, entry.organisation_code, entry.month_end
        from world.ledger_entry as entry
        inner join world.company_of on company_of.organisation_code = entry.organisation_code
        where entry.voucher_kind = 'E' and company_of.company_type = 'property' and company_of.organisation_level > 1
            and entry.month_end = month_closing(as_of() - interval 2 month)
        group by all
        union all
        select 'unbalanced', voucher_number, organisation_code, month_end
        from world.ledger_entry
        where voucher_kind = 'B' and month_end < as_of() - 60
        group by all
        having count(*) >= 6
    )
)

select kind, voucher_number, organisation_code, month_end, position,
    case kind when 'unbalanced' then case position when 1 then 0.01 else 5400.00 end end::decimal(18, 2) as difference_amount
from candidates
where position <= if(kind = 'unit_error', 1, 2);

create table delivery.finance__ledger_entry as
with wrong as (
    select entry.*, fault.kind, fault.difference_amount,
        fault.kind = 'unbalanced' and entry.account_code = '1002' as is_short_line,
        if(fault.kind = 'unit_error', 100, 1) as factor
    from world.ledger_entry as entry
    left join world.ledger_fault as fault on fault.voucher_number = entry.voucher_number
)

select
    delivered_quarterly(month_end) as dt,
    voucher_number,
    line_number,
    month_end as accounting_date,
    organisation_code,
    account_code,
    channel_code,
    product_line,
    cost_centre_code,
    vendor_code,
    (greatest(amount, 0) * factor + if(is_short_line and amount > 0, difference_amount, 0))::decimal(18, 2) as debit_amount,
    (greatest(-amount, 0) * factor + if(is_short_line and amount < 0, difference_amount, 0))::decimal(18, 2) as credit_amount
from wrong;

create table delivery.finance__ledger_account as
select first_day() as dt, account_code, account_name_zh, account_name_en, account_class, expense_function, is_fixed,
    first_day() - if(account_code like '6601%', 120, 400) as updated_date
from world.ledger_account;
