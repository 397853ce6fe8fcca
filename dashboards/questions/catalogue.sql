-- Metrics whose code or either name holds the words searched for.
with

found as (

    select
        metric_code,
        name_zh,
        name_en,
        subject
    from metric_catalogue
    where
        (contains(lower(metric_code), lower($words)) or contains(name_zh, $words) or contains(lower(name_en), lower($words)))
        and ($subject is null or subject = $subject)

)

select * from found
order by subject, metric_code
