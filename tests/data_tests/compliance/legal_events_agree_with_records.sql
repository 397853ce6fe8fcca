-- Detects: contracts, lawsuits or penalties lost or counted twice on the way to the daily figures, and stock that does not follow.
-- Guards: every record has one organisation and one date of its event; what is filed and not closed is open on the as-of date.
-- A returned row is a figure on which records and aggregates differ.
with

lawsuits as (

    select
        count(closed_date) as closed_count,
        count(*) filter (where closed_date is null) as open_count,
        coalesce(sum(claimed_amount) filter (where closed_date is null), 0) as open_amount
    from {{ ref('stg_legal__lawsuits') }}

),

contracts as (

    select count(approved_date) as approved_count
    from {{ ref('stg_legal__contracts') }}

),

penalties as (

    select
        count(*) as penalty_count,
        coalesce(sum(penalty_amount), 0) as penalty_amount
    from {{ ref('stg_compliance__regulatory_penalties') }}

),

events as (

    select
        coalesce(sum(closed_lawsuit_count), 0) as closed_count,
        coalesce(sum(approved_contract_count), 0) as approved_count,
        coalesce(sum(penalty_count), 0) as penalty_count,
        coalesce(sum(penalty_amount), 0) as penalty_amount
    from {{ ref('agg_legal_events_daily') }}

),

stock as (

    select
        coalesce(sum(open_lawsuit_count), 0) as open_count,
        coalesce(sum(open_lawsuit_amount), 0) as open_amount,
        coalesce(sum(
            open_claim_lawsuit_count + open_surrender_lawsuit_count + open_labour_lawsuit_count + open_intermediary_lawsuit_count
        ), 0) as open_by_cause_count
    from {{ ref('agg_legal_stock_daily') }}
    where stock_date = (select as_of.as_of_date from {{ ref('int_core__as_of_date') }} as as_of)

),

figures as (

    select
        'closed lawsuits' as figure_name,
        lawsuits.closed_count as record_figure,
        events.closed_count as aggregate_figure
    from lawsuits cross join events
    union all
    select
        'open lawsuits' as figure_name,
        lawsuits.open_count as record_figure,
        stock.open_count as aggregate_figure
    from lawsuits cross join stock
    union all
    select
        'open lawsuits by cause' as figure_name,
        lawsuits.open_count as record_figure,
        stock.open_by_cause_count as aggregate_figure
    from lawsuits cross join stock
    union all
    select
        'amount of open lawsuits' as figure_name,
        lawsuits.open_amount as record_figure,
        stock.open_amount as aggregate_figure
    from lawsuits cross join stock
    union all
    select
        'approved contracts' as figure_name,
        contracts.approved_count as record_figure,
        events.approved_count as aggregate_figure
    from contracts cross join events
    union all
    select
        'penalties' as figure_name,
        penalties.penalty_count as record_figure,
        events.penalty_count as aggregate_figure
    from penalties cross join events
    union all
    select
        'amount of penalties' as figure_name,
        penalties.penalty_amount as record_figure,
        events.penalty_amount as aggregate_figure
    from penalties cross join events

)

select * from figures
where record_figure <> aggregate_figure
