select *
from (values ('LIFE', 'LIFE'), ('LIFE_BJ', 'LIFE'), ('LIFE_SH', 'LIFE'), ('PROP', 'PROP'), ('PROP_BJ', 'PROP'))
    as organisations (organisation_code, company_code)
