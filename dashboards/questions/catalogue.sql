-- Metrics in force whose code or either name holds the words searched for.
with

metrics as (

    select * from metric_catalogue
    qualify row_number() over (partition by metric_code order by version desc) = 1

),

found as (

    select
        metric_code,
        name_zh,
        name_en,
        subject
    from metrics
    where
        (contains(lower(metric_code), lower($words)) or contains(name_zh, $words) or contains(lower(name_en), lower($words)))
        and ($subject is null or subject = $subject)

)

select * from found
order by subject, metric_code
