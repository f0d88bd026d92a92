"""A PostgreSQL of its own on loopback, for as long as the tests run."""

import os
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from xapi_ingest.settings import load_settings

MISSING = "PostgreSQL is not installed; .ci/postgres.sh or `apt-get install postgresql` brings it"


def program(name):
    """Debian keeps the server's programs out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """SQLAlchemy URL of an empty database; the server refuses to run as root, so it does not."""
    if not program("initdb") or not program("postgres"):
        pytest.skip(MISSING)
    folder = tmp_path_factory.mktemp("postgres")
    user = "nobody" if os.getuid() == 0 else None
    if user:
        for place in (folder, *folder.parents[:3]):
            place.chmod(place.stat().st_mode | 0o011)
        shutil.chown(folder, user)
    password = secrets.token_hex(8)
    secret = folder / "password"
    secret.write_text(password)
    data, port = folder / "data", free_port()
    made = subprocess.run(
        [program("initdb"), "-D", data, "-U", "owner", "--auth=scram-sha-256", "-E", "UTF8",
         "--pwfile", secret, "--no-sync", "--locale=C"],
        user=user, capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
    server = subprocess.Popen(
        [program("postgres"), "-D", data, "-p", str(port), "-F", *options],
        user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"owner:{password}@127.0.0.1:{port}/postgres"
        await_answer(f"postgresql://{address}", server)
        yield f"postgresql+psycopg://{address}"
    finally:
        server.terminate()
        server.wait(30)


def await_answer(address, server):
    end = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.05)
        else:
            return


@pytest.fixture
def database(postgres):
    """A connection that writes; a schema of its own, dropped at the end."""
    with psycopg.connect(postgres.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("create schema hr")
        try:
            yield connection
        finally:
            connection.execute("drop schema hr cascade")


@pytest.fixture
def settings(tmp_path):
    return load_settings(home=tmp_path / "home")
