"""A scratch database in which one version's models are made: built from compiled SQL, or seen through views where they lie already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.impact.graph import Node
from metrics_dictionary.impact.planning import BASE
from metrics_dictionary.impact.versions import Version
from metrics_dictionary.impact.warehouse import Warehouse


@dataclass
class Scratch:
    """The scratch database of one version; `connection` works in it, its name is the one compiled SQL gives the warehouse.

    `built` are the tables and seeds that were built here, `read` those seen where they lie.
    """

    version: Version
    connection: duckdb.DuckDBPyConnection
    database: Path
    built: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    _made: set[str] = field(default_factory=set)

    def make_all(self, names: Iterable[str], lies_in: Callable[[Node], str | None]) -> None:
        """Make nodes by name, and before them what they stand on; `lies_in` says in which attached database a table lies built already.

        What is made already is not made again. Raises MetricsError.
        """
        for node in self.version.graph.needed(names, lambda node: node.name in self._made or lies_in(node) is not None):
            if node.name not in self._made:
                self._make(node, lies_in(node))

    def _make(self, node: Node, lies_in: str | None) -> None:
        self.connection.execute(f'create schema if not exists "{node.schema}"')
        try:
            if lies_in:
                self.connection.execute(f"create view {node.relation} as from {lies_in}.{node.relation}")
                self.read.append(node.name)
            else:
                self._build(node)
        except duckdb.Error as error:
            raise MetricsError(
                f"{self.version.label}: {node.file} cannot be built over these data, and `dbt build` would stop there too: {error}"
            ) from error
        self._made.add(node.name)

    def _build(self, node: Node) -> None:
        if node.is_view:
            self.connection.execute(f"create view {node.relation} as {node.sql}")
            return
        columns = ", ".join(f'"{name}" {kind}' for name, kind in node.columns)
        if node.is_seed:
            self._load_seed(node, columns)
        elif columns:
            names = ", ".join(f'"{name}"' for name, _ in node.columns)
            self.connection.execute(f"create table {node.relation} ({columns})")
            self.connection.execute(f"insert into {node.relation} ({names}) select {names} from {node.query}")
        else:
            self.connection.execute(f"create table {node.relation} as {node.sql}")
        self.built.append(node.name)

    def _load_seed(self, node: Node, columns: str) -> None:
        """As dbt-duckdb does it: a typed table, and one copy of the file."""
        file = self.version.root / node.file
        header = file.read_text(encoding="utf-8-sig").split("\n", 1)[0].strip().replace('"', "").split(node.delimiter)
        types = dict(node.columns)
        untyped = [name for name in header if name not in types]
        if untyped:
            raise MetricsError(f"{node.file}: no type for {', '.join(untyped)}; name every column in the seed's column_types")
        columns = ", ".join(f'"{name}" {types[name]}' for name in header)
        self.connection.execute(f"create table {node.relation} ({columns})")
        path, delimiter = (text.replace("'", "''") for text in (str(file), node.delimiter))
        self.connection.execute(f"copy {node.relation} from '{path}' (format csv, header true, delimiter '{delimiter}')")


@contextmanager
def scratch(version: Version, warehouse: Warehouse, folder: Path, base: Path | None = None) -> Iterator[Scratch]:
    """Open the scratch database of a version below `folder`, the data folder attached, and `base`, the other side's database, too."""
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / warehouse.folder.warehouse_database.name
    with duckdb.connect(str(database)) as connection:
        warehouse.attach(connection)
        if base:
            path = str(base).replace("'", "''")
            connection.execute(f"attach '{path}' as {BASE} (read_only)")
        yield Scratch(version, connection, database)
