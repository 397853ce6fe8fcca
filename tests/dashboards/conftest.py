"""A sample publication, and the cockpit over it without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import published
from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from tests.dashboards.sample_publication import build_sample_publication

APP = PROJECT_ROOT / "dashboards" / "streamlit_app.py"


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with one publication; do not change it."""
    return build_sample_publication(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def own_folder(tmp_path: Path) -> DataFolder:
    """A data folder with one publication that a test may change."""
    return build_sample_publication(tmp_path)


@pytest.fixture(autouse=True)
def nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test opens publications anew, as the default role."""
    monkeypatch.setattr(published, "_open", {})
    monkeypatch.delenv("ZHICANG_ROLE", raising=False)


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, sample_folder: DataFolder) -> Callable[..., AppTest]:
    """`start(page, language, role, folder)` runs the cockpit up to that page."""

    def run(page: str = "cockpit", language: str = "zh", role: str | None = None, folder: DataFolder = sample_folder) -> AppTest:
        monkeypatch.setenv("ZHICANG_DATA", str(folder.root))
        if role:
            monkeypatch.setenv("ZHICANG_ROLE", role)
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.session_state["language"] = language
        app.run()
        if page != "cockpit":
            app.switch_page(f"app_pages/{page}.py").run()
        return app

    return run
