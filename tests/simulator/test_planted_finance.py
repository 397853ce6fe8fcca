"""Rule CR05 and the faults of finance, found anew in the deliveries; the books agree with the records they stand on."""

from __future__ import annotations

import duckdb
import pytest

SUBJECTS = {
    "CR05": """
        select organisation_code || '/' || quarter_end_date from solvency
        inner join organisation using (organisation_code)
        where company_type = 'life' and (
            actual_capital_amount < 1.2 * minimum_capital_amount or core_capital_amount < 0.75 * minimum_capital_amount
            or risk_rating in ('C', 'D')
            or total_assets_amount - other_liability_amount + expense_adjustment_amount <= policy_reserve_amount
        )
    """,
    "unbalanced": "select voucher_number from ledger_entry group by all having sum(debit_amount) <> sum(credit_amount)",
    "unit_error": """
        with vouchers as (
            select voucher_number, organisation_code, sum(debit_amount) as amount
            from ledger_entry where voucher_number like 'JV______E!_%' escape '!' group by all
        )
        select voucher_number from vouchers qualify amount > 20 * median(amount) over (partition by organisation_code)
    """,
    "budget_overrun": """
        with budgets as (
            select organisation_code, channel_code, year(period_start_date) as year_number, sum(budget_amount) as budget
            from budget where channel_code is not null group by all
        ),
        spent as (
            select organisation_code, channel_code, year(accounting_date) as year_number,
                sum(debit_amount - credit_amount) as amount
            from ledger_entry inner join ledger_account using (account_code)
            where expense_function = 'sales' and voucher_number not in (
                select subject_code from finance_faults where fault_kind = 'unit_error' and case_kind = 'fire'
            )
            group by all
        )
        select organisation_code || '/' || channel_code || '/' || year_number
        from spent inner join budgets using (organisation_code, channel_code, year_number)
        where round(amount / budget, 4) > 1
    """,
    "changed_meaning": """
        with deliveries_of as (
            select dt, avg((priority_code = 'P1')::integer) as urgent_share from system_incident group by dt having count(*) >= 10
        )
        select distinct 'it/system_incident.priority_code' from deliveries_of where urgent_share > 0.25
    """,
    "long_outage": "select outage_number from system_outage where outage_minute_count > 240 and not is_planned",
}


