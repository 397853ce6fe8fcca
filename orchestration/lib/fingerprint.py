"""One pass over the bytes of a file: its SHA-256, and what must be known before the engine reads it."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.lib.landing import ParkedError

CHUNK_BYTES = 1 << 20
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PARQUET_MAGIC = b"PAR1"


@dataclass(frozen=True)
class TextFacts:
    """What the bytes of a text file say: number of lines, whether any holds a quote, whether any is blank."""

    line_count: int
    has_quotes: bool
    has_blank_lines: bool


def _chunks(path: Path, is_gzip: bool) -> Iterator[bytes]:
    """The content of a file, decompressed, piece by piece. Raises ParkedError when it cannot be read to its end."""
    opener = gzip.open if is_gzip else Path.open
    again = "Deliver it again."
    try:
        with opener(path, "rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk
    except EOFError as error:
        raise ParkedError("truncated_file", f"{path.name} ends in the middle of its compressed data. {again}") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise ParkedError("unreadable_file", f"{path.name} is not valid gzip: {error}. {again}") from error
    except OSError as error:
        raise ParkedError("unreadable_file", f"{path.name} cannot be read: {error}. Check its permissions.") from error


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file. Raises ParkedError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ParkedError("unreadable_file", f"{path.name} cannot be read: {error.strerror}. Check its permissions.") from error


def text_facts(path: Path, is_gzip: bool) -> TextFacts:
    """Facts of a csv, csv.gz or jsonl file, decompressed on the way. Raises ParkedError for damaged content."""
    feeds = returns = 0
    has_quotes = has_blank = False
    tail = b"\n"
    last = b""
    for number, chunk in enumerate(_chunks(path, is_gzip)):
        if number == 0 and (chunk[:2] in _UTF16_MARKS or chunk[1:4:2] == b"\0\0"):
            raise ParkedError("invalid_encoding", f"{path.name} is UTF-16 text. Deliver it as UTF-8.")
        feeds += chunk.count(b"\n")
        returns += chunk.count(b"\r")
        has_quotes = has_quotes or b'"' in chunk
        joined = tail + chunk
        has_blank = has_blank or b"\n\n" in joined or b"\n\r\n" in joined
        tail, last = joined[-2:], chunk
    if not last:
        raise ParkedError("empty_file", f"{path.name} is empty. Deliver at least the header line.")
    ends = feeds or returns
    closed = last.endswith((b"\n", b"\r"))
    return TextFacts(line_count=ends + (not closed), has_quotes=has_quotes, has_blank_lines=has_blank)


def first_line(path: Path, is_gzip: bool) -> str:
    """The first line of a text file without byte order mark and line end. Raises ParkedError when it is not UTF-8."""
    head = next(_chunks(path, is_gzip), b"").removeprefix(b"\xef\xbb\xbf")
    line = head.splitlines()[0] if head.strip() else b""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParkedError("invalid_encoding", f"the first line of {path.name} is not UTF-8: {error}. Deliver it as UTF-8.") from error


def check_parquet_ends(path: Path) -> None:
    """Raise ParkedError when a file does not begin and end like parquet."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
            if not head:
                raise ParkedError("empty_file", f"{path.name} is empty. Deliver it again; a day without records has zero rows.")
            stream.seek(-min(4, path.stat().st_size), 2)
            tail = stream.read(4)
    except OSError as error:
        raise ParkedError("unreadable_file", f"{path.name} cannot be read: {error.strerror}. Check its permissions.") from error
    if head != _PARQUET_MAGIC:
        raise ParkedError("unreadable_file", f"{path.name} is not parquet: it begins with {head!r}. Deliver it again.")
    if tail != _PARQUET_MAGIC:
        raise ParkedError("truncated_file", f"{path.name} has no parquet footer: it was cut off. Deliver it again.")
