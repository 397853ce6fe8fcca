with

source as (

    select * from {{ source('policy_admin', 'policy_party') }}

),

renamed as (

    select
        -- keys
        party_number,
        policy_number,
        town_code,
        employer_code,
        -- attributes
        party_role,
        holder_relation,
        -- dates and times
        issue_date,
        -- amounts and counts
        share_ratio,
        annual_income_amount,
        breadwinner_cover_amount,
        -- personal data, as keyed tokens only
        {{ keyed_token('id_number') }} as id_number_token,
        cast(date_part('year', birth_date) as integer) as birth_year
        -- dropped: party_name (a name is never needed downstream)
    from source

)

select * from renamed
