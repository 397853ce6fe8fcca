-- Detects organisations that reach no company by climbing the tree.
-- Guards the cut by company: their figures would stand under no company.
-- A returned row is an organisation below the group without a company.
select
    organisation_code,
    parent_organisation_code,
    organisation_level
from {{ ref('dim_organisation') }}
where
    organisation_level > 0
    and company_code is null
