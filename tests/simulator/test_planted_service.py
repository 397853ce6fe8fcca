"""Rules on call-backs and complaints, written anew from their definitions, find what is planted and nothing else."""

from __future__ import annotations

import duckdb
import pytest

from tests.simulator.conftest import PLAN

AS_OF = f"date '{PLAN.as_of.isoformat()}'"

# Each query gives (subject, severity) as the truth names them.
RULES = {
    # Within 15 days of issue the contact number changed, by a request or in the customer's record, and somebody else took the call-back.
    "CR21": """
        with numbers as (
            select customer_id, updated_date::date as updated_date, mobile_number,
                lag(mobile_number) over (partition by customer_id order by dt, updated_date) as previous_number
            from all_customer
            where (_file, _row_number) not in (select (file, row_number) from bad_rows)
        ),
        changes as (
            select policy_number, applied_date as changed_date from servicing_request
            where servicing_type = 'contact_change' and request_status <> 'withdrawn'
            union all
            select policy_number, updated_date from numbers inner join policy using (customer_id)
            where previous_number <> mobile_number
        )
        select distinct policy_number, 'red'
        from policy
        inner join changes using (policy_number)
        inner join policy_callback using (policy_number)
        where changed_date between issue_date and issue_date + 15 and not is_answered_by_holder
    """,
    # More than five in a hundred of an intermediary's buyers asked in a year deny that they bought through it.
    "CR25": """
        select intermediary_code || '/' || year(attempted_date), 'red'
        from policy_callback inner join policy using (policy_number)
        where intermediary_answer is not null
        group by intermediary_code, year(attempted_date)
        having count(*) filter (intermediary_answer = 'no') > 0.05 * count(*)
    """,
    # Three complaints about an intermediary or salesperson in 30 days; or, for intermediaries, more than three times the group's
    # complaints per ten thousand policies in the year up to the as-of day.
    "CR26": f"""
        with sold as (
            select intermediary_code as seller, complaint_number, received_date from complaint where intermediary_code is not null
            union all
            select employee_code, complaint_number, received_date from complaint inner join policy using (policy_number)
            where employee_code is not null
        ),
        concentrated as (
            select first.seller from sold as first
            inner join sold as others on others.seller = first.seller
                and others.received_date between first.received_date and first.received_date + 29
            group by first.seller, first.complaint_number having count(*) >= 3
        ),
        policies as (
            select intermediary_code as seller, count(*) as policies from policy where intermediary_code is not null group by all
        ),
        frequent as (
            select seller from complaint inner join policies on seller = intermediary_code
            where received_date > {AS_OF} - 365
            group by seller, policies
            having count(*) / policies > 3 * (select count(*) from complaint where received_date > {AS_OF} - 365)
                / (select count(*) from policy)
        )
        select seller, 'red' from concentrated union select seller, 'red' from frequent
    """,
    # Five complaints in 30 days whose texts are alike by 0.9 or share a number, a mailing address or a network address; the subject
    # is the first complaint of the group.
    "CR28": """
        with marks as (
            select 'text ' || similarity_group_code as mark, complaint_number, submitted_date from complaint_material
            where similarity_ratio >= 0.9
            union all
            select 'number ' || contact_mobile_number, complaint_number, submitted_date from complaint_material
            where contact_mobile_number is not null
            union all
            select 'address ' || mailing_address, complaint_number, submitted_date from complaint_material
            where mailing_address is not null
            union all
            select 'network ' || network_address_token, complaint_number, submitted_date from complaint_material
            where network_address_token is not null
        ),
        windows as (
            select first.mark, first.complaint_number, min(others.complaint_number) as first_number from marks as first
            inner join marks as others on others.mark = first.mark
                and others.submitted_date between first.submitted_date and first.submitted_date + 29
            group by all having count(*) >= 5
        )
        select min(first_number), 'red' from windows group by mark
    """,
    # Of the buyers of a month and branch fewer than 95 in a hundred were reached within the free-look period; or a problem found by a
    # call-back was not settled within three days.
    "CR34": f"""
        with called as (
            select policy_number, organisation_code, issue_date,
                bool_or(coalesce(succeeded_date <= free_look_end_date, false)) as is_reached
            from policy_callback inner join policy using (policy_number)
            where free_look_end_date < {AS_OF}
            group by all
        )
        select organisation_code || '/' || strftime(issue_date, '%Y-%m'), 'red' from called
        group by organisation_code, strftime(issue_date, '%Y-%m')
        having count(*) filter (is_reached) < 0.95 * count(*)
        union all
        select attempt_number, 'red' from policy_callback
        where call_result = 'problem' and coalesce(problem_handled_date, {AS_OF}) - attempted_date > 3
    """,
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_is_planted_fires_and_nothing_else(landed: duckdb.DuckDBPyConnection, rule: str) -> None:
    fired = dict(landed.execute(f"select * from ({RULES[rule]}) as findings").fetchall())
    truth = landed.execute("select subject_code, case_kind, severity from planted_cases where rule_code = ?", [rule]).fetchall()
    assert {kind for _, kind, _ in truth} == {"fire", "silent"}
    assert fired == {subject: severity for subject, kind, severity in truth if kind == "fire"}


def test_few_complaints_come_from_the_regulator(landed: duckdb.DuckDBPyConnection) -> None:
    shares = landed.execute("select avg((complaint_source = 'regulator')::integer), count(*) from complaint").fetchone()
    assert shares is not None
    assert 0 < shares[0] < 0.15


def test_a_problem_is_followed_by_a_call_that_succeeds(landed: duckdb.DuckDBPyConnection) -> None:
    unsettled = landed.execute(
        "select count(*) from policy_callback as problem where call_result = 'problem' and problem_handled_date is not null "
        f"and problem_handled_date < {AS_OF} and not exists (from policy_callback as later where "
        "later.policy_number = problem.policy_number and later.call_result = 'succeeded' and "
        "later.attempted_date > problem.problem_handled_date)"
    ).fetchone()
    assert unsettled == (0,)


def test_limits_rise_for_buyers_of_long_term_cover(landed: duckdb.DuckDBPyConnection) -> None:
    wrong = landed.execute(
        "select count(*) from credit_limit inner join policy on policy_number = long_term_policy_number "
        "where change_kind <> 'policy_uplift' or credit_limit_amount <= previous_limit_amount or changed_date < issue_date"
    ).fetchone()
    assert wrong == (0,)
    assert landed.execute("select count(*) > 0 from credit_limit where change_kind = 'policy_uplift'").fetchone() == (True,)
