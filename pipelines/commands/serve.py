"""Commands that serve on 127.0.0.1 until they are stopped: ``dashboards``, ``dev``."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.output import err
from xapi_ingest.errors import RunError
from xapi_ingest.settings import load_settings

HOST = "127.0.0.1"
ROOT = Path(__file__).parents[2]
Port = Annotated[int | None, typer.Option(help="Port on 127.0.0.1. Default: the setting.")]


def dashboards(*, port: Port = None) -> None:
    """Serve the pages on 127.0.0.1 (port 8501) until Ctrl+C. They read published files only.

    Exit codes: 0 stopped; 2 the port is taken.
    """
    settings = load_settings()
    chosen = _free(port or settings.dashboards_port, "TILTH_DASHBOARDS_PORT")
    if not (settings.published / "current").exists():
        err().print("Nothing has been published yet: the pages will say so. `tilth run` publishes.")
    err().print(f"Dashboards on http://{HOST}:{chosen} (Ctrl+C stops them)")
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboards" / "app.py")),
        *("--server.headless", "true", "--server.address", HOST, "--server.port", str(chosen)),
        *("--browser.gatherUsageStats", "false"),
    ]
    raise typer.Exit(_serve(command, {"TILTH_HOME": str(settings.root)}))


def dev(*, port: Port = None) -> None:
    """Serve Dagster's web UI on 127.0.0.1 (port 3000): lineage, runs, checks, the schedule.

    While it runs, the night starts by itself at the time of TILTH_NIGHTLY_CRON.

    Exit codes: 0 stopped; 2 the port is taken.
    """
    from pipelines.lib.orchestrator import dagster_environment  # noqa: PLC0415  (5 s of imports)

    settings = load_settings()
    chosen = _free(port or settings.dev_port, "TILTH_DEV_PORT")
    err().print(f"Dagster on http://{HOST}:{chosen} (Ctrl+C stops it)")
    command = [
        *(sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions"),
        *("--host", HOST, "--port", str(chosen)),
    ]
    raise typer.Exit(_serve(command, dagster_environment(settings)))


def _free(port: int, setting: str) -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise RunError(
                f"Port {port} on {HOST} cannot be used: {error.strerror}.",
                remedy=f"Stop what uses it, or choose another with --port or {setting}.",
            ) from None
    return port


def _serve(command: list[str], environment: dict[str, str]) -> int:
    """Run until stopped, in the user's folder, whose ``tilth.toml`` the server reads too.

    Ctrl+C reaches the child too, a service manager's TERM is passed on.
    """
    # A shell's background job ignores Ctrl+C, and Dagster would take TERM for the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, env=os.environ | environment) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        while True:
            try:
                return max(server.wait(), 0)
            except KeyboardInterrupt:
                continue
