with

members as (

    select distinct channel_code
    from metric_values
    where dimension_set in ('channel', 'company+channel', 'organisation+channel')

),

listed as (

    select
        dim_channel.channel_code as member_code,
        dim_channel.channel_name_zh as name_zh,
        dim_channel.channel_name_en as name_en
    from dim_channel
    inner join members on dim_channel.channel_code = members.channel_code

)

select * from listed
order by member_code
