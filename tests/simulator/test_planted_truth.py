"""The rules, written anew from their definitions, find in the deliveries what the truth says and nothing else."""

from __future__ import annotations

import duckdb
import pytest

from simulator.landing import FORMATS
from tests.simulator.conftest import PLAN, SimulatedGroup, contracts

AS_OF = f"date '{PLAN.as_of.isoformat()}'"

# Each query gives (subject, severity) as the truth names them; a person by any of the person's customer records.
RULES = {
    "CR01": f"""
        select licence_number, case when expiry_date - {AS_OF} <= 30 then 'red' else 'yellow' end
        from intermediary_licence where expiry_date - {AS_OF} <= 90
    """,
    "CR07": f"""
        select policy_number, 'red'
        from policy inner join product using (product_code)
        where product_line in ('life', 'annuity', 'health', 'accident')
            and (coverage_term_years > 1 or coverage_term_years is null)
            and (channel_code = 'BANC' or applicant_age >= 60)
            and issue_date + 1 <= {AS_OF}
            and policy_number not in (
                select policy_number from dual_recording inner join policy using (policy_number)
                where quality_result = 'passed' and recorded_date <= issue_date + 1
            )
    """,
    "CR10": """
        select commission_number, 'red'
        from commission
        inner join policy using (policy_number)
        inner join commission_cap using (channel_code, product_code, payment_term_years)
        where paid_date between valid_from_date and coalesce(valid_to_date, date '9999-12-31')
            and commission_amount > round(commission.premium_amount * cap_ratio, 2)
    """,
    "CR19": """
        with shared as (
            select mobile_number from customer where customer_type = 'natural' group by all
            having count(distinct id_number) >= 3
                and (count(distinct household_code) <> 1 or count(household_code) < count(*))
        ),
        lent as (
            select customer.mobile_number from customer inner join employee using (mobile_number)
            where employee_type = 'agent' and customer.id_number <> employee.id_number
        )
        select customer_id, 'red' from customer
        where mobile_number in (select mobile_number from shared union all select mobile_number from lent)
    """,
    "CR27": f"""
        select complaint_number, case when coalesce(closed_date, {AS_OF}) > due_date then 'red' else 'yellow' end
        from complaint
        where received_date >= date '2020-03-01'
            and (coalesce(closed_date, {AS_OF}) > due_date or (closed_date is null and due_date - {AS_OF} <= 3))
    """,
    "CR29": """
        with cohort as (
            select
                channel_code || '/' || policy.organisation_code || '/' || strftime(issue_date, '%Y-%m') as code,
                count(*) as policies,
                count(*) filter (policy_number in (
                    select policy_number from servicing_request
                    where servicing_type = 'surrender' and request_status = 'completed'
                        and completed_date <= issue_date + 60
                ) and policy_number in (
                    select policy_number from commission where commission_amount > 0
                )) as surrendered
            from policy inner join product using (product_code) where is_long_term group by all
        )
        select code, 'red' from cohort where policies >= 20 and surrendered > 0.15 * policies
    """,
    "CR35": """
        with days as (
            select person_id, happened from cash group by all having sum(amount) >= 50000
        )
        select customer_id, 'red' from days inner join same_person using (person_id)
    """,
    "CR37": """
        with large as (
            select person_id, happened from cash group by all having sum(amount) >= 50000
        ),
        receipts as (
            select person_id, happened, amount, true as is_cash from cash anti join large using (person_id, happened)
            union all
            select person_id, accounting_date, premium_payment.premium_amount, false
            from premium_payment inner join policy using (policy_number) inner join same_person using (customer_id)
            where payment_method <> 'cash'
        ),
        windows as (
            select first.person_id, first.happened,
                count(*) filter (receipts.amount >= 45000 and receipts.amount < 50000) as near_limit,
                sum(receipts.amount) filter (receipts.is_cash and receipts.amount < 50000) as below_limit,
                count(*) filter (receipts.is_cash and receipts.amount < 50000) as parts
            from (select distinct person_id, happened from receipts) as first
            inner join receipts
                on receipts.person_id = first.person_id
                and receipts.happened between first.happened and first.happened + 2
            group by all
        )
        select customer_id, 'red' from windows inner join same_person using (person_id)
        where near_limit >= 2 or (below_limit >= 50000 and parts >= 2)
    """,
}


