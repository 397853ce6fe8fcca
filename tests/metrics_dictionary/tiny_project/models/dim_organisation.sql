select *
from (
    values ('LIFE', 'LIFE', 'LIFE'), ('LIFE_BJ', 'LIFE_BJ', 'LIFE'), ('LIFE_SH', 'LIFE_SH', 'LIFE'), ('PROP', 'PROP', 'PROP'),
        ('PROP_BJ', 'PROP_BJ', 'PROP')
) as organisations (organisation_code, branch_code, company_code)
