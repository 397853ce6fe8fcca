with shared as (
    select mobile_number from customer where customer_type = 'natural' group by all
    having count(distinct id_number) >= 3
        and (count(distinct household_code) <> 1 or count(household_code) < count(*))
),
lent as (
    select customer.mobile_number from customer inner join employee using (mobile_number)
    where employee_type = 'agent' and customer.id_number <> employee.id_number
)
select customer_id, 'red' from customer
where mobile_number in (select mobile_number from shared union all select mobile_number from lent)
