-- 客户保单净值, at quarter ends.
select * replace (null as denominator) from checked.customer_assets
where part = 'policy'
