"""The rules of law, compliance and intermediaries, written anew, find in the deliveries what the truth says and nothing else."""

from __future__ import annotations

import duckdb
import pytest

from tests.simulator.conftest import PLAN

AS_OF = f"date '{PLAN.as_of.isoformat()}'"
QUARTER = "year(issue_date) || '-Q' || quarter(issue_date)"

# Each query gives (subject, severity) as the truth names them. `person_policy` names every person on a policy, `self_policy`
# the policies of salespersons; both are made below.
RULES = {
    "CR02": f"""
        select agreement_number, if(valid_to_date < {AS_OF}, 'red', 'yellow')
        from intermediary_agreement
        where renewal_signed_date is null and (
            valid_to_date between {AS_OF} and {AS_OF} + 60
            or exists (
                select 1 from policy
                where policy.intermediary_code = intermediary_agreement.intermediary_code and issue_date > valid_to_date
            )
        )
    """,
    "CR03": """
        select policy_number, 'red'
        from policy inner join province on province.organisation_code = policy.organisation_code
        where employee_code is not null and not exists (
            select 1 from sales_registration inner join province as home on home.organisation_code = registered_organisation_code
            where sales_registration.employee_code = policy.employee_code and home.province_code = province.province_code
                and issue_date between valid_from_date and valid_to_date
                and (status_date is null or issue_date < status_date)
        )
    """,
    "CR04": """
        with sold as (
            select policy.*, channel_group, applicant_region_code
            from policy inner join order_device using (policy_number) inner join channel using (channel_code)
            where intermediary_code is not null
        ),
        allowed as (
            select *, coalesce(valid_to_date, date '9999-12-31') as last_date from intermediary_authorisation
        )
        select policy_number, 'red' from sold
        where not exists (
            select 1 from allowed where allowed.intermediary_code = sold.intermediary_code and authorised_code = product_code
                and issue_date between valid_from_date and last_date
        ) or (channel_group <> 'online' and not exists (
            select 1 from allowed where allowed.intermediary_code = sold.intermediary_code and authorisation_kind = 'region'
                and left(authorised_code, 2) = left(applicant_region_code, 2) and issue_date between valid_from_date and last_date
        ))
    """,
    "CR06": f"""
        select arg_max(security_number, valid_to_date), 'red' from intermediary_insurance
        group by intermediary_code, security_kind having max(valid_to_date) - {AS_OF} <= 30
    """,
    "CR08": """
        select organisation_code || '/' || strftime(recorded_date, '%Y-%m'),
            if(count(*) filter (quality_result = 'failed') > 0.10 * count(*), 'red', 'yellow')
        from dual_recording inner join policy using (policy_number)
        where quality_result <> 'pending'
        group by organisation_code, strftime(recorded_date, '%Y-%m')
        having count(*) >= 20 and count(*) filter (quality_result = 'failed') > 0.05 * count(*)
    """,
    "CR09": f"""
        select policy_number, 'red'
        from policy inner join customer_change using (customer_id)
        where applicant_age between 59 and 60 and changed_element = 'birth_date'
            and changed_date between effective_date - 30 and effective_date
        union
        select policy.employee_code || '/' || {QUARTER}, 'red'
        from policy inner join order_device using (policy_number) inner join product using (product_code)
        where is_long_term and policy.employee_code is not null
        group by policy.employee_code, year(issue_date), quarter(issue_date)
        having count(*) >= 10 and count(*) filter (insured_relation = 'parent') > 0.20 * count(*)
    """,
    "CR11": """
        select channel_code || '/' || product_code || '/' || period_end_date::varchar, 'red'
        from sales_expense inner join expense_filing using (channel_code, product_code)
        where date_trunc('quarter', period_end_date) between valid_from_date and coalesce(valid_to_date, date '9999-12-31')
        group by channel_code, product_code, period_end_date, filed_ratio, sales_expense.premium_amount
        having sum(expense_amount) > round(sales_expense.premium_amount * filed_ratio, 2)
    """,
    "CR12": """
        select commission_number, 'yellow'
        from commission inner join policy using (policy_number)
        inner join (values (3, 0.09), (5, 0.14), (10, 0.18)) as levels(payment_term_years, highest) using (payment_term_years)
        where channel_code = 'BANC' and commission_amount > round(commission.premium_amount * highest, 2)
    """,
    "CR13": """
        select vendor_payment_number, 'red' from vendor_payment
        where payment_purpose in ('issuing_fee', 'information_fee', 'publicity_fee')
            and related_intermediary_code is not null and payment_amount > 0
    """,
    "CR14": """
        with first_year as (
            select policy_number, sum(commission_amount) as commission_amount from commission where policy_year = 1 group by all
        )
        select policy_number, 'red'
        from policy inner join policy_incentive using (policy_number) inner join first_year using (policy_number)
        where first_year.commission_amount + bonus_amount + gift_amount + first_cash_value_amount >= policy.premium_amount
    """,
    "CR15": "select policy_number, 'yellow' from self_policy where flag = 'self'",
    "CR16": "select policy_number, 'yellow' from self_policy where flag = 'mutual'",
    "CR17": f"""
        with flagged as (
            select policy.*, if(flag is null, 0, premium_amount) as self_amount from policy left join self_policy using (policy_number)
        )
        select organisation_code || '/' || strftime(issue_date, '%Y-%m'), if(sum(self_amount) > 0.10 * sum(premium_amount), 'red', 'yellow')
        from flagged group by organisation_code, strftime(issue_date, '%Y-%m') having sum(self_amount) > 0.05 * sum(premium_amount)
        union all
        select employee_code, 'red' from flagged
        where issue_date >= date_trunc('month', {AS_OF}) - interval 2 month and employee_code is not null
        group by employee_code having sum(self_amount) > 0.30 * sum(premium_amount)
    """,
    "CR18": """
        with near as (
            select policy.policy_number, policy.employee_code, bool_or(assessment_date - issue_date between 0 and 5) as is_near
            from policy inner join self_policy using (policy_number) cross join assessment_calendar
            group by all
        )
        select employee_code, 'red' from near group by employee_code having count(*) >= 2 and count(*) filter (is_near) > 0.50 * count(*)
    """,
    "CR20": """
        select policy_number, 'red' from information_check
        where name_result <> 'passed' or id_number_result <> 'passed' or mobile_result <> 'passed' or address_result <> 'passed'
    """,
    "CR22": """
        with direct_networks as (
            select distinct network_token from order_device inner join policy using (policy_number) where channel_code = 'DIRECT'
        ),
        inside as (
            select employee_code from employee where employee_type = 'office' or channel_code = 'DIRECT'
        )
        select policy_number, 'red' from order_device inner join policy using (policy_number)
        where intermediary_code is not null and (
            login_employee_code in (select employee_code from inside) or device_owner = 'company' or quote_source = 'direct'
            or network_token in (select network_token from direct_networks)
        )
    """,
    "CR23": """
        with months as (
            select intermediary_code, date_trunc('month', issue_date)::date as month_start, sum(premium_amount) as premium_amount
            from policy where intermediary_code is not null group by all
        ),
        measured as (
            select
                months.*, before.premium_amount as previous_amount,
                (select arg_max(outlets_count, valid_from_date) from intermediary_agreement as agreement
                    where agreement.intermediary_code = months.intermediary_code
                    and valid_from_date <= last_day(months.month_start)) as outlets_count,
                (select count(*) from sales_registration as registration
                    where registration.intermediary_code = months.intermediary_code and valid_from_date <= last_day(months.month_start)
                    and valid_to_date >= last_day(months.month_start)
                    and (status_date is null or status_date > last_day(months.month_start))) as persons_count
            from months
            left join months as before
                on before.intermediary_code = months.intermediary_code and before.month_start = months.month_start - interval 1 month
        )
        select intermediary_code || '/' || strftime(month_start, '%Y-%m'), 'red' from measured
        where (outlets_count = 0 or persons_count <= 2)
            and (premium_amount > 2000000 or premium_amount - previous_amount > 3 * previous_amount)
    """,
    "CR24": f"""
        with paid as (
            select policy_number, sum(commission_amount) as commission_amount, sum(premium_amount) as commissioned_amount
            from commission where policy_year = 1 group by all
        ),
        quarters as (
            select product.organisation_code as company_code, policy.organisation_code, {QUARTER} as quarter_code,
                intermediary_code, count(*) as policies,
                sum(premium_amount) as premium_amount, sum(commission_amount) as commission_amount,
                sum(commissioned_amount) as commissioned_amount
            from policy inner join product using (product_code) left join paid using (policy_number) group by all
        ),
        means as (
            select company_code, quarter_code, sum(commission_amount) / sum(commissioned_amount) as mean_ratio from quarters group by all
        ),
        branches as (
            select organisation_code, quarter_code, sum(policies) as policies, sum(premium_amount) as premium_amount
            from quarters group by all
        )
        select quarters.organisation_code || '/' || intermediary_code || '/' || quarter_code, 'red'
        from quarters inner join means using (company_code, quarter_code) inner join branches using (organisation_code, quarter_code)
        where intermediary_code is not null and branches.policies >= 10 and quarters.premium_amount > 0.60 * branches.premium_amount
            and commission_amount / commissioned_amount - mean_ratio > 0.02
    """,
    "CR30": """
        select distinct policy_number, 'red'
        from complaint inner join self_policy using (policy_number) inner join commission using (policy_number)
        where reason_code = 'full_refund' and received_date between paid_date and paid_date + 90 and policy_year = 1
    """,
    "CR32": f"""
        with cancelled as (
            select distinct policy_number from servicing_request
            where servicing_type = 'free_look_cancellation' and request_status <> 'withdrawn'
        ),
        quarters as (
            select channel_code || '/' || {QUARTER} as code, count(*) as policies, count(cancelled.policy_number) as cancellations
            from policy inner join product using (product_code) left join cancelled using (policy_number) where is_long_term group by all
        )
        select code, if(cancellations > 0.044 * policies, 'red', 'yellow') from quarters
        where policies >= 20 and cancellations > 0.04 * policies
    """,
    "CR36": """
        select customer_id || '/' || transferred_date::varchar, 'yellow' from fund_transfer
        group by customer_id, transferred_date, transfer_direction, customer_type
        having sum(transfer_amount) >= if(customer_type = 'legal', 2000000, 500000)
            or (customer_type = 'natural' and sum(transfer_amount) filter (is_cross_border) >= 200000)
    """,
    "CR38": """
        with surrendered as (
            select customer_id, issue_date, application_date, completed_date, premium_amount
            from servicing_request inner join policy using (policy_number)
            where servicing_type = 'surrender' and request_status = 'completed'
        )
        select customer_id, 'red' from surrendered where completed_date - issue_date <= 90 and premium_amount >= 200000
        union
        select ending.customer_id, 'red'
        from surrendered as ending
        inner join surrendered as others on others.customer_id = ending.customer_id
            and others.completed_date <= ending.completed_date and others.application_date > ending.completed_date - interval 12 month
        group by ending.customer_id, ending.completed_date having count(*) >= 3
        union
        select fund_transfer.customer_id, 'red' from fund_transfer where transfer_direction = 'out' and account_relation = 'third_party'
    """,
    "CR39": """
        with surrendered as (
            select policy_number, customer_id, application_date, completed_date
            from servicing_request inner join policy using (policy_number)
            where servicing_type = 'surrender' and request_status = 'completed'
        ),
        together as (
            select first.customer_id, count(distinct others.application_date) as bought,
                count(distinct others.completed_date) as ended, 'end' as kind
            from surrendered as first inner join surrendered as others
                on others.customer_id = first.customer_id
                and others.completed_date between first.completed_date and first.completed_date + 6
            group by first.customer_id, first.completed_date
            union all
            select first.customer_id, count(distinct others.application_date), count(distinct others.completed_date), 'start'
            from surrendered as first inner join surrendered as others
                on others.customer_id = first.customer_id
                and others.application_date between first.application_date and first.application_date + 6
            group by first.customer_id, first.application_date
        )
        select distinct customer_id, 'red' from together where (kind = 'end' and bought >= 5) or (kind = 'start' and ended >= 5)
    """,
    "CR40": """
        select diligence_number, 'red' from customer_due_diligence
        where not is_complete
            and business_amount >= case business_kind when 'premium_cash' then 20000 when 'premium_transfer' then 200000 else 10000 end
    """,
    "CR41": f"""
        with weekdays as (
            select unnest(generate_series(date '2009-01-01', {AS_OF}, interval 1 day))::date as day
        ),
        dwell as (
            select contract_number, count(*) - coalesce(any_value(returned_days), 0) as days
            from contract inner join weekdays on day > submitted_date and day <= coalesce(approved_date, {AS_OF})
            where isodow(day) <= 5 group by contract_number
        ),
        findings as (
            select contract_number, if(days > 10, 2, 1) as level from dwell where days > 5
            union all
            select contract_number, 2 from contract where first_performance_date < effective_date
            union all
            select contract_number, 2 from contract_milestone where coalesce(done_date, {AS_OF}) - due_date > 30
        )
        select contract_number, if(max(level) = 2, 'red', 'yellow') from findings group by contract_number
    """,
    "CR42": f"""
        with weekdays as (
            select unnest(generate_series(date '2009-01-01', {AS_OF}, interval 1 day))::date as day
        ),
        waited as (
            select case_number, any_value(reported_date) as reported_date, count(day) filter (isodow(day) <= 5) as days
            from criminal_case left join weekdays on day > known_date and day <= coalesce(reported_date, {AS_OF})
            group by case_number
        )
        select case_number, case when involved_amount >= 100000000
            or (exposure_amount >= 50000000 and exposure_amount >= 0.10 * net_asset_amount)
            then 'red' else 'yellow' end
        from criminal_case inner join waited using (case_number)
        where days > 5 or (waited.reported_date is null and days = 5)
            or involved_amount >= 100000000 or (exposure_amount >= 50000000 and exposure_amount >= 0.10 * net_asset_amount)
    """,
    "CR44": """
        select employee_code || '/' || exported_date::varchar, 'red' from data_export_log where has_personal_data
        group by employee_code, exported_date
        having sum(records_count) > 500 or sum(records_count) filter (
            isodow(exported_date) > 5 or exported_at::time < time '08:30:00' or exported_at::time >= time '18:00:00'
        ) > 50
    """,
}


