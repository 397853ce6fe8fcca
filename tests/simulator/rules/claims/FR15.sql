with enquired as (
    select *, count(distinct insurer_code) over (
        partition by enquiry_number order by other_issue_date range between interval 90 day preceding and current row
    ) as insurers from industry_enquiry
)
select claim_number from enquired group by all having max(insurers) >= 3 or sum(daily_allowance_amount) >= 500
