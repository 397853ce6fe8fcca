{# A keyed token in place of a personal value: the same person gives the same token, and without the key, which stays in
   the raw database, it cannot be reversed by trying all values. Nested so that a token cannot be extended. #}
{% macro keyed_token(column) -%}
    sha256(
        (select token_key from {{ source('loading', 'token_key') }})
        || sha256((select token_key from {{ source('loading', 'token_key') }}) || {{ column }})
    )
{%- endmacro %}
