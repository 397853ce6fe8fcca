with

quality as (

    select * from {{ ref('agg_credit_model_quality') }}

),

-- All borrowers of a month together: the one row a month that the metrics show.
monthly as (

    select
        observation_month,
        ks,
        auc,
        psi
    from quality
    where sample = 'all' and observation_month is not null

)

select * from monthly
