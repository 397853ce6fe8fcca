select customer_id || '/' || transferred_date::varchar, 'yellow' from fund_transfer
group by customer_id, transferred_date, transfer_direction, customer_type
having sum(transfer_amount) >= if(customer_type = 'legal', 2000000, 500000)
    or (customer_type = 'natural' and sum(transfer_amount) filter (is_cross_border) >= 200000)
