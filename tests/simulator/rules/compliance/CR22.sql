with direct_networks as (
    select distinct network_token from order_device inner join policy using (policy_number) where channel_code = 'DIRECT'
),
inside as (
    select employee_code from employee where employee_type = 'office' or channel_code = 'DIRECT'
)
select policy_number, 'red' from order_device inner join policy using (policy_number)
where intermediary_code is not null and (
    login_employee_code in (select employee_code from inside) or device_owner = 'company' or quote_source = 'direct'
    or network_token in (select network_token from direct_networks)
)
