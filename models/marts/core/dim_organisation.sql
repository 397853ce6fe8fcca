with recursive

organisations as (

    select * from {{ ref('stg_master_data__organisations') }}

),

climbed as (

    select
        organisation_code,
        organisation_code as ancestor_code,
        organisation_level as ancestor_level,
        parent_organisation_code as next_code
    from organisations

    union all

    select
        climbed.organisation_code,
        parents.organisation_code as ancestor_code,
        parents.organisation_level as ancestor_level,
        parents.parent_organisation_code as next_code
    from climbed
    inner join organisations as parents
        on
            climbed.next_code = parents.organisation_code
            and climbed.ancestor_level > parents.organisation_level

),

places as (

    select
        organisation_code,
        max(ancestor_code) filter (where ancestor_level = 1) as company_code,
        max_by(ancestor_code, ancestor_level) filter (where ancestor_level <= 2) as branch_code
    from climbed
    group by organisation_code

),

placed as (

    select
        organisations.organisation_code,
        organisations.organisation_name_zh,
        organisations.organisation_name_en,
        organisations.parent_organisation_code,
        organisations.organisation_level,
        places.company_code,
        places.branch_code,
        organisations.company_type,
        organisations.region_code
    from organisations
    left join places on organisations.organisation_code = places.organisation_code

)

select * from placed
