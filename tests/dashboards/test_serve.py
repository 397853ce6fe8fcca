"""Starting the cockpit: what it checks, and how it says no."""

from __future__ import annotations

import socket

import pytest

from dashboards import serve
from metrics_dictionary.locations import DataFolder


@pytest.fixture(autouse=True)
def no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(serve, "SECRETS_FILES", (tmp_path / "secrets.toml",))


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_check_prints_address_publication_and_that_it_is_this_machine_only(
    sample_folder: DataFolder, free_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("ZHICANG_DATA", str(sample_folder.root))
    assert serve.main(["--check", "--port", str(free_port)]) == 0
    printed = capsys.readouterr().out
    assert f"http://localhost:{free_port}" in printed
    assert "v1" in printed
    assert "this machine only" in printed


def test_a_busy_port_is_named_with_what_to_do(
    sample_folder: DataFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("ZHICANG_DATA", str(sample_folder.root))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.main(["--check", "--port", str(port)]) == 1
    told = capsys.readouterr().err
    assert f"port {port}" in told
    assert f"--port {port + 1}" in told


def test_nothing_published_and_an_unknown_role_are_said_plainly(
    tmp_path, sample_folder: DataFolder, free_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("ZHICANG_DATA", str(tmp_path / "empty"))
    assert serve.main(["--check", "--port", str(free_port)]) == 1
    assert "make warehouse" in capsys.readouterr().err
    monkeypatch.setenv("ZHICANG_DATA", str(sample_folder.root))
    monkeypatch.setenv("ZHICANG_ROLE", "stranger")
    assert serve.main(["--check", "--port", str(free_port)]) == 1
    assert "'stranger'" in capsys.readouterr().err


def test_without_sign_in_only_loopback_is_bound(sample_folder: DataFolder, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("ZHICANG_DATA", str(sample_folder.root))
    assert serve.main(["--check", "--address", "0.0.0.0"]) == 1  # noqa: S104
    assert "sign-in is not configured" in capsys.readouterr().err
    serve.check_address("127.0.0.1", signed_in=False)
    serve.check_address("localhost", signed_in=False)
    serve.check_address("0.0.0.0", signed_in=True)  # noqa: S104


def test_sign_in_is_read_from_streamlits_secrets(tmp_path) -> None:
    assert not serve.is_sign_in_configured()
    (tmp_path / "secrets.toml").write_text('[auth]\nclient_id = "zhicang"\n', encoding="utf-8")
    assert serve.is_sign_in_configured()
    (tmp_path / "secrets.toml").write_text("[auth\n", encoding="utf-8")
    with pytest.raises(serve.CannotServeError, match=r"secrets\.toml cannot be read"):
        serve.is_sign_in_configured()


def test_streamlit_starts_headless_on_the_address_without_telemetry() -> None:
    command = " ".join(serve.streamlit_command("127.0.0.1", 8501))
    for part in (
        "--server.address 127.0.0.1",
        "--server.port 8501",
        "--server.headless true",
        "--browser.gatherUsageStats false",
    ):
        assert part in command
