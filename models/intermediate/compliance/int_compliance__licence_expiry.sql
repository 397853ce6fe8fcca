with

licences as (

    select * from {{ ref('stg_master_data__intermediary_licences') }}

),

intermediaries as (

    select * from {{ ref('stg_master_data__intermediaries') }}

),

rules as (

    select * from {{ ref('compliance_rules') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

-- A renewed licence leaves its predecessor behind: only the one that runs longest counts.
longest_licences as (

    select * from licences
    qualify row_number() over (
        partition by intermediary_code, licence_type
        order by expiry_date desc, issued_date desc, licence_number desc
    ) = 1

),

measured as (

    select
        longest_licences.licence_number,
        longest_licences.licence_type,
        longest_licences.intermediary_code,
        longest_licences.expiry_date,
        intermediaries.organisation_code,
        intermediaries.channel_code,
        intermediaries.intermediary_name_zh,
        intermediaries.intermediary_name_en,
        rules.yellow_threshold,
        rules.red_threshold,
        longest_licences.expiry_date - as_of.as_of_date as days_to_expiry
    from longest_licences
    cross join as_of
    inner join rules on {{ rule_holds_on('CR01', 'as_of.as_of_date') }}
    inner join intermediaries on longest_licences.intermediary_code = intermediaries.intermediary_code

),

findings as (

    select
        'CR01' as rule_code,
        'intermediary_licence' as subject_kind,
        licence_number as subject_code,
        organisation_code,
        channel_code,
        intermediary_code,
        -- the first day of the warning, so that the finding keeps its identity while it turns from yellow to red
        expiry_date - cast(yellow_threshold as integer) as business_date,
        case when days_to_expiry <= red_threshold then 'red' else 'yellow' end as severity,
        days_to_expiry as measured_value,
        case when days_to_expiry <= red_threshold then red_threshold else yellow_threshold end as threshold_value,
        expiry_date as due_date,
        case
            when days_to_expiry < 0
                then
                    intermediary_name_zh || ' 许可证 ' || licence_number || ' 已于 ' || expiry_date || ' 到期，应停止出单'
            else intermediary_name_zh || ' 许可证 ' || licence_number || ' 将于 ' || expiry_date || ' 到期，剩余 ' || days_to_expiry || ' 天'
        end as summary_zh,
        case
            when days_to_expiry < 0
                then
                    intermediary_name_en || ': licence ' || licence_number || ' expired on ' || expiry_date || '; sales have to stop'
            else intermediary_name_en || ': licence ' || licence_number || ' expires on ' || expiry_date || ', in ' || days_to_expiry || ' days'
        end as summary_en,
        'intermediary_licence' as record_kind,
        licence_number as record_key,
        expiry_date as record_date,
        cast(null as decimal(18, 2)) as record_amount,
        'licence_type=' || licence_type as record_note
    from measured
    where days_to_expiry <= yellow_threshold

)

select * from findings
