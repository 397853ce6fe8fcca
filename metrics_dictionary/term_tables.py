"""Terms at every cut they are needed at: sums of periods, of running windows and of last snapshots, as temporary tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import duckdb

from metrics_dictionary.cuts import GRAINS, WINDOWS
from metrics_dictionary.finest_sums import FinestTable, grouping_sets
from metrics_dictionary.formulas import Formula, Term
from metrics_dictionary.value_rows import KEYS

Cut = tuple[str, str]
"""Grain and dimension set."""


@dataclass
class TermTables:
    """Builds each table once, when a formula first needs it; `cuts` are those any formula needs of a component."""

    connection: duckdb.DuckDBPyConnection
    finest: Mapping[str, FinestTable]
    cuts: dict[str, set[Cut]] = field(default_factory=lambda: defaultdict(set))
    _built: dict[str, str] = field(default_factory=dict)

    def need(self, formula: Formula, cuts: Collection[Cut]) -> None:
        """Say, before the first call of `rows_of`, at which cuts a formula will be read."""
        wanted = set(cuts) | {("month", dimension_set) for grain, dimension_set in cuts if grain in WINDOWS}
        for term in formula.terms:
            self.cuts[self._key(term)] |= wanted

    def rows_of(self, formula: Formula) -> str:
        """A query with the formula's terms side by side at every cut, missing terms filled where the formula says so."""
        columns: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        for term in formula.terms:
            columns[self._table(term), term.shift].append(f'"{term.component.name}" as {term.column}')
        selects = [
            f"select {KEYS}, {', '.join(names)} from {self._shifted(table, shift) if shift else table}"
            for (table, shift), names in columns.items()
        ]
        filled = ", ".join(
            f"coalesce({t.column}, {t.filled_with}) as {t.column}" if t.filled_with is not None else t.column for t in formula.terms
        )
        if len(selects) == 1:
            return f"select {KEYS}, {filled} from ({selects[0]})"
        summed = ", ".join(f"sum({t.column}) as {t.column}" for t in formula.terms)
        together = " union all by name ".join(selects)
        return f"select {KEYS}, {filled} from (select {KEYS}, {summed} from ({together}) group by all)"

    def first_rolling_month(self, formula: Formula) -> str:
        """The month with which the first full window of twelve months ends, as SQL: the first with a row of any term, and eleven."""
        tables = sorted({self._table(term) for term in formula.terms})
        months = " union all ".join(f"select period_start_date from {table} where grain = 'month'" for table in tables)
        return f"(select min(period_start_date) + interval 11 month from ({months}))"

    def drop(self) -> None:
        """Drop every table built."""
        for table in self._built.values():
            self.connection.execute(f"drop table {table}")
        self._built.clear()

    def _key(self, term: Term) -> str:
        finest = self.finest[term.component.name].name
        return finest if term.window_start is None else f"{finest} {term.component.name} {term.window_start}"

    def _table(self, term: Term) -> str:
        key = self._key(term)
        if key not in self._built:
            name = f"temp.term_{len(self._built)}"
            finest = self.finest[term.component.name]
            sets: dict[str, list[str]] = defaultdict(list)
            for grain, dimension_set in sorted(self.cuts[key]):
                sets[grain].append(dimension_set)
            if term.window_start is not None:
                selects = [
                    grouping_sets(self._windows(finest, term, grain), grain, wanted, [term.component.name])
                    for grain, wanted in sets.items()
                ]
                self.connection.execute(f"create or replace temp table {name[5:]} as {' union all '.join(selects)}")
            else:
                self._build_periods(name, finest, sets, term.component.snapshot)
            self._built[key] = name
        return self._built[key]

    def _build_periods(self, name: str, finest: FinestTable, sets: Mapping[str, list[str]], snapshot: str | None) -> None:
        """Sums of whole periods, each grain from the grain before it, or of the one snapshot that counts for the period."""
        source, coarser, selects = f"temp.{finest.name}", [], []
        parts = "".join(f", {part}" for part in finest.parts)
        sums = "".join(f', sum("{column}") as "{column}"' for column in finest.component_names)
        for grain in GRAINS[GRAINS.index(finest.grain) :]:
            if grain != finest.grain:
                start = f"cast(date_trunc('{grain}', period_start_date) as date)"
                rows = source
                if snapshot:
                    counting = f"select {snapshot}(period_start_date) from temp.{finest.name} group by {start}"
                    rows = f"temp.{finest.name} where period_start_date in ({counting})"
                source = f"by_{grain}"
                coarser.append(f"{source} as materialized (select {start} as period_start_date{parts}{sums} from {rows} group by all)")
            if grain in sets:
                selects.append(grouping_sets(source, grain, sets[grain], finest.component_names))
        chain = f"with {', '.join(coarser)}" if coarser else ""
        self.connection.execute(f"create or replace temp table {name[5:]} as {chain} {' union all '.join(selects)}")
        for window in WINDOWS:
            if window in sets:
                self._add_window(name, window, sets[window], finest)

    def _add_window(self, name: str, window: str, dimension_sets: Iterable[str], finest: FinestTable) -> None:
        """Sums of the months of each window, under the month it ends with."""
        listed = ", ".join(f"'{dimension_set}'" for dimension_set in dimension_sets)
        sums = "".join(f', sum("{column}") as "{column}"' for column in finest.component_names)
        keys = KEYS.replace("grain, period_start_date", "periods.grain, periods.period_start_date")
        self.connection.execute(
            f"""
            insert into {name} by name
            select {keys}{sums}
            from temp.published_periods as periods
            inner join {name} as months
                on periods.grain = '{window}' and months.grain = 'month' and months.dimension_set in ({listed})
                and months.period_start_date between periods.first_day and periods.last_day
            group by {keys}
            """
        )

    def _windows(self, finest: FinestTable, term: Term, grain: str) -> str:
        """Every row of the finest table beside every period in whose window it lies.

        MetricFlow joins every day of the calendar with every fact before it; a published value needs the last day of
        its period only, a thirtieth of that join, and one statement serves all dimension sets of the grain.
        """
        opening = f"and facts.period_start_date >= cast({term.window_start} as date)" if term.window_start else ""
        parts = "".join(f", facts.{part}" for part in finest.parts)
        return f"""(
            select periods.period_start_date{parts}, facts."{term.component.name}"
            from temp.published_periods as periods
            inner join temp.{finest.name} as facts
                on periods.grain = '{grain}' and facts.period_start_date <= periods.last_day {opening}
        )"""

    def _shifted(self, table: str, shift: str) -> str:
        """The rows of a table under the period that looks back at them."""
        columns = KEYS.replace("grain, period_start_date", "earlier.grain, periods.period_start_date")
        return f"""(
            select {columns}, earlier.* exclude ({KEYS})
            from temp.published_periods as periods
            inner join {table} as earlier
                on periods.grain = earlier.grain and periods.period_start_date - {shift} = earlier.period_start_date
        )"""


