select * from dim_compliance_rule
order by rule_code
