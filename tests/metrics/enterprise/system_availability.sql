-- 核心系统可用率: one less unplanned minutes over minutes in service without planned ones, of core systems; an outage on the day it began.
select days.period_start_date as business_date, system.organisation_code, 1440 as numerator, 1440 as denominator
from latest.information_system as system
inner join periods as days on days.grain = 'day' and days.period_start_date >= system.in_service_date
where system.is_core
union all
select outage.outage_date, system.organisation_code, -outage.outage_minute_count, if(outage.is_planned, -outage.outage_minute_count, 0)
from raw.it.system_outage as outage
inner join latest.information_system as system on outage.system_code = system.system_code
where system.is_core
