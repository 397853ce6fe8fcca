-- 客户货币基金市值, at quarter ends.
select * replace (null as denominator) from checked.customer_assets
where part = 'fund'
