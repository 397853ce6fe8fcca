select claim_number from losses
inner join employee on employee.employee_code = losses.handler_employee_code
left join repair_shop using (repair_shop_code)
where employee.mobile_number in (reporter_mobile_number, contact_mobile_number)
