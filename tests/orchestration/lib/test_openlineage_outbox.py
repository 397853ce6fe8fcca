"""Events reach an endpoint in their order; one that takes nothing is told, and neither fails nor holds up the run."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.openlineage_events.events import start_event
from orchestration.lib.openlineage_events.outbox import KEPT_FILES, Outbox, forget_old
from tests.orchestration.lib.openlineage_schemas import faults

RUN = "2df4d241-f5ce-4f4b-9d52-51c1d9d107c1"
JOBS = ["first", "second", "third"]


@dataclass
class Endpoint:
    """A server on loopback: what it was sent, and how it answers."""

    port: int
    status: int = 200
    delay: float = 0
    received: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(known.delay)
            known.received.append((self.path, dict(self.headers), body))
            self.send_response(known.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = Endpoint(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def unconfigured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nobody's configuration of OpenLineage, and none left behind: the client writes into the environment."""
    names = [name for name in os.environ if name.startswith("OPENLINEAGE")]
    for name in names:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    yield
    for name in [name for name in os.environ if name.startswith("OPENLINEAGE")]:
        del os.environ[name]


def send(file: Path, event_seconds: float = 10) -> tuple[list[str], float]:
    """Send three events; returns the warnings and how long the run was held up at its end."""
    warnings: list[str] = []
    outbox = Outbox(file, warnings.append, event_seconds)
    outbox.put(start_event("zhicang", RUN, job, datetime.now(UTC)) for job in JOBS)
    began = time.monotonic()
    outbox.close()
    return warnings, time.monotonic() - began


def written(file: Path) -> list[dict[str, Any]]:
    """The events in a file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def jobs_of(events: list[dict[str, Any]]) -> list[str]:
    """The names of their jobs."""
    return [event["job"]["name"] for event in events]


def test_without_configuration_events_lie_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "openlineage" / "run.jsonl"
    warnings, _ = send(file)
    assert warnings == []
    assert jobs_of(written(file)) == JOBS
    assert [fault for event in written(file) for fault in faults(event)] == []


def test_a_url_is_sent_every_event_in_order_and_nothing_is_written(
    tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENLINEAGE_URL", endpoint.url)
    monkeypatch.setenv("OPENLINEAGE_API_KEY", "key-of-the-test")
    file = tmp_path / "run.jsonl"
    warnings, _ = send(file)
    assert warnings == []
    assert not file.exists()
    assert {path for path, _, _ in endpoint.received} == {"/api/v1/lineage"}
    assert {headers["Authorization"] for _, headers, _ in endpoint.received} == {"Bearer key-of-the-test"}
    assert jobs_of([body for *_, body in endpoint.received]) == JOBS
    assert [fault for *_, body in endpoint.received for fault in faults(body)] == []


def test_the_clients_own_settings_choose_the_transport(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere.jsonl"
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "file")
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__LOG_FILE_PATH", str(elsewhere))
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__APPEND", "true")
    warnings, _ = send(tmp_path / "run.jsonl")
    assert (warnings, jobs_of(written(elsewhere)), (tmp_path / "run.jsonl").exists()) == ([], JOBS, False)


def test_disabled_means_nothing_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENLINEAGE_DISABLED", "true")
    outbox = Outbox(tmp_path / "run.jsonl", pytest.fail)
    outbox.put([start_event("zhicang", RUN, "first", datetime.now(UTC))])
    outbox.close()
    assert outbox.is_disabled
    assert list(tmp_path.glob("*.jsonl")) == []


def test_an_endpoint_that_refuses_is_named_without_its_password(
    tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint.status = 403
    monkeypatch.setenv("OPENLINEAGE_URL", endpoint.url.replace("//", "//someone:secret@"))
    file = tmp_path / "run.jsonl"
    (warning,), _ = send(file)
    assert f"3 of 3 lineage events did not reach {endpoint.url}/api/v1/lineage: HTTPError: 403" in warning
    assert str(file) in warning
    assert "secret" not in warning
    assert jobs_of(written(file)) == JOBS, "they can be sent later"
    assert len(endpoint.received) == 1, "after the first refusal nothing more is sent"


def test_an_endpoint_that_is_not_there_holds_the_run_up_for_seconds_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("OPENLINEAGE_URL", f"http://127.0.0.1:{port}")
    (warning,), seconds = send(tmp_path / "run.jsonl", event_seconds=1)
    assert seconds < 3
    assert f"http://127.0.0.1:{port}/api/v1/lineage: it did not answer in time" in warning
    assert jobs_of(written(tmp_path / "run.jsonl")) == JOBS


def test_what_a_slow_endpoint_has_taken_is_not_kept_for_later(tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENLINEAGE_URL", endpoint.url)
    warnings: list[str] = []
    outbox = Outbox(tmp_path / "run.jsonl", warnings.append, event_seconds=1)
    outbox.put([start_event("zhicang", RUN, "first", datetime.now(UTC))])
    while outbox.sent == 0:
        time.sleep(0.01)
    endpoint.delay = 4
    outbox.put(start_event("zhicang", RUN, job, datetime.now(UTC)) for job in JOBS[1:])
    outbox.close()
    assert "2 of 3 lineage events did not reach" in warnings[0]
    assert jobs_of(written(tmp_path / "run.jsonl")) == JOBS[1:]


@pytest.mark.parametrize(
    "setting",
    [("OPENLINEAGE_URL", "no address"), ("OPENLINEAGE__TRANSPORT__TYPE", "carrier.Pigeon"), ("OPENLINEAGE__TRANSPORT", '{"type": "http"}')],
)
def test_a_configuration_that_cannot_be_used_is_told_and_the_events_are_kept(
    setting: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*setting)
    warnings, _ = send(tmp_path / "run.jsonl")
    assert len(warnings) == 1
    assert "the configuration of OpenLineage cannot be used" in warnings[0]
    assert jobs_of(written(tmp_path / "run.jsonl")) == JOBS


def test_the_newest_files_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT_FILES + 3):
        file = tmp_path / f"run{number:02}.jsonl"
        file.write_text("")
        os.utime(file, (number, number))
    forget_old(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [f"run{number:02}.jsonl" for number in range(3, KEPT_FILES + 3)]
