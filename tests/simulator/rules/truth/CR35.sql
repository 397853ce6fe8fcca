with days as (
    select person_id, happened from cash group by all having sum(amount) >= 50000
)
select customer_id, 'red' from days inner join same_person using (person_id)
