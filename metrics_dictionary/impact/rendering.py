"""An impact report as Markdown for a pull request, as one HTML file that needs nothing else, and as text for a terminal."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from metrics_dictionary.impact.document import Block, Code, Detail, Heading, Table, Text

STYLE = Path(__file__).with_name("report.css")
BOLD = re.compile(r"\*\*(.+?)\*\*")


def markdown(blocks: Iterable[Block]) -> str:
    """GitHub's and GitLab's Markdown."""
    return "\n\n".join(_markdown(blocks)) + "\n"


def _markdown(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield f"{'#' * (block.level + 1)} {_plain(block.text)}"
            case Text():
                yield block.text.replace("<", "&lt;")
            case Table():
                rule = ["---:" if place in block.numbers else "---" for place in range(len(block.headings))]
                yield "\n".join("| " + " | ".join(map(_plain, row)) + " |" for row in (block.headings, rule, *block.rows))
            case Code():
                yield f"```sql\n{block.text}\n```"
            case Detail():
                inner = "\n\n".join(_markdown(block.blocks))
                yield f"<details><summary>{html.escape(block.summary)}</summary>\n\n{inner}\n\n</details>"


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def page(blocks: Iterable[Block], language: str) -> str:
    """A whole HTML page with its style inside."""
    shown = list(blocks)
    title = next(block.text for block in shown if isinstance(block, Heading))
    body = "\n".join(_html(shown))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _html(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield f"<h{block.level}>{html.escape(block.text)}</h{block.level}>"
            case Text():
                bold = BOLD.sub(r"<strong>\1</strong>", html.escape(block.text))
                yield f"<p>{bold}</p>"
            case Table():
                head = "".join(_cell("th", text, place in block.numbers) for place, text in enumerate(block.headings))
                rows = "\n".join(
                    "<tr>" + "".join(_cell("td", text, place in block.numbers) for place, text in enumerate(row)) + "</tr>"
                    for row in block.rows
                )
                yield f'<div class="table"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>'
            case Code():
                yield f"<pre><code>{html.escape(block.text)}</code></pre>"
            case Detail():
                inner = "\n".join(_html(block.blocks))
                yield f"<details><summary>{html.escape(block.summary)}</summary>\n{inner}\n</details>"


def _cell(tag: str, text: str, is_number: bool) -> str:
    mark = ' class="number"' if is_number else ""
    return f"<{tag}{mark}>{html.escape(text)}</{tag}>"


def print_report(blocks: Iterable[Block], console: Console) -> None:
    """Print to a terminal; what is shown on demand elsewhere is left out here."""
    for block in blocks:
        match block:
            case Heading():
                console.print(f"\n[bold]{escape(block.text)}[/bold]", highlight=False)
            case Text():
                console.print(BOLD.sub(r"[bold]\1[/bold]", escape(block.text)), highlight=False, soft_wrap=True)
            case Table():
                table = RichTable(box=None, header_style="dim", pad_edge=False)
                for place, text in enumerate(block.headings):
                    table.add_column(escape(text), justify="right" if place in block.numbers else "left", overflow="fold")
                for row in block.rows:
                    table.add_row(*map(escape, row))
                console.print(table)