def _column(landed: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    return [value for (value,) in landed.execute(sql).fetchall()]


@pytest.mark.parametrize("kind", sorted(SUBJECTS))
def test_what_is_planted_is_found_and_nothing_else(landed: duckdb.DuckDBPyConnection, kind: str) -> None:
    landed.execute(
        "create or replace temp view planted_here as select rule_code as kind, case_kind, subject_code from planted_cases "
        "union all select fault_kind, case_kind, subject_code from finance_faults"
    )
    fire = _column(landed, f"select subject_code from planted_here where kind = '{kind}' and case_kind = 'fire'")
    silent = _column(landed, f"select subject_code from planted_here where kind = '{kind}' and case_kind = 'silent'")
    assert sorted(_column(landed, SUBJECTS[kind])) == sorted(fire)
    assert fire
    assert silent or kind == "changed_meaning"


def test_the_near_misses_of_solvency_lie_exactly_on_the_line(landed: duckdb.DuckDBPyConnection) -> None:
    (boundaries,) = landed.execute(
        "select count(*) from solvency where actual_capital_amount = 1.2 * minimum_capital_amount "
        "or core_capital_amount = 0.75 * minimum_capital_amount "
        "or total_assets_amount - other_liability_amount + expense_adjustment_amount = policy_reserve_amount"
    ).fetchone() or (0,)
    assert boundaries == 3


RECORDS = {
    "premiums and deposits": (
        "account_code in ('603101', '603102', '2614') and voucher_number like 'JV______B%'",
        "credit_amount - debit_amount",
        "select policy.organisation_code, accounting_date as day, premium_payment.premium_amount as amount "
        "from premium_payment inner join policy using (policy_number) "
        "union all select policy.organisation_code, completed_date, -refund_amount "
        "from servicing_request inner join policy using (policy_number) "
        "where servicing_type = 'free_look_cancellation' and request_status = 'completed'",
    ),
    "commission": (
        "account_code = '6421'",
        "debit_amount - credit_amount",
        "select policy.organisation_code, paid_date as day, commission_amount as amount "
        "from commission inner join policy using (policy_number)",
    ),
    "claims": (
        "account_code in ('651101', '651102')",
        "debit_amount - credit_amount",
        "select policy.organisation_code, event_date as day, amount from claim_stage_event "
        "inner join claim using (claim_number) inner join policy using (policy_number) where stage = 'paid'",
    ),
    "surrenders": (
        "account_code = '6531'",
        "debit_amount - credit_amount",
        "select policy.organisation_code, completed_date as day, refund_amount as amount "
        "from servicing_request inner join policy using (policy_number) "
        "where servicing_type = 'surrender' and request_status = 'completed'",
    ),
}


@pytest.mark.parametrize("what", sorted(RECORDS))
def test_the_ledger_books_what_the_records_say(landed: duckdb.DuckDBPyConnection, what: str) -> None:
    accounts, side, records = RECORDS[what]
    differences = landed.execute(
        f"with booked as (select organisation_code, last_day(accounting_date) as month_end, sum({side}) as amount "
        f"from ledger_entry where {accounts} group by all), "
        f"recorded as (select organisation_code, last_day(day) as month_end, sum(amount) as amount from ({records}) group by all) "
        "select * from booked full join recorded using (organisation_code, month_end) "
        "where coalesce(booked.amount, 0) <> coalesce(recorded.amount, 0)"
    ).fetchall()
    assert differences == []
    assert landed.execute(f"select count(*) from ledger_entry where {accounts}").fetchone() > (20,)


def test_balance_sheets_balance_and_agree_with_the_reserves(landed: duckdb.DuckDBPyConnection) -> None:
    uneven = landed.execute(
        "select organisation_code, balance_date from balance_sheet_item group by all having "
        "sum(item_amount) filter (item_code = 'total_assets') <> "
        "sum(item_amount) filter (item_code in ('total_liabilities', 'net_assets')) "
        "or sum(item_amount) filter (item_class = 'liability') "
        "<> 2 * sum(item_amount) filter (item_code = 'total_liabilities') "
        "or min(item_amount) filter (item_code in ('cash', 'net_assets')) <= 0"
    ).fetchall()
    reserves = landed.execute(
        "with held as (select organisation_code, valuation_date as balance_date, sum(gross_amount) as amount from reserve group by all), "
        "shown as (select organisation_code, balance_date, sum(item_amount) as amount from balance_sheet_item "
        "where item_code in ('insurance_reserves', 'policyholder_deposits') group by all) "
        "select * from held full join shown using (organisation_code, balance_date) where held.amount is distinct from shown.amount"
    ).fetchall()
    assert (uneven, reserves) == ([], [])


def test_investments_of_the_balance_sheet_are_the_positions(landed: duckdb.DuckDBPyConnection) -> None:
    differences = landed.execute(
        "with held as (select organisation_code, position_date as balance_date, sum(book_amount) as amount "
        "from investment_position group by all) "
        "select * from held inner join balance_sheet_item as shown using (organisation_code, balance_date) "
        "where item_code = 'investments' and amount <> item_amount"
    ).fetchall()
    assert differences == []


def test_a_year_of_motor_loses_a_believable_share_of_its_premium(landed: duckdb.DuckDBPyConnection) -> None:
    (ratio,) = landed.execute(
        "with unearned as (select sum(gross_amount) filter (valuation_date = date '2020-12-31') as opening, "
        "sum(gross_amount) filter (valuation_date = date '2021-12-31') as closing "
        "from reserve where product_code = 'MOTOR' and reserve_kind = 'unearned_premium'), "
        "outstanding as (select sum(gross_amount) filter (valuation_date = date '2020-12-31') as opening, "
        "sum(gross_amount) filter (valuation_date = date '2021-12-31') as closing "
        "from reserve where product_code = 'MOTOR' and reserve_kind in ('reported_claims', 'not_reported_claims')), "
        "paid as (select sum(amount) as amount from claim_stage_event inner join claim using (claim_number) "
        "inner join policy using (policy_number) where product_code = 'MOTOR' and stage = 'paid' and year(event_date) = 2021), "
        "received as (select sum(premium_payment.premium_amount) as amount from premium_payment inner join policy using (policy_number) "
        "where product_code = 'MOTOR' and year(accounting_date) = 2021) "
        "select (paid.amount + outstanding.closing - outstanding.opening)::double "
        "/ (received.amount + unearned.opening - unearned.closing)::double "
        "from unearned, outstanding, paid, received"
    ).fetchone() or (0,)
    assert 0.3 < ratio < 1.2


def test_people_leave_after_they_joined_and_mostly_by_themselves(landed: duckdb.DuckDBPyConnection) -> None:
    wrong = landed.execute(
        "select count(*) from employment where left_date < hired_date or (left_date is null) <> (leave_reason is null)"
    ).fetchone()
    reasons = dict(landed.execute("select leave_reason, count(*) from employment where left_date is not null group by all").fetchall())
    assert wrong == (0,)
    assert reasons["voluntary"] > 0.4 * sum(reasons.values())
