"""The dashboards as a process of their own on a free loopback port, and the system's Chromium."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
APP = REPOSITORY / "dashboards" / "app.py"
CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
NO_CHROMIUM = "No Chromium: `bash .ci/browser.sh` installs it or says how."
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextlib.contextmanager
def dashboards(home: Path) -> Iterator[str]:
    """Serve the pages over the data folder ``home``; yields their address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    environment = {**os.environ, "TILTH_HOME": str(home)}
    process = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_well(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_well(process: subprocess.Popen, address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode} before it served.")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310  (our own loopback server)
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            process_wait(process)
    raise TimeoutError("The server did not get well within a minute.")


def process_wait(process: subprocess.Popen) -> None:
    """A tenth of a second, or until the process ends."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=0.1)


def settled(page) -> None:
    """Wait until the page has drawn everything that it is going to draw."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]"
        ".every(chart => chart.querySelector('canvas, svg'))",
        timeout=30_000,
    )
    page.wait_for_function(
        "() => document.querySelectorAll('[data-testid=stSkeleton]').length === 0"
    )
