"""Start the cockpit: `python -m dashboards.serve [--port 8501] [--check]`."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import tomllib
from ipaddress import ip_address
from pathlib import Path

from dashboards.components.sign_in import DEFAULT_ROLE
from dashboards.published import PublishedDataError, open_published
from metrics_dictionary.locations import DataFolder

APP = Path(__file__).parent / "streamlit_app.py"
LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8501
SECRETS_FILES = (Path.home() / ".streamlit" / "secrets.toml", APP.parent / ".streamlit" / "secrets.toml")


class CannotServeError(Exception):
    """The cockpit cannot start; the message says why and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Check, say where the cockpit will be, and serve until stopped. Exit code 1 when a check fails."""
    parser = argparse.ArgumentParser(prog="python -m dashboards.serve", description="Serve the cockpit of the published data.")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port to listen on (default %(default)s)")
    parser.add_argument("--address", default=LOOPBACK, help="address to bind; other than loopback only with sign-in")
    parser.add_argument("--check", action="store_true", help="check that it could start, and stop")
    chosen = parser.parse_args(arguments)
    try:
        signed_in = is_sign_in_configured()
        check_address(chosen.address, signed_in)
        check_port(chosen.address, chosen.port)
        version = check_publication()
    except CannotServeError as error:
        print(f"The cockpit cannot start: {error}", file=sys.stderr)
        return 1
    print(f"Publication  {version}")
    print(f"Cockpit      http://{'localhost' if chosen.address == LOOPBACK else chosen.address}:{chosen.port}")
    if not signed_in:
        print("Sign-in      not configured: this machine only (docs/runbooks/serving.md says how to set it up)")
    if chosen.check:
        return 0
    print("Stop it with Ctrl-C.", flush=True)
    os.execv(sys.executable, streamlit_command(chosen.address, chosen.port))  # noqa: S606
    return 0


def streamlit_command(address: str, port: int) -> list[str]:
    """What starts Streamlit; the rest of its settings is in `dashboards/.streamlit/config.toml`."""
    return [
        *(sys.executable, "-m", "streamlit", "run", str(APP)),
        *("--server.address", address, "--server.port", str(port)),
        *("--server.headless", "true", "--browser.gatherUsageStats", "false", "--logger.level", "warning"),
    ]


def is_sign_in_configured() -> bool:
    """Whether a secrets file of Streamlit has an `[auth]` section. Raises CannotServeError when one cannot be read."""
    for file in SECRETS_FILES:
        if file.exists():
            try:
                if "auth" in tomllib.loads(file.read_text(encoding="utf-8")):
                    return True
            except (OSError, tomllib.TOMLDecodeError) as error:
                raise CannotServeError(f"{file} cannot be read: {error}. Correct it, or remove it to serve without sign-in.") from error
    return False


def check_address(address: str, signed_in: bool) -> None:
    """Without sign-in, only loopback. Raises CannotServeError."""
    try:
        is_loopback = ip_address(address).is_loopback
    except ValueError:
        is_loopback = address == "localhost"
    if not signed_in and not is_loopback:
        raise CannotServeError(
            f"address {address} can be reached from other machines, but sign-in is not configured. "
            f"Leave --address away, or set up sign-in as docs/runbooks/serving.md describes."
        )


def check_port(address: str, port: int) -> None:
    """The port must be free. Raises CannotServeError naming it and a port to try."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError) as error:
            raise CannotServeError(
                f"port {port} on {address} is not free ({error}). Stop what listens there, or choose another: "
                f"make serve PORT={port + 1}, or python -m dashboards.serve --port {port + 1}."
            ) from error


def check_publication() -> str:
    """There must be a publication the role may open; its version. Raises CannotServeError."""
    role = os.environ.get("ZHICANG_ROLE", DEFAULT_ROLE)
    folder = DataFolder.from_environment()
    try:
        return str(open_published(role, folder).publication()["version"])
    except PublishedDataError as error:
        advice = {
            "missing": f"nothing has been published in {folder.published}. Run make warehouse (or make pipeline for your own files) first.",
            "unknown_role": f"role '{role}' (ZHICANG_ROLE) is not in the published access policy. "
            "Choose a role of orchestration/access_policy.yml.",
        }
        raise CannotServeError(
            advice.get(error.reason, f"{error.where} cannot be read ({error.detail}). Run zhicang rollback or make pipeline.")
        ) from error


if __name__ == "__main__":
    sys.exit(main())
