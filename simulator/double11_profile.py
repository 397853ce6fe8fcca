"""The shape of one day of 150,000,000 return-freight policies: how many each minute sells, and at what price.

Article 003 gives two figures that differ: 150 million a day (104,167 a minute on average) and 97,000 a minute. Here both are
facts: 97,000 is the mean of the minutes after the midnight hour, and the midnight rush holds the rest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import duckdb

POLICIES_AT_FULL_SCALE = 150_000_000
QUOTED_PER_MINUTE = 97_000
MINUTES = 1440
RUSH_MINUTES = 60

# Demand by hour after the midnight hour: asleep at four, awake at ten, the second peak before the sale closes.
HOURLY = (1.1, 0.9, 0.45, 0.25, 0.18, 0.2, 0.4, 0.7, 1.0, 1.25, 1.4, 1.25, 1.2, 1.25, 1.2, 1.15, 1.1, 1.0, 0.95, 1.1, 1.35, 1.5, 1.55, 1.45)
# The midnight rush falls to a third in about 20 minutes, on top of what an early night hour would sell.
RUSH_DECAY_MINUTES = 18.0
RUSH_FLOOR = 1.1

# Of 1,000 policies in a row, how many cost what: mean 0.6685 yuan, so that 150 million bring more than 100 million yuan
# and the mean stays within the 0.5 to 0.67 that the article's figures allow. The price follows the seller's returns.
PRICES = (
    (0.35, 100),
    (0.45, 150),
    (0.50, 100),
    (0.60, 170),
    (0.70, 220),
    (0.80, 90),
    (0.90, 60),
    (1.00, 50),
    (1.20, 30),
    (1.50, 20),
    (1.80, 10),
)


@dataclass(frozen=True)
class Rush:
    """Which day to write, at which scale (1:`divisor`) and from which seed."""

    seed: int
    divisor: int
    day: date

    @property
    def policies(self) -> int:
        """Policies of the whole day."""
        return POLICIES_AT_FULL_SCALE // self.divisor

    @property
    def description(self) -> str:
        """One sentence for people who meet the data."""
        return (
            f"Simulated return-freight policies of {self.day}, scale 1:{self.divisor}, seed {self.seed}; "
            "companies, people and numbers are invented"
        )


def parse_scale(scale: str) -> int:
    """The divisor of a scale written as `1:1000`. Raises ValueError for anything else."""
    first, colon, divisor = scale.partition(":")
    if first != "1" or colon != ":" or not divisor.isdigit() or not 1 <= int(divisor) <= 10_000:
        raise ValueError(f"scale '{scale}' is not understood; write 1:N with N from 1 to 10000, such as 1:1000")
    return int(divisor)


def minute_weights() -> list[float]:
    """Policies of each minute of the day at scale 1:1, before the seed's unrest: the rush, then 97,000 a minute on average."""
    after = []
    for minute in range(RUSH_MINUTES, MINUTES):
        hour, part = divmod(minute / 60, 1)
        after.append(HOURLY[int(hour)] * (1 - part) + HOURLY[min(int(hour) + 1, 23)] * part)
    scale_after = QUOTED_PER_MINUTE * len(after) / sum(after)
    rush_total = POLICIES_AT_FULL_SCALE - QUOTED_PER_MINUTE * len(after)
    floor = RUSH_FLOOR * scale_after
    spike = [math.exp(-minute / RUSH_DECAY_MINUTES) for minute in range(RUSH_MINUTES)]
    height = (rush_total - floor * RUSH_MINUTES) / sum(spike)
    return [floor + height * share for share in spike] + [scale_after * weight for weight in after]


def plan_minutes(connection: duckdb.DuckDBPyConnection, rush: Rush) -> None:
    """Make `peak.minute`: policies of each minute and the number of the first; the sums of rush and rest are exact."""
    connection.execute("create schema peak")
    share_after_rush = (MINUTES - RUSH_MINUTES) * QUOTED_PER_MINUTE / POLICIES_AT_FULL_SCALE
    weights = ", ".join(f"({minute}, {weight!r}::double)" for minute, weight in enumerate(minute_weights()))
    connection.execute(
        f"""
        create table peak.minute as
        with weighted as (
            select minute, minute < {RUSH_MINUTES} as is_rush, weight * (0.97 + 0.06 * uniform('double11/minute', minute)) as weight
            from (values {weights}) as weights(minute, weight)
        ),
        shared as (
            select
                minute,
                is_rush,
                sum(weight) over (partition by is_rush order by minute) / sum(weight) over (partition by is_rush) as share
            from weighted
        ),
        totals as (
            select round({rush.policies} * {share_after_rush!r}::double)::bigint as after_rush
        ),
        ends as (
            select
                minute,
                case when is_rush then round(share * ({rush.policies} - after_rush))
                    else {rush.policies} - after_rush + round(share * after_rush) end::bigint as last_number
            from shared cross join totals
        )
        select minute, lag(last_number, 1, 0) over (order by minute) as numbers_before, last_number from ends order by minute
        """
    )


def plan_prices(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `peak.price`: the price of each of 1,000 policies in a row."""
    prices = ", ".join(f"({price}, {count})" for price, count in PRICES)
    connection.execute(
        f"""
        create table peak.price as
        with counted as (select price, unnest(range(policies)) as item from (values {prices}) as prices(price, policies))
        select row_number() over (order by price, item) - 1 as slot, price::decimal(18, 2) as premium_amount from counted
        """
    )
