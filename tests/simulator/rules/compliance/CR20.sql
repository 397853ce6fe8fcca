select policy_number, 'red' from information_check
where name_result <> 'passed' or id_number_result <> 'passed' or mobile_result <> 'passed' or address_result <> 'passed'
