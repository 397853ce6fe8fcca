-- Policies planted for the rates of rules CR31 (surrender) and CR33 (persistency). Head office sells them in desks of its own, where
-- nothing else is sold, so that the rates are exact whatever the size of the group.
alter table world.planted_sale add column second_premium varchar;

insert into world.planted_sale by name
-- Rule CR31: case, first person, how many, product, channel, quarter of sale, premium, quarter of surrender. In its first quarter a desk
-- has no reserve, and its rate is what it pays back over what it takes in: 96 % of a single premium comes back.
with surrenders as (
    select *, unnest(range(policies))::integer as member
    from (
        values
        (31005, 3100500, 1, 'ANNUITY_PENSION', 'ONLINE_PLATFORM', 6, 40000.00, 6),
        (31001, 3100100, 2, 'ANNUITY_PENSION', 'ONLINE_PLATFORM', 5, 26041.67, 5), (31001, 3100110, 14, 'ANNUITY_PENSION', 'ONLINE_PLATFORM', 5, 52000.00, null),
        (31001, 3100130, 1, 'ANNUITY_PENSION', 'ONLINE_PLATFORM', 5, 28916.66, null), (31002, 3100200, 1, 'ANNUITY_PENSION', 'ONLINE_PLATFORM', 5, 52000.00, 4),
        (31003, 3100300, 2, 'ANNUITY_PENSION', 'ONLINE_PLATFORM', 5, 52000.00, 3), (31004, 3100400, 1, 'ANNUITY_PENSION', 'ONLINE_PLATFORM', 5, 35000.00, 2),
        (31011, 3101100, 2, 'LIFE_FLEX', 'AGENCY', 5, 43671.88, 5), (31011, 3101110, 14, 'LIFE_FLEX', 'AGENCY', 5, 52000.00, null),
        (31011, 3101130, 1, 'LIFE_FLEX', 'AGENCY', 5, 32406.24, null), (31012, 3101200, 1, 'LIFE_FLEX', 'AGENCY', 5, 52000.00, 4),
        (31012, 3101210, 1, 'LIFE_FLEX', 'AGENCY', 5, 32000.00, 4), (31013, 3101300, 1, 'LIFE_FLEX', 'AGENCY', 5, 52000.00, 3),
        (31013, 3101310, 1, 'LIFE_FLEX', 'AGENCY', 5, 16250.00, 3)
    ) as cases(case_number, first_person, policies, product_code, channel_code, quarter_sold, premium_amount, quarter_ended)
),

-- Rule CR33: case, first person, how many, channel, month of sale, premium, how many pay the second premium, how many of them on the
-- last day of grace. The window of a month holds the sales of the months before too.
persistency as (
    select *, unnest(range(policies))::integer as member
    from (
        values
        (33001, 3300100, 100, 'DIRECT', 17, 1000.00, 82, 0), (33002, 3300200, 3, 'DIRECT', 16, 1000.00, 0, 0), (33003, 3300300, 8, 'DIRECT', 15, 1000.00, 0, 0),
        (33004, 3300400, 100, 'ONLINE', 17, 1000.00, 99, 20), (33005, 3300500, 1, 'ONLINE', 16, 3125.00, 0, 0), (33006, 3300600, 1, 'ONLINE', 15, 3200.00, 0, 0),
        (33007, 3300700, 99, 'AGENCY', 17, 1000.00, 60, 0), (33008, 3300800, 1, 'AGENCY', 16, 1000.00, 1, 0), (33009, 3300900, 25, 'AGENCY', 15, 2000.00, 25, 0)
    ) as cases(case_number, first_person, policies, channel_code, month_sold, premium_amount, paid, paid_late)
)

select
    case_number, first_person + member as person_number, 30 + member as age, product_code, channel_code, 'LIFE' as organisation_code,
    quarters_ago(quarter_sold) + 2 + member as issue_date, 'single' as payment_frequency, 0 as payment_term_years, premium_amount,
    'transfer' as payment_method, null as recording, 'none' as commission,
    quarters_ago(quarter_ended) + 50 - (quarters_ago(quarter_sold) + 2 + member) as surrender_day,
    null as agent_number, null as intermediary_code, null as second_premium
from surrenders
where quarters_ago(quarter_sold) >= first_day()
union all
select
    case_number, first_person + member, 28 + member % 30, 'LIFE_WHOLE', channel_code, 'LIFE', months_ago(month_sold) + 1 + member % 20, 'annual', 10,
    premium_amount, 'card', null, 'none', null, null, null,
    case when member < paid_late then 'last_day_of_grace' when member < paid then 'paid' else 'missed' end
from persistency
where months_ago(17) >= first_day();