def create_periods(connection: duckdb.DuckDBPyConnection, finest: Iterable[FinestTable], as_of_date: date) -> None:
    """Build published_periods (grain, period_start_date, first_day, last_day): every period from the first fact to the as-of date.

    A window stands under the month it ends with, as its period_start_date.
    """
    first_days = " union all ".join(f"select period_start_date from temp.{table.name}" for table in finest)
    lengths = {"day": "1 day", "month": "1 month", "quarter": "3 month", "year": "1 year"}
    selects = " union all ".join(
        f"""
        select '{grain}' as grain, cast(starts_at as date) as period_start_date, cast(starts_at as date) as first_day,
            cast(starts_at + interval {length} - interval 1 day as date) as last_day
        from (
            select unnest(range(date_trunc('{grain}', first_day), $as_of_date + interval 1 day, interval {length})) as starts_at
            from bounds
        )
        """
        for grain, length in lengths.items()
    )
    connection.execute(
        f"""
        create or replace temp table published_periods as
        with bounds as (select min(period_start_date) as first_day from ({first_days or "select null::date as period_start_date"})),
        periods as ({selects})
        select * from periods
        union all
        select 'rolling_12', period_start_date, cast(period_start_date - interval 11 month as date), last_day
        from periods
        where grain = 'month'
        union all
        select 'year_to_date', period_start_date, cast(date_trunc('year', period_start_date) as date), last_day
        from periods
        where grain = 'month'
        """,
        {"as_of_date": as_of_date},
    )
