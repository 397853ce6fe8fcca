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
