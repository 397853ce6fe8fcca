-- People, their employees' side and their records at each company. Identities look valid and cannot belong to anyone:
-- division codes from 990101 are not assigned, no mobile number begins with 10, no card range begins with 990.
create macro identity_number(digits) as (
    digits || substr('10X98765432', 1 + (
        substr(digits, 1, 1)::integer * 7 + substr(digits, 2, 1)::integer * 9 + substr(digits, 3, 1)::integer * 10
        + substr(digits, 4, 1)::integer * 5 + substr(digits, 5, 1)::integer * 8 + substr(digits, 6, 1)::integer * 4
        + substr(digits, 7, 1)::integer * 2 + substr(digits, 8, 1)::integer * 1 + substr(digits, 9, 1)::integer * 6
        + substr(digits, 10, 1)::integer * 3 + substr(digits, 11, 1)::integer * 7 + substr(digits, 12, 1)::integer * 9
        + substr(digits, 13, 1)::integer * 10 + substr(digits, 14, 1)::integer * 5 + substr(digits, 15, 1)::integer * 8
        + substr(digits, 16, 1)::integer * 4 + substr(digits, 17, 1)::integer * 2
    ) % 11, 1)
);

create macro surname(stream, row_id) as (
    chosen(stream, row_id, ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高', '林', '何', '郭', '马', '罗'])
);

create macro given_name(stream, row_id) as (
    chosen(stream || '/first', row_id, ['舟', '岚', '澄', '芷', '越', '禾', '晏', '屿', '棠', '砚', '苒', '序', '泽', '念', '希', '朔'])
    || chosen(stream || '/second', row_id, ['宁', '远', '然', '清', '川', '微', '言', '白', '舒', '野', '安', '临', '章', '音', '桐', '溪'])
);

-- Bijections: two different row ids never share a number.
create macro mobile(prefix, row_id) as (prefix || lpad((((row_id)::bigint * 7368787 + 1234567) % 100000000)::varchar, 8, '0'));

create table world.person as
with people as (
    select unnest(range(1, sized(14500) + 1)) as person_id
),

traits as (
    select
        person_id,
        -- Everybody is of age on the first day.
        (as_of() - (365.25 * (
            greatest(22, 18.5 + history_years) + (72 - greatest(22, 18.5 + history_years)) * uniform('age', person_id) ** 1.35
        ))::integer)::date as birth_date,
        case when uniform('gender', person_id) < 0.51 then 'female' else 'male' end as gender,
        case when uniform('household', person_id // 3) < 0.35 then person_id // 3 end as household,
        uniform('in_life', person_id) < 0.60 as in_life,
        uniform('in_property', person_id) < 0.46 as in_property,
        uniform('in_account', person_id) < 0.42 as in_account
    from people
    cross join (select date_diff('day', first_day(), as_of()) / 365.25 as history_years) as history
)

select
    *,
    household is not null and uniform('shared_mobile', household) < 0.15 as shares_mobile,
    false as is_planted
from traits
where in_life or in_property or in_account;

-- Agents of a branch are spread over its sub-branches and outlets by their shares; the first two stay at the branch.
create table world.employee as
with posts as (
    select
        branch.organisation_code as branch_code,
        staff.employee_type,
        staff.channel_code as post_channel,
        staff.head_count,
        unnest(range(staff.head_count)) as position
    from world.organisation_place as branch
    inner join (
        values
        ('LIFE', 2, 'agent', 'AGENCY', 16), ('LIFE', 2, 'agent', 'BANC', 6), ('LIFE', 2, 'agent', 'DIRECT', 4),
        ('PROP', 2, 'agent', 'AGENCY', 10), ('PROP', 2, 'agent', 'DIRECT', 5), ('LIFE', 1, 'service', null, 14),
        ('PROP', 1, 'service', null, 11), ('ONLINE', 1, 'service', null, 6), ('PAY', 1, 'service', null, 5), ('LIFE', 1, 'office', null, 6),
        ('PROP', 1, 'office', null, 5), ('ONLINE', 1, 'office', null, 6), ('PAY', 1, 'office', null, 4), ('FUND', 1, 'office', null, 3),
        ('BANK', 1, 'office', null, 4), ('SALES', 1, 'office', null, 3), ('BROKERAGE', 1, 'office', null, 3)
    ) as staff(company_code, organisation_level, employee_type, channel_code, head_count)
        on staff.company_code = branch.company_code and staff.organisation_level = branch.organisation_level
    union all
    select 'GROUP', 'office', null, 5, unnest(range(5))
),

numbered as (
    select
        row_number() over (order by branch_code, employee_type, post_channel nulls last, position) as employee_id,
        *,
        case when position >= 2 then (position - 1.5) / (head_count - 2) end as place_share
    from posts
),

ranges as (
    select
        branch_code,
        organisation_code,
        sum(branch_share) over shares - branch_share as share_from,
        sum(branch_share) over shares as share_to
    from world.organisation_place
    where organisation_level >= 3
    window shares as (partition by branch_code order by organisation_code)
),

-- A third joined later than the first day, most others long before; a quarter left again after two years or so.
joined as (
    select
        numbered.*,
        coalesce(ranges.organisation_code, numbered.branch_code) as organisation_code,
        case when position >= 2 and uniform('hired_later', employee_id) < 0.35
            then first_day() + whole('hired', employee_id, 30, date_diff('day', first_day(), as_of()) - 210)::integer
            else first_day() - whole('hired', employee_id, 40, 2500)::integer end as hired_date
    from numbered
    left join ranges
        on ranges.branch_code = numbered.branch_code
        and numbered.employee_type = 'agent'
        and numbered.place_share >= ranges.share_from
        and numbered.place_share < ranges.share_to
),

departed as (
    select
        *,
        case when position >= 2 and employee_type <> 'office' and uniform('left', employee_id) < 0.30
            then greatest(hired_date, first_day()) + least(floor(-ln(1 - uniform('left_day', employee_id)) * 800), 100000)::integer + 90 end as left_drawn
    from joined
)

select
    employee_id,
    'E' || lpad(employee_id::varchar, 5, '0') as employee_code,
    surname('employee_surname', employee_id) || given_name('employee_given', employee_id) as employee_name,
    identity_number(
        '9902' || lpad(employee_id::varchar, 2, '0')[-2:]
        || strftime(date '1965-01-01' + whole('employee_birth', employee_id, 0, 12000)::integer, '%Y%m%d')
        || lpad((employee_id % 1000)::varchar, 3, '0')
    ) as id_number,
    mobile('104', employee_id) as mobile_number,
    employee_type,
    organisation_code,
    branch_code,
    post_channel as channel_code,
    position,
    hired_date,
    case when left_drawn <= as_of() - 3 then left_drawn end as left_date,
    employee_type = 'agent' and position = 1 and uniform('suspended', employee_id) < 0.3 as is_suspended,
    exp(0.35 * normal('agent_quality', employee_id)) as lapse_factor
from departed;
