select employee_code || '/' || exported_date::varchar, 'red' from data_export_log where has_personal_data
group by employee_code, exported_date
having sum(records_count) > 500 or sum(records_count) filter (
    isodow(exported_date) > 5 or exported_at::time < time '08:30:00' or exported_at::time >= time '18:00:00'
) > 50
