-- The agents who answered calls, by the first names the source shows.
select distinct
    server as employee_code, server as employee_name, null::varchar as id_number, null::varchar as mobile_number,
    'service' as employee_type, 'BANK' as organisation_code, null::varchar as channel_code, 'not_required' as registration_status,
    date '1999-02-01' as hired_date, null::date as left_date, date '2015-01-01' as updated_date
from calls
where server <> 'NO_SERVER'
