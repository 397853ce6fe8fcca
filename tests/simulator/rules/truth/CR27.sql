select complaint_number, case when coalesce(closed_date, as_of()) > due_date then 'red' else 'yellow' end
from complaint
where received_date >= date '2020-03-01'
    and (coalesce(closed_date, as_of()) > due_date or (closed_date is null and due_date - as_of() <= 3))
