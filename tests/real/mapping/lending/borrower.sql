-- Columns as they are. The source has no date of observation; 2011-09-01 is when the sample was published. Codes 96 and 98 in the
-- past-due columns and age 0 are left for the loader to find.
select
    'G' || row_id as borrower_number, null::varchar as loan_number, date '2011-09-01' as observation_date,
    cast(age as integer) as age, cast(MonthlyIncome as decimal(18, 2)) as monthly_income_amount, DebtRatio as debt_ratio,
    RevolvingUtilizationOfUnsecuredLines as revolving_utilisation_ratio,
    cast(NumberOfOpenCreditLinesAndLoans as integer) as open_credit_line_count,
    cast(NumberRealEstateLoansOrLines as integer) as real_estate_loan_count,
    cast(NumberOfDependents as integer) as dependant_count,
    cast("NumberOfTime30-59DaysPastDueNotWorse" as integer) as past_due_30_59_count,
    cast("NumberOfTime60-89DaysPastDueNotWorse" as integer) as past_due_60_89_count,
    cast(NumberOfTimes90DaysLate as integer) as past_due_90_count,
    null::integer as long_term_policy_count, SeriousDlqin2yrs = 1 as is_serious_delinquent
from borrowers
