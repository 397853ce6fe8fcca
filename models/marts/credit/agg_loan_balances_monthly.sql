with

loan_months as (

    select * from {{ ref('int_credit__loan_months') }}

),

parameters as (

    select * from {{ ref('credit_parameters') }}

),

monthly as (

    select
        loan_months.snapshot_date,
        loan_months.organisation_code,
        loan_months.channel_code,
        loan_months.product_code,
        count(*) as outstanding_loan_count,
        cast(sum(loan_months.outstanding_principal_amount) as decimal(18, 2)) as outstanding_principal_amount,
        cast(sum(
            case when loan_months.days_past_due > 0 then loan_months.outstanding_principal_amount else 0 end
        ) as decimal(18, 2)) as past_due_principal_amount,
        cast(sum(
            case
                when loan_months.days_past_due >= parameters.past_due_days then loan_months.outstanding_principal_amount
                else 0
            end
        ) as decimal(18, 2)) as past_due_30_principal_amount,
        cast(sum(
            case
                when loan_months.days_past_due >= parameters.serious_past_due_days
                    then loan_months.outstanding_principal_amount
                else 0
            end
        ) as decimal(18, 2)) as past_due_90_principal_amount
    from loan_months
    cross join parameters
    group by
        loan_months.snapshot_date, loan_months.organisation_code, loan_months.channel_code, loan_months.product_code

)

select * from monthly
