"""Pictures that show how the simulated group behaves, drawn from its inner state; `simulate plots` writes them.

To add a picture, write a function that draws on an axis and put it into PICTURES.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot
from matplotlib.axes import Axes

# Text stays text and ids do not change from run to run, so that a picture drawn again differs only where the data differ.
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "zhicang", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}


def premium_by_month_and_channel(world: duckdb.DuckDBPyConnection, axis: Axes) -> None:
    """Premium received a month, stacked by channel, since 2019."""
    rows = world.execute(
        """
        with months as (
            select date_trunc('month', accounting_date)::date as month_start, channel_code, sum(premium_amount) / 1e6 as millions
            from world.premium where accounting_date >= date '2019-01-01' group by all
        )
        select month_start, map(list(channel_code), list(millions)) from months group by all order by all
        """
    ).fetchall()
    channels = sorted({channel for _, by_channel in rows for channel in by_channel})
    axis.stackplot([row[0] for row in rows], [[float(row[1].get(c, 0)) for row in rows] for c in channels], labels=channels)
    axis.set(title="Premium received a month by channel", ylabel="million yuan")
    axis.legend(loc="upper left", frameon=False, ncols=3)


def persistency_and_hazard(world: duckdb.DuckDBPyConnection, axis: Axes) -> None:
    """Share of regular-premium policies that paid on and were not surrendered within a year, beside what their hazards say."""
    rows = world.execute(
        """
        select
            date_trunc('quarter', policy.effective_date)::date as cohort,
            avg((coalesce(policy_fate.first_stop, date '9999-01-01') > policy.effective_date + interval 12 month)::integer) as kept,
            avg(exp(-fate_draw.lapse_hazard - 0.036)) as expected
        from world.policy
        inner join world.policy_fate on policy_fate.policy_id = policy.policy_id
        inner join world.fate_draw on fate_draw.policy_id = policy.policy_id
        where policy.is_long_term and policy.months_between is not null and not policy.is_planted and policy_fate.free_look_date is null
            and policy.effective_date + interval 13 month <= as_of()
        group by all having count(*) >= 30 order by all
        """
    ).fetchall()
    axis.plot([row[0] for row in rows], [row[1] for row in rows], label="paid on after 12 months")
    axis.plot([row[0] for row in rows], [row[2] for row in rows], linestyle="--", label="what the hazards used say")
    axis.set(title="Persistency of quarterly cohorts", ylabel="share of policies", ylim=(0.5, 1))
    axis.legend(loc="lower right", frameon=False)


def claim_lag(world: duckdb.DuckDBPyConnection, axis: Axes) -> None:
    """Share of claims reported within a number of days of the loss, by kind."""
    for kind in ("motor_damage", "accident", "medical"):
        rows = world.execute(
            """
            with lags as (
                select reported_date - loss_date as lag_days from world.claim
                where claim_type = ? and case_number is null and loss_date < as_of() - 120
            )
            select days, (select avg((lag_days <= days)::integer) from lags) from range(0, 91) as t(days)
            """,
            [kind],
        ).fetchall()
        axis.plot([row[0] for row in rows], [row[1] for row in rows], label=kind.replace("_", " "))
    axis.set(title="Claims reported within so many days", xlabel="days after the loss", ylabel="share of claims", ylim=(0, 1.02))
    axis.legend(loc="lower right", frameon=False)


def queue_waiting(world: duckdb.DuckDBPyConnection, axis: Axes) -> None:
    """Requests for a human agent and the mean wait, by half hour of working days."""
    rows = world.execute(
        """
        select floor(epoch(started_at - contact_date::timestamp) / 1800) / 2 as hour_of_day, count(*), avg(wait_seconds)
        from world.contact
        where is_human_requested and contact_type = 'call' and isodow(contact_date) <= 5
        group by all having count(*) >= 200 order by all
        """
    ).fetchall()
    hours = [row[0] for row in rows]
    axis.bar(hours, [row[1] for row in rows], width=0.45, align="edge", color="#c9d6e8", label="calls that ask for a person")
    axis.set(title="Calls and waiting by half hour of working days", xlabel="hour of day", ylabel="calls")
    waiting = axis.twinx()
    waiting.plot([hour + 0.25 for hour in hours], [row[2] for row in rows], color="#b5482a")
    waiting.set_ylabel("mean wait, seconds", color="#b5482a")
    waiting.set_ylim(bottom=0)


def default_by_score_band(world: duckdb.DuckDBPyConnection, axis: Axes) -> None:
    """Share of borrowers that defaulted by tenth of the visible score, beside the visible part of their risk."""
    rows = world.execute(
        """
        with bands as (
            select ntile(10) over (order by visible_logit) as band, is_bad, visible_logit from world.borrower where is_bad is not null
        )
        select band, avg(is_bad::integer), avg(1 / (1 + exp(-visible_logit))) from bands group by all order by all
        """
    ).fetchall()
    axis.bar([row[0] for row in rows], [row[1] for row in rows], color="#c9d6e8", label="defaulted")
    axis.plot([row[0] for row in rows], [row[2] for row in rows], color="#b5482a", marker="o", label="visible attributes alone")
    axis.set(title="Default by tenth of the score", xlabel="tenth, safest first", ylabel="share of borrowers", xticks=range(1, 11))
    axis.legend(loc="upper left", frameon=False)


PICTURES: dict[str, Callable[[duckdb.DuckDBPyConnection, Axes], None]] = {
    "premium-by-month-and-channel": premium_by_month_and_channel,
    "persistency-and-hazard": persistency_and_hazard,
    "claim-lag": claim_lag,
    "queue-waiting": queue_waiting,
    "default-by-score-band": default_by_score_band,
}


def draw_pictures(world: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """Draw every picture as an SVG file into `folder`; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    with pyplot.rc_context(STYLE):
        for name, draw in PICTURES.items():
            figure, axis = pyplot.subplots(figsize=(8, 3.6), layout="constrained")
            draw(world, axis)
            files.append(folder / f"{name}.svg")
            figure.savefig(files[-1], metadata={"Date": None})
            pyplot.close(figure)
    return files
