-- The group, and one company per source; the motor insurer has a branch per area (0 rural, 1 urban).
from (
    values
    ('REAL', '真实数据样本', 'Real data', null, 0, 'group'),
    ('SEGURA', '西班牙车险公司', 'Spanish motor insurer', 'REAL', 1, 'property'),
    ('SEGURA_RURAL', '西班牙车险农村机构', 'Spanish motor insurer, rural', 'SEGURA', 2, 'property'),
    ('SEGURA_URBAN', '西班牙车险城市机构', 'Spanish motor insurer, urban', 'SEGURA', 2, 'property'),
    ('USLIFE', '美国寿险公司', 'US life insurer', 'REAL', 1, 'life'),
    ('EULINK', '欧洲投连险公司', 'European unit-linked insurer', 'REAL', 1, 'life'),
    ('FREMOTOR', '法国车险公司', 'French motor insurer', 'REAL', 1, 'property'),
    ('TUE', '荷兰大学付款部', 'Dutch university payments', 'REAL', 1, 'account'),
    ('BANK', '以色列银行呼叫中心', 'Israeli bank call centre', 'REAL', 1, 'bank')
) as organisations(
    organisation_code, organisation_name_zh, organisation_name_en, parent_organisation_code, organisation_level, company_type
)
select *, null::varchar as region_code, date '2015-01-01' as updated_date
