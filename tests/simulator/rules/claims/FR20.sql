-- Judged from eight claims: below, three standard deviations of a small mean are reached by chance.
with visits as (
    select hospital_code, claim_number, reported_date from medical_treatment inner join losses using (claim_number)
    where treatment_kind <> 'earlier_visit'
),
windows as (
    select later.hospital_code, later.claim_number, later.reported_date, count(*) as in_30_days
    from visits as later inner join visits as earlier
        on earlier.hospital_code = later.hospital_code
        and earlier.reported_date between later.reported_date - 30 and later.reported_date
    group by all
),
months as (
    select hospital_code, month
    from (select distinct hospital_code from visits)
    cross join (
        select unnest(generate_series(date_trunc('month', min(reported_date)), max(reported_date), interval 1 month))::date as month
        from visits
    )
),
usual as (
    select hospital_code, date_trunc('month', reported_date)::date as month, count(*) as claims from visits group by all
),
history as (
    select months.hospital_code, months.month, coalesce(usual.claims, 0) as claims
    from months left join usual on usual.hospital_code = months.hospital_code and usual.month = months.month
)
select distinct windows.hospital_code
from windows inner join history
    on history.hospital_code = windows.hospital_code and history.month < date_trunc('month', windows.reported_date - 30)
group by windows.hospital_code, windows.claim_number, windows.in_30_days
having windows.in_30_days >= 8 and windows.in_30_days > avg(claims) + 3 * stddev_pop(claims)
