with years as (
    select claim_number, policy_number, loss_date, date_sub('year', effective_date, loss_date) as cover_year, effective_date
    from losses where coverage_term_years = 1 and product_line in ('motor', 'health', 'accident')
),
numbered as (
    select *, rank() over (partition by policy_number, cover_year order by loss_date) as place from years
)
select claim_number from numbered
where place = 1 and (effective_date + to_years(cover_year::integer + 1))::date - 1 - loss_date <= 7
