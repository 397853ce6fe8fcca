-- Distribution_channel of the Spanish motor portfolio: 0 agent, 1 insurance broker. The American life policies were sold by tied
-- agents. The European ones say no channel and the French motor policies a letter without meaning: NOT_SAID, whose group is a
-- stand-in, so that no share of a channel group is compared for them.
from (
    values
    ('AGENT', '代理人', 'Agent', 'agency'),
    ('BROKER', '保险经纪', 'Insurance broker', 'intermediary'),
    ('NOT_SAID', '来源未注明', 'Not said by the source', 'direct')
) as channels(channel_code, channel_name_zh, channel_name_en, channel_group)
select *, null::varchar as parent_channel_code, date '2015-01-01' as updated_date
