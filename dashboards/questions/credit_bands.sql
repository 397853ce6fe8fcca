-- Good and bad borrowers per score band, all samples together; borrowers whose outcome is not known yet are in neither.
select
    score_band,
    min(band_lower_score) as band_lower_score,
    sum(good_count) as good_count,
    sum(bad_count) as bad_count,
    sum(bad_count) / nullif(sum(bad_count + good_count), 0) as bad_ratio
from agg_credit_score_bands
where card_version = $card_version
group by score_band
order by band_lower_score
