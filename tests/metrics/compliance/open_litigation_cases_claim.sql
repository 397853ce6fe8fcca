-- 在办理赔案件数: lawsuits and arbitrations about claim filed by the end of the period and not closed by then.
select
    periods.grain,
    periods.period_start_date,
    lawsuit.organisation_code,
    null as channel_code,
    null as product_code,
    1 as numerator,
    null as denominator
from latest.lawsuit as lawsuit
inner join periods on lawsuit.filed_date <= periods.period_end_date
where (lawsuit.closed_date is null or lawsuit.closed_date > periods.period_end_date) and lawsuit.lawsuit_cause = 'claim'
