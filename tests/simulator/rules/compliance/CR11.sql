select channel_code || '/' || product_code || '/' || period_end_date::varchar, 'red'
from sales_expense inner join expense_filing using (channel_code, product_code)
where date_trunc('quarter', period_end_date) between valid_from_date and coalesce(valid_to_date, date '9999-12-31')
group by channel_code, product_code, period_end_date, filed_ratio, sales_expense.premium_amount
having sum(expense_amount) > round(sales_expense.premium_amount * filed_ratio, 2)