@pytest.fixture(scope="module")
def records(landed: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The deliveries, with each organisation's province, every person on a policy, and the policies of salespersons."""
    landed.execute(
        "create or replace table province as with recursive climbed as ("
        "select organisation_code, organisation_code as province_code, organisation_level, parent_organisation_code from organisation "
        "union all select climbed.organisation_code, parent.organisation_code, parent.organisation_level, parent.parent_organisation_code "
        "from climbed inner join organisation as parent on parent.organisation_code = climbed.parent_organisation_code "
        "where climbed.organisation_level > 2) "
        "select organisation_code, province_code from climbed where organisation_level <= 2 "
        "qualify row_number() over (partition by organisation_code order by organisation_level desc) = 1"
    )
    landed.execute(
        "create or replace table person_policy as "
        "select policy_number, id_number from policy inner join customer using (customer_id) where id_number is not null "
        "union select policy_number, id_number from planted_parties"
    )
    landed.execute(
        "create or replace table self_policy as with sellers as ("
        "select policy.policy_number, policy.employee_code, policy.issue_date, province_code, person_policy.id_number "
        "from policy inner join person_policy using (policy_number) inner join province using (organisation_code) "
        "where policy.employee_code is not null), "
        "own as (select policy_number from sellers inner join employee using (employee_code) where employee.id_number = sellers.id_number "
        "union select policy_number from sellers inner join salesperson_relation as relative using (employee_code) "
        "where relative_id_number = sellers.id_number and relation in ('spouse', 'parent', 'child')), "
        "colleagues as (select distinct policy_number from sellers inner join employee as other on other.id_number = sellers.id_number "
        "inner join province as home on home.organisation_code = other.organisation_code "
        "where other.employee_type = 'agent' and other.employee_code <> sellers.employee_code "
        "and home.province_code = sellers.province_code "
        "and other.hired_date <= issue_date and coalesce(other.left_date > issue_date, true)) "
        "select policy_number, 'self' as flag from own "
        "union all select policy_number, 'mutual' from colleagues anti join own using (policy_number)"
    )
    return landed


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_is_planted_fires_and_nothing_else(records: duckdb.DuckDBPyConnection, rule: str) -> None:
    fired = dict(records.execute(f"select distinct * from ({RULES[rule]})").fetchall())
    truth = records.execute("select case_kind, severity, subject_code from planted_cases where rule_code = ?", [rule]).fetchall()
    expected = {subject: severity for kind, severity, subject in truth if kind == "fire"}
    silent = {subject for kind, _, subject in truth if kind == "silent"}
    assert {subject: fired.get(subject) for subject in expected} == expected
    assert silent & set(fired) == set()
    assert set(fired) - set(expected) == set()


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"CR32"}))
def test_every_rule_has_a_case_that_fires_and_one_that_must_not(records: duckdb.DuckDBPyConnection, rule: str) -> None:
    kinds = records.execute(
        "select case_kind, count(distinct case_number) from planted_cases "
        "where rule_code = ? and explanation not like '%ordinary course%' group by all",
        [rule],
    ).fetchall()
    assert {kind for kind, _ in kinds} == {"fire", "silent"}
