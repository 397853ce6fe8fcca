{#
  A generic test of the key of a mart of tens of millions of rows: a returned row is a value that occurs more than once.
  While loads wait to be built it looks at their business dates only, so that its cost does not grow with history; the
  loader has already compared their keys with everything loaded before. Otherwise it looks at the whole table.
#}
{% test unique_among_touched(model, column, business_date, touched_by) %}

    select
        {{ column }},
        count(*) as occurrence_count
    from {{ model }}
    where
        {{ business_date }} in ({{ touched_dates_of(touched_by) }})
        or not exists ({{ touched_dates_of(touched_by) }})
    group by {{ column }}
    having count(*) > 1

{% endtest %}
