{% set trailing_days = 365 %}
with

    cycles as (select * from {{ ref("int_sales_cycles") }}),
    facts as (select * from {{ ref("int_opportunity_facts") }}),

    -- Coarser periods end when a month ends, or on as_of.
    ends as (
        select distinct last_day
        from {{ ref("int_pipeline_periods") }}
        where grain in ('month', 'all')
    ),

    past_year as (
        select
            facts.dimension,
            facts.member,
            ends.last_day,
            sum(facts.won_deals) as won_deals,
            sum(facts.lost_deals) as lost_deals,
            sum(facts.won_deals_with_amount) as won_deals_with_amount,
            sum(facts.won_amount) as won_amount
        from ends
        inner join
            facts
            on facts.fact_date <= ends.last_day
            and facts.fact_date > ends.last_day - {{ trailing_days }}
        where facts.won_deals + facts.lost_deals > 0
        group by facts.dimension, facts.member, ends.last_day
    ),

    medians as (
        select
            cuts.dimension,
            cuts.member,
            ends.last_day,
            {{ median_cycle("cuts.cycle_seconds") }} as median_cycle_days
        from ends
        inner join
            {{ total_and_cuts("cycles", funnel_attributes(), ["closed_date", "cycle_seconds"]) }}
            as cuts
            on cuts.closed_date <= ends.last_day
            and cuts.closed_date > ends.last_day - {{ trailing_days }}
        group by cuts.dimension, cuts.member, ends.last_day
    ),

    terms as (
        select
            stocks.dimension,
            stocks.member,
            stocks.grain,
            stocks.period,
            stocks.open_deals_end as open_deals,
            {{ ratio("past_year.won_deals", "past_year.won_deals + past_year.lost_deals") }}
            as win_rate,
            {{ ratio("past_year.won_amount", "past_year.won_deals_with_amount") }}
            as average_won_amount,
            medians.median_cycle_days
        from {{ ref("int_pipeline_periods") }} as stocks
        left join
            past_year
            on stocks.dimension = past_year.dimension
            and stocks.member = past_year.member
            and stocks.last_day = past_year.last_day
        left join
            medians
            on stocks.dimension = medians.dimension
            and stocks.member = medians.member
            and stocks.last_day = medians.last_day
        where stocks.grain not in ('day', 'week')
    )

-- What a single day of the cycle would have to carry: an amount first, divided by days later.
select
    terms.*,
    {{ ratio("cast(open_deals as double) * cast(win_rate as double) * cast(average_won_amount as double)", 1) }}
    as expected_amount
from terms