@pytest.fixture(scope="module")
def records(landed: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The deliveries, with `cash`: every receipt in cash of a person, premium and account alike."""
    landed.execute(
        "create or replace table cash as "
        "select person_id, accounting_date as happened, premium_payment.premium_amount as amount from premium_payment "
        "inner join policy using (policy_number) inner join same_person using (customer_id) where payment_method = "
        "'cash' "
        "union all select person_id, order_date, amount from payment_order inner join same_person using (customer_id) "
        "where payment_route = 'cash' and order_status = 'succeeded' and order_type = 'top_up'"
    )
    return landed


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_is_planted_fires_and_nothing_else(records: duckdb.DuckDBPyConnection, rule: str) -> None:
    fired = dict(records.execute(f"select distinct * from ({RULES[rule]})").fetchall())
    truth = records.execute(
        "select case_kind, severity, subject_code, coalesce(record_codes, '') from planted_cases where rule_code = ?",
        [rule],
    ).fetchall()
    assert {kind for kind, *_ in truth} == {"fire", "silent"}
    explained = set()
    for kind, severity, subject, involved in truth:
        if kind == "fire":
            assert fired.get(subject) == severity, (subject, severity)
            explained |= {subject, *involved.split()}
        else:
            assert subject not in fired, subject
    people = records.execute("select customer_id, person_id from same_person").fetchall()
    person_of = dict(people)
    known = {person_of.get(code, code) for code in explained}
    assert [subject for subject in fired if person_of.get(subject, subject) not in known] == []


def test_account_breaks_are_those_of_the_truth(landed: duckdb.DuckDBPyConnection) -> None:
    breaks = landed.execute(
        "with booked as (select order_number, count(*) as lines, sum(amount) as amount from bank_statement_line "
        "group by all), "
        "expected as (select order_number, amount from payment_order where order_status = 'succeeded' "
        "and payment_route in ('quick_pay', 'online_bank', 'transfer')) "
        "select coalesce(expected.order_number, booked.order_number) from expected "
        "full join booked on booked.order_number = expected.order_number "
        "where booked.lines is distinct from 1 or booked.amount is distinct from expected.amount order by 1"
    ).fetchall()
    planted = landed.execute("select distinct order_number from reconciliation_breaks order by 1").fetchall()
    assert breaks == planted
    assert {kind for (kind,) in landed.execute("select distinct break_kind from reconciliation_breaks").fetchall()} >= {
        "missing_at_bank",
        "amount_differs",
        "unknown_order",
    }


def test_clearing_errors_are_those_of_the_truth(landed: duckdb.DuckDBPyConnection) -> None:
    wrong = landed.execute(
        "select entry_number from clearing_entry inner join payment_order using (order_number) where "
        "clearing_entry.amount <> payment_order.amount "
        "or clearing_entry.payee_organisation_code <> payment_order.payee_organisation_code or settled_date > "
        "due_date order by 1"
    ).fetchall()
    assert wrong == landed.execute("select distinct entry_number from clearing_errors order by 1").fetchall()
    assert len(wrong) >= 3


def test_bad_rows_lie_where_the_truth_says_and_are_of_many_kinds(landed: duckdb.DuckDBPyConnection) -> None:
    rules = dict(landed.execute("select rule, count(*) from bad_rows group by all").fetchall())
    assert set(rules) == {
        "below_minimum",
        "duplicate_key",
        "formula_injection",
        "future_date",
        "not_allowed",
        "required",
        "unknown_reference",
    }
    values = {
        "below_minimum": ("premium_payment", "premium_amount::double < 0"),
        "not_allowed": ("contact", "platform = 'fax'"),
        "formula_injection": ("customer", "customer_name like '=%'"),
        "future_date": ("claim", "reported_date::date > dt"),
    }
    for rule, (entity, condition) in values.items():
        found = landed.execute(f"select _file, _row_number from all_{entity} where {condition}").fetchall()
        assert found == landed.execute("select file, row_number from bad_rows where rule = ?", [rule]).fetchall(), rule


def test_late_and_corrected_files_are_told(group: SimulatedGroup, landed: duckdb.DuckDBPyConnection) -> None:
    late = [f.path for f in group.files if "_late_" in f.path]
    assert late == ["contact_centre/contact/dt=2022-06-17/contact_late_20220615.parquet"]
    assert landed.execute("select count(*) from all_contact where dt = date '2022-06-15'").fetchone() == (0,)
    (corrected,) = landed.execute("select dt from deliveries where kind = 'corrected_file'").fetchall()
    name = f"policy_admin/premium_payment/dt={corrected[0]}/premium_payment.parquet"
    first, final = group.folder / "truth" / "superseded" / name, group.folder / "landing" / name
    changed = landed.execute(
        f"select count(*), min(first.premium_amount / final.premium_amount) from read_parquet('{first}') as first "
        f"inner join read_parquet('{final}') as final using (payment_number) where first.premium_amount <> "
        "final.premium_amount"
    ).fetchone()
    assert changed == (3, 100)


def test_every_format_is_used(group: SimulatedGroup) -> None:
    assert set(FORMATS.values()) | {"parquet"} == {"csv", "csv.gz", "jsonl", "parquet"}
    assert {f.path.split("/dt=")[0] for f in group.files} == set(contracts())
