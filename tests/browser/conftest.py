"""One cockpit over the sample publication, and one browser, for all browser tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from tests.browser.chromium import open_browser
from tests.dashboards.sample_publication import build_sample_publication

START_SECONDS = 120


@pytest.fixture(scope="session")
def published_folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The data folder shown: a copy of what `$ZHICANG_BROWSER_DATA` publishes where that is set, else the sample."""
    root = tmp_path_factory.mktemp("browser")
    given = os.environ.get("ZHICANG_BROWSER_DATA")
    if not given:
        return build_sample_publication(root)
    source, folder = DataFolder(Path(given)).published_database.resolve(strict=True), DataFolder(root)
    version = source.parent.name
    shutil.copytree(source.parent, folder.published / version)
    folder.current_publication.symlink_to(version)
    return folder


@pytest.fixture(scope="session")
def cockpit(published_folder: DataFolder) -> Iterator[str]:
    """Address of a cockpit started as `make serve` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"ZHICANG_DATA": str(published_folder.root), "ZHICANG_REFRESH": "2s"}
    command = [sys.executable, "-m", "dashboards.serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        _wait_until_up(server, port)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_up(server: subprocess.Popen, port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"the cockpit stopped while starting: {server.stdout.read().decode()}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the cockpit did not answer on port {port} within {START_SECONDS} s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures go: `$ZHICANG_SCREENSHOTS`, else a temporary folder."""
    folder = Path(os.environ.get("ZHICANG_SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
