-- The source files under the names the mapping uses. $source_folder is replaced by the folder of real data.
create view policy_years as from read_parquet('$source_folder/segura_motor/policy_year.parquet');
create view claims_by_type as from read_parquet('$source_folder/segura_motor/claim_by_type.parquet');
create view calls as from read_parquet('$source_folder/technion_calls/calls_1999_02_text.parquet');
create view borrowers as from read_parquet('$source_folder/give_me_some_credit/cs_training.parquet');

-- Requests for payment are payments, domestic declarations (reimbursements to employees) are withdrawals.
create view payment_cases as
    select 'RFP' || case_no as order_number, 'payment' as order_type, "case:Project" as customer_id,
        cast("case:RequestedAmount" as decimal(18, 2)) as amount
    from read_parquet('$source_folder/bpi2020_payments/bpi2020_requestforpayment_cases.parquet')
    union all
    select 'DD' || case_no, 'withdrawal', "case:BudgetNumber", cast("case:Amount" as decimal(18, 2))
    from read_parquet('$source_folder/bpi2020_payments/bpi2020_domesticdeclarations_cases.parquet');
create view payment_events as
    select 'RFP' || case_no as order_number, event_no, "concept:name" as activity,
        cast("time:timestamp" at time zone 'UTC' as timestamp) as occurred_at
    from read_parquet('$source_folder/bpi2020_payments/bpi2020_requestforpayment_events.parquet')
    union all
    select 'DD' || case_no, event_no, "concept:name", cast("time:timestamp" at time zone 'UTC' as timestamp)
    from read_parquet('$source_folder/bpi2020_payments/bpi2020_domesticdeclarations_events.parquet');

-- Policy years in the order of the policy, numbered from the year in which cover began. The first year seen is the first
-- of the policy when it begins at most half a year after the start; 68 policies start after their first renewal
-- (by up to two months): their first year seen is year 1.
create view numbered_policy_years as
    with ordered as (
        select *,
            row_number() over (partition by ID order by Date_last_renewal) as seen_number,
            min(Date_last_renewal) over (partition by ID) as first_renewal_date
        from policy_years
    )
    select *,
        greatest(1, 1 + cast(round((first_renewal_date - Date_start_contract) / 365.25) as integer)) + seen_number - 1
            as policy_year_number
    from ordered;

-- Claims carry no date. The cost of the year finds the policy year: a claim is reported on its first day and settled on the day
-- of the next renewal, when the year's cost is known. 3 costs fit two years of the policy: the earlier one is taken.
-- The number is made of all columns of the row, so that the 132 repeated rows repeat the number.
create view dated_claims as
    select
        'S' || claims_by_type.ID as policy_number,
        left(md5(concat_ws('|', claims_by_type.ID, Claims_type, Cost_claims_by_type, claims_by_type.Cost_claims_year)), 20)
            as claim_number,
        replace(Claims_type, ' ', '_') as claim_type, cast(Cost_claims_by_type as decimal(18, 2)) as amount,
        min(policy_years.Date_last_renewal) as reported_date,
        arg_min(policy_years.Date_next_renewal, policy_years.Date_last_renewal) as settled_date
    from (select *, row_number() over () as line_number from claims_by_type) as claims_by_type
    join policy_years
        on claims_by_type.ID = policy_years.ID and claims_by_type.Cost_claims_year = policy_years.Cost_claims_year
    group by line_number, claims_by_type.ID, Claims_type, Cost_claims_by_type, claims_by_type.Cost_claims_year;

-- American whole life sold by tied agents: the policies paid annually, since the other frequencies are not told apart, and issued
-- by February 2005, so that 61 months and 60 days lie before the end of the observation in May 2010. A policy has no number, so
-- it has that of its row; its duration is in quarters.
create view whole_life_policies as
    select
        'U' || file_row_number as policy_number, "issue.date" as issue_date, "termination.cause" as termination_cause,
        "issue.date" + cast(round(duration * 365.25 / 4) as integer) as termination_date
    from read_parquet('$source_folder/life_lapse/uslapseagent.parquet', file_row_number = true)
    where "premium.frequency" = 'Annual' and "issue.date" < date '2005-03-01';

-- European unit-linked policies of one premium, issued by 2002: the years seen for five years and more. Those of 2003 to 2006 are
-- left out for the cost of the run: each policy in force is a customer of every month until today.
create view unit_linked_policies as
    select
        "policy.ID" as policy_number, "issue.date" as issue_date, "termination.date" as termination_date,
        "lapse.reason" as lapse_reason, cast("face.amount" as decimal(18, 2)) as face_amount, "underwriting.age" as age,
        cast("risk.premium" as decimal(18, 2)) as risk_amount, cast("saving.premium" as decimal(18, 2)) as saving_amount
    from read_parquet('$source_folder/life_lapse/eusavingULnoPS.parquet')
    where "issue.date" < date '2003-01-01';

-- French motor: policies ever sold by channel B, with all their years and claims; channels A and L are left out for the cost of
-- the run. Claims are in the order of their dates.
create view french_policy_years as
    select IDpol, cast(Year as integer) as cover_year, cast(DrivAge as integer) as driver_age, cast(PremTot as decimal(18, 2)) as premium,
        row_number() over (partition by IDpol order by Year) as seen_number
    from read_parquet('$source_folder/fremotor1/fremotor1prem0304a.parquet')
    qualify bool_or(Channel = 'B') over (partition by IDpol);
create view french_claims as
    select claims.*, make_date(year(OccurDate), 12, 31) as settled_date
    from read_parquet('$source_folder/fremotor1/fremotor1sev0304a.parquet') as claims
    where IDpol in (select IDpol from french_policy_years)
    order by OccurDate, IDpol;
