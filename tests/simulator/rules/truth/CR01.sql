select licence_number, case when expiry_date - as_of() <= 30 then 'red' else 'yellow' end
from intermediary_licence where expiry_date - as_of() <= 90
