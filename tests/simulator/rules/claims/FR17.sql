with insured as (
    select policy_number, annual_income_amount, breadwinner_cover_amount, sum_insured_amount, product_line,
        sum(sum_insured_amount) filter (product_line in ('life', 'accident')) over (partition by id_number) as death_cover
    from policy_party inner join policy using (policy_number) inner join product using (product_code) where party_role = 'insured'
)
select policy_number from insured
where (annual_income_amount > 0 and death_cover > 20 * annual_income_amount)
    or (annual_income_amount = 0 and product_line in ('life', 'accident') and sum_insured_amount > breadwinner_cover_amount)
