"""The commands `metrics export` and `metrics mcp`: the dictionary for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from metrics_dictionary.console import Database, plainly
from metrics_dictionary.definitions import Dictionary, find_manifest
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.locations import DataFolder

app = typer.Typer(help="Write the dictionary for other tools.", no_args_is_help=True)
Out = Annotated[Path, typer.Option("--out", help="The file to write; one that is there is replaced.")]


@app.command()
@plainly
def ossie(out: Out) -> None:
    """Write an Apache Ossie (Open Semantic Interchange) document in YAML."""
    from metrics_dictionary.exports.ossie import ossie_yaml
    from metrics_dictionary.targets import read_targets

    dictionary = _dictionary()
    _write(out, ossie_yaml(dictionary, read_targets()).encode(), dictionary)


@app.command()
@plainly
def excel(out: Out, database: Database = None) -> None:
    """Write an Excel workbook in Chinese and English, with the targets."""
    from metrics_dictionary.exports.publication import published
    from metrics_dictionary.exports.workbook import workbook_bytes
    from metrics_dictionary.targets import read_targets

    dictionary = _dictionary()
    path = database or DataFolder.from_environment().published_database
    publication = published(path) if database or path.exists() else None
    _write(out, workbook_bytes(dictionary, read_targets(), publication), dictionary)


@plainly
def serve_assistants(database: Database = None) -> None:
    """Serve the dictionary to an assistant over standard input and output (Model Context Protocol), read-only."""
    from metrics_dictionary.exports.mcp_server import create_server

    folder = DataFolder.from_environment()
    create_server(folder, database or folder.published_database).run("stdio")


def _dictionary() -> Dictionary:
    return Dictionary(find_manifest(DataFolder.from_environment()))


def _write(out: Path, content: bytes, dictionary: Dictionary) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise MetricsError(f"cannot write {out}: {error.strerror}; name a file in a folder that exists and is yours") from error
    typer.echo(f"{len(dictionary.catalogue)} metrics in {out}")
