"""Sends events through the official client without holding up, or ending, the run they tell of."""

from __future__ import annotations

import os
import queue
import re
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urljoin

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import RunEvent
from openlineage.client.transport import Transport
from openlineage.client.transport.file import FileConfig, FileTransport
from openlineage.client.transport.noop import NoopTransport

KEPT_FILES = 10
EVENT_SECONDS = 10.0
"""How long the end of a run waits for one event to be taken, retries of the client among them."""
ALL_SECONDS = 120.0
"""How long it waits for all of them."""
_CREDENTIALS = re.compile(r"//[^/@\s]+@")


class Outbox:
    """The events of one run, sent in their order by a thread of its own.

    Where they go is the client's own configuration (OPENLINEAGE_URL, OPENLINEAGE__TRANSPORT__..., OPENLINEAGE_CONFIG,
    OPENLINEAGE_DISABLED); without any, into `file`. After the first event that is not taken no other is sent: what is left is written
    into `file`, and `warn` is told where it should have gone and why it did not.
    """

    def __init__(self, file: Path, warn: Callable[[str], None], event_seconds: float = EVENT_SECONDS) -> None:
        self.file = file
        self.warn = warn
        self.event_seconds = event_seconds
        self.client = self._client()
        self.events: list[RunEvent] = []
        self.sent = 0
        self.fault: str | None = None
        self._queue: queue.SimpleQueue[RunEvent | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._send, name="openlineage", daemon=True)
        self._thread.start()

    @property
    def is_disabled(self) -> bool:
        """OPENLINEAGE_DISABLED is set: nothing is sent and nothing is written."""
        return isinstance(self.client.transport, NoopTransport)

    def put(self, events: Iterable[RunEvent]) -> None:
        """Take events for sending; returns at once."""
        for event in events:
            self.events.append(event)
            self._queue.put(event)

    def close(self) -> None:
        """Wait until everything is sent, or until an endpoint has shown that it takes nothing."""
        self._queue.put(None)
        deadline = time.monotonic() + ALL_SECONDS
        while self._thread.is_alive() and time.monotonic() < deadline:
            before = self.sent
            self._thread.join(self.event_seconds)
            if self.sent == before:
                break
        if self._thread.is_alive() and self.fault is None:
            self.fault = "it did not answer in time"
        if self.fault is not None:
            unsent = self.events[self.sent :]
            self.warn(
                f"{len(unsent)} of {len(self.events)} lineage events did not reach {endpoint(self.client.transport)}: {self.fault}. "
                f"They lie in {self.file}; docs/runbooks/openlineage.md says how to send them later."
            )
            local = OpenLineageClient(transport=self._local())
            for event in unsent:
                local.emit(event)

    def _send(self) -> None:
        while (event := self._queue.get()) is not None:
            if self.fault is None:
                try:
                    self.client.emit(event)
                    self.sent += 1
                except Exception as error:  # whatever a transport raises: the run goes on, and `close` tells it
                    self.fault = _without_credentials(f"{type(error).__name__}: {error}")
        if self.fault is None:
            try:
                if not self.client.close(self.event_seconds / 2):  # before `close` gives up on this thread
                    self.fault, self.sent = "it did not confirm them in time", 0
            except Exception as error:
                self.fault, self.sent = _without_credentials(f"{type(error).__name__}: {error}"), 0

    def _client(self) -> OpenLineageClient:
        local = OpenLineageClient(transport=self._local())
        try:
            if local.config.transport or os.environ.get("OPENLINEAGE_URL"):
                return OpenLineageClient()
        except Exception as error:
            self.warn(
                f"the configuration of OpenLineage cannot be used: {_without_credentials(str(error))}. Look at OPENLINEAGE_URL, "
                f"OPENLINEAGE__TRANSPORT__... and OPENLINEAGE_CONFIG; until then lineage events are written into {self.file}."
            )
        return local

    def _local(self) -> FileTransport:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        return FileTransport(FileConfig(str(self.file), append=True))


def forget_old(folder: Path) -> None:
    """Keep the newest files of events, and no others."""
    files = sorted(folder.glob("*.jsonl"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[KEPT_FILES:]:
        file.unlink(missing_ok=True)


def endpoint(transport: Transport) -> str:
    """Where a transport sends to, without user names and passwords."""
    if inner := getattr(transport, "transports", None):
        return ", ".join(endpoint(one) for one in inner)
    if url := getattr(transport, "url", None):
        return _without_credentials(urljoin(url, getattr(transport, "endpoint", "")))
    if isinstance(transport, FileTransport):
        return transport.config.log_file_path
    return str(transport.kind)


def _without_credentials(text: str) -> str:
    return _CREDENTIALS.sub("//", text)
