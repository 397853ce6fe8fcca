"""Finds a Chromium for the browser tests, or gets one; never skips."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SYSTEM_PACKAGES = ("chromium", "chromium-driver", "fonts-noto-cjk")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]


class NoBrowserError(Exception):
    """There is no browser and none could be installed; the message says what was tried."""


def find_chromium() -> str:
    """The path of a Chromium: the system's, else Debian's package where this is root, else Playwright's own.

    Raises NoBrowserError naming every attempt.
    """
    found = _system_chromium()
    if found:
        return found
    attempts = []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *SYSTEM_PACKAGES]
        attempts.append(_attempt(command))
        found = _system_chromium()
        if found:
            return found
    attempts.append(_attempt([sys.executable, "-m", "playwright", "install", "chromium"]))
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    if own.exists():
        return str(own)
    raise NoBrowserError(
        "the browser tests need Chromium and none could be installed. Install one (Debian: apt install "
        f"{' '.join(SYSTEM_PACKAGES)}) and run them again. Tried:\n" + "\n".join(attempts)
    )


def _system_chromium() -> str | None:
    return next((path for name in SYSTEM_NAMES if (path := shutil.which(name))), None)


def _attempt(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    return f"$ {' '.join(command)}\nexit code {done.returncode}: {done.stderr.strip()[-400:]}"


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium, closed at the end."""
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
