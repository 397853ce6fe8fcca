select arg_max(security_number, valid_to_date), 'red' from intermediary_insurance
group by intermediary_code, security_kind having max(valid_to_date) - as_of() <= 30
