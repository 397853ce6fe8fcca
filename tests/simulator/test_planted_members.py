"""Rules over pages, coupons, accounts and identities, written anew: they find in the deliveries what the truth says."""

from __future__ import annotations

import duckdb
import pytest

from tests.simulator.conftest import PLAN

AS_OF = f"date '{PLAN.as_of.isoformat()}'"

# Each query gives (subject, severity): a page, a reconciliation case, or the customer an account belongs to.
RULES = {
    "CR43": """
        select page_code, 'red' from online_page
        where published_date is not null and (consumer_review_number is null or compliance_approval_number is null)
    """,
    "coupon_redemption_rate": """
        with windows as (
            select last.coupon_number, last.customer_id, count(*) as redeemed
            from coupon as last
            inner join coupon as before
                on before.customer_id = last.customer_id
                and before.redeemed_date between last.redeemed_date - 29 and last.redeemed_date
            group by all
        )
        select customer_id, 'red' from windows where redeemed >= 10
    """,
    "account_limit_usage": f"""
        select customer_id, case when limit_used_amount > account_balance.annual_limit_amount then 'red' else 'yellow' end
        from account_balance
        inner join account using (account_number)
        where balance_date = {AS_OF} and limit_used_amount >= 0.9 * account_balance.annual_limit_amount
    """,
    "money_fund_net_transfer": """
        select customer_id, 'red'
        from fund_transaction
        inner join account using (account_number)
        where transaction_type = 'fast_redemption'
        group by customer_id, confirmed_date
        having sum(transaction_amount) > 10000
    """,
    "reconciliation_break_amount": f"""
        select case_number, 'red' from reconciliation_case where cleared_date is null and {AS_OF} - order_date > 2
    """,
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_is_planted_fires_and_nothing_else(landed: duckdb.DuckDBPyConnection, rule: str) -> None:
    fired = dict(landed.execute(f"select distinct * from ({RULES[rule]})").fetchall())
    truth = landed.execute(
        "select case_kind, severity, subject_code from planted_cases where rule_code = $rule union all "
        "select case_kind, severity, coalesce(customer_id, subject_code) from metric_cases where metric_code = $rule",
        {"rule": rule},
    ).fetchall()
    assert {kind for kind, *_ in truth} == {"fire", "silent"}
    assert fired == {subject: severity for kind, severity, subject in truth if kind == "fire"}


def test_who_is_at_the_limit_is_refused(landed: duckdb.DuckDBPyConnection) -> None:
    used = dict(
        landed.execute(
            "select explanation, max(limit_used_amount / account_balance.annual_limit_amount) from metric_cases "
            "inner join account_balance on account_number = subject_code "
            "where metric_code = 'account_limit_usage' and case_number > 10 group by all"
        ).fetchall()
    )
    assert sorted(round(float(share), 4) for share in used.values()) == [0.8995, 0.9999, 1.0, 1.0]
    refused = landed.execute(
        "select count(*) from payment_order inner join metric_cases using (customer_id) "
        "where case_number = 12 and failure_reason = 'limit_exceeded' and payment_route = 'balance'"
    ).fetchone()
    assert refused == (1,)


def test_balances_follow_from_the_orders(landed: duckdb.DuckDBPyConnection) -> None:
    wrong = landed.execute(
        "with moved as (select customer_id, sum(case when order_type in ('top_up', 'fund_redemption') then amount "
        "when order_type = 'payment' and payment_route <> 'balance' then 0 else -amount end) as amount "
        "from payment_order where order_status = 'succeeded' group by all) "
        "select account_number from account_balance inner join account using (account_number) inner join moved using (customer_id) "
        f"where balance_date = {AS_OF} and balance_amount <> moved.amount"
    ).fetchall()
    assert wrong == []


def test_money_funds_are_for_the_third_class_only(landed: duckdb.DuckDBPyConnection) -> None:
    classes = landed.execute("select distinct account_class from fund_transaction inner join account using (account_number)").fetchall()
    assert classes == [("III",)]


def test_every_break_of_the_statements_has_a_case(landed: duckdb.DuckDBPyConnection) -> None:
    without = landed.execute(
        f"select order_number from reconciliation_breaks anti join reconciliation_case using (order_number) where order_date < {AS_OF}"
    ).fetchall()
    assert without == []


def test_identities_are_linked_but_for_what_the_truth_says(landed: duckdb.DuckDBPyConnection) -> None:
    kinds = dict(landed.execute("select link_kind, count(*) from identity_links group by all").fetchall())
    assert set(kinds) == {"right", "not_linked", "split", "wrong_merge"}
    assert kinds["right"] > 0.96 * sum(kinds.values())
    linked = landed.execute(
        "select count(*) from identity_link inner join identity_links using (customer_id) "
        "where unified_customer_id is not null and unified_customer_id is distinct from unified_number"
    ).fetchone()
    assert linked == (0,)
    mixed = landed.execute(
        "with people as (select unified_customer_id, count(distinct person_id) as persons, bool_or(link_kind = 'wrong_merge') as is_told "
        "from identity_link inner join identity_links using (customer_id) where unified_customer_id is not null group by all) "
        "select count(*) from people where persons > 1 and not is_told"
    ).fetchone()
    assert mixed == (0,)


def test_the_funnel_narrows_and_journeys_end_in_their_policy(landed: duckdb.DuckDBPyConnection) -> None:
    visitors = dict(landed.execute("select event_kind, sum(represented_visitor_count) from touchpoint group by all").fetchall())
    steps = [visitors[kind] for kind in ("exposure", "click", "landing", "quote", "application", "issue")]
    assert steps == sorted(steps, reverse=True)
    assert 0.80 < visitors["issue"] / visitors["application"] < 0.93
    assert 0.03 < visitors["click"] / visitors["exposure"] < 0.10
    stray = landed.execute(
        "select count(*) from touchpoint inner join policy using (policy_number) "
        "where occurred_date <> issue_date or touchpoint.customer_id <> policy.customer_id"
    ).fetchone()
    assert stray == (0,)


def test_users_come_back_less_every_week_but_never_quite_stop(landed: duckdb.DuckDBPyConnection) -> None:
    rates = [
        float(rate)
        for (rate,) in landed.execute(
            "with cohort as (select user_id, registered_date from app_user where registered_date between "
            f"date '2020-01-01' and {AS_OF} - 30), "
            "days as (select unnest([1, 7, 30]) as n) "
            "select count(app_activity.user_id) / count(*) from cohort cross join days left join app_activity "
            "on app_activity.user_id = cohort.user_id and activity_date = registered_date + n group by n order by n"
        ).fetchall()
    ]
    assert rates == sorted(rates, reverse=True)
    assert 0.35 < rates[0] < 0.55
    assert 0.07 < rates[2] < 0.22


def test_private_domain_members_buy_more_often_when_active(landed: duckdb.DuckDBPyConnection) -> None:
    (rate,) = landed.execute(
        "with bought as (select distinct customer_id, date_trunc('month', issue_date)::date as month from policy "
        "where premium_amount > 50) "
        "select count(bought.customer_id) / count(*) from private_domain_activity inner join private_domain_member using (member_number) "
        "left join bought on bought.customer_id = private_domain_member.customer_id and bought.month = activity_month"
    ).fetchone() or (0,)
    assert 0.05 < rate < 0.30


def test_policy_values_stay_below_what_was_paid_and_loans_below_the_values(landed: duckdb.DuckDBPyConnection) -> None:
    wrong = landed.execute(
        "select count(*) from policy_value where policy_loan_amount > cash_value_amount + account_value_amount "
        "or premium_advance_amount > cash_value_amount"
    ).fetchone()
    assert wrong == (0,)
    first_year = landed.execute(
        "select max((cash_value_amount + account_value_amount) / premium_amount) from policy_value inner join policy using (policy_number) "
        "where valuation_date < effective_date + 365"
    ).fetchone()
    assert first_year is not None
    assert first_year[0] < 0.96
