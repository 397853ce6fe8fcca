-- 客均内容浏览次数: contents read of known customers, per effective customer and month.
select
    * replace (content_count as numerator)
from checked.interactions_per_customer
