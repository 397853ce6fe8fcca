-- 客户账户余额, at quarter ends.
select * replace (null as denominator) from checked.customer_assets
where part = 'balance'
