"""The rules, written anew from their definitions, find in the deliveries what the truth says and nothing else."""

from __future__ import annotations

import duckdb
import pytest

from simulator.landing import FORMATS
from tests.simulator.conftest import SimulatedGroup, contracts, rules_of

# Each query gives (subject, severity) as the truth names them; a person by any of the person's customer records.
RULES = rules_of("truth")


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
