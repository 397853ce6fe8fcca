-- Distribution_channel of the motor portfolio: 0 agent, 1 insurance broker.
from (
    values
    ('AGENT', '代理人', 'Agent', 'agency'),
    ('BROKER', '保险经纪', 'Insurance broker', 'intermediary')
) as channels(channel_code, channel_name_zh, channel_name_en, channel_group)
select *, null::varchar as parent_channel_code, date '2015-01-01' as updated_date
