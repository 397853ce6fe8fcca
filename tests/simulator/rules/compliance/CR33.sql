-- Premium persistency in the thirteenth month, of a channel in a branch, over the cohorts of twelve months: below 82 % or at least
-- 3 points below the month before is yellow, below 74 % red. A cohort counts from the month in which the 60 days of grace are over
-- for all of it, and twelve cohorts of fewer than a hundred policies are not judged. Left out: single premiums, policies cancelled
-- in the free-look period, deaths.
with cohort as (
    select policy_number, channel_code, province_code, effective_date, (effective_date + interval 1 year)::date as anniversary,
        (date_trunc('month', effective_date) + interval 15 month)::date as evaluated
    from policy inner join product using (product_code) inner join province on province.organisation_code = policy.organisation_code
    where is_long_term and payment_frequency <> 'single'
),
counted as (
    select * from cohort
    where evaluated <= as_of() and policy_number not in (
        select policy_number from servicing_request inner join cohort using (policy_number)
        where request_status = 'completed' and servicing_type in ('free_look_cancellation', 'death_claim_termination')
            and completed_date - anniversary <= 60
    )
),
paid as (
    select policy_number,
        sum(premium_amount - account_value_amount) filter (due_date < effective_date + interval 1 month) as first_amount,
        coalesce(sum(premium_amount - account_value_amount) filter (
            due_date >= anniversary and due_date < anniversary + interval 1 month and accounting_date - anniversary <= 60
        ), 0) as second_amount
    from premium_payment inner join counted using (policy_number) group by all
),
months as (
    select channel_code, province_code, unnest(generate_series(min(evaluated), as_of(), interval 1 month))::date as month from counted group by all
),
windows as (
    select months.channel_code, months.province_code, month, count(*) as policies, sum(second_amount) / sum(first_amount) as rate
    from months inner join counted on counted.channel_code = months.channel_code and counted.province_code = months.province_code
        and evaluated between month - interval 11 month and month
    inner join paid using (policy_number)
    group by all having count(*) >= 100
)
select now.channel_code || '/' || now.province_code || '/' || strftime(now.month, '%Y-%m'), if(round(now.rate, 9) < 0.74, 'red', 'yellow')
from windows as now left join windows as before
    on before.channel_code = now.channel_code and before.province_code = now.province_code and before.month = now.month - interval 1 month
where round(now.rate, 9) < 0.82 or round(before.rate - now.rate, 9) >= 0.03
