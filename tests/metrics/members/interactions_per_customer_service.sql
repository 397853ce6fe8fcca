-- 客均客服次数: contacts and services used in the app of known customers, per effective customer and month.
select
    * replace (service_count as numerator)
from checked.interactions_per_customer
