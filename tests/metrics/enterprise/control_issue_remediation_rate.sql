-- 内控缺陷整改率: issues put right on their due date or before over issues whose due date lies in the period and is not to come.
select due_date as business_date, organisation_code, coalesce(remediated_date <= due_date, false)::integer as numerator, 1 as denominator
from latest.control_issue
where due_date <= (select as_of_date from as_of)
