from __future__ import annotations

import shutil
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_microsoft import FakeMicrosoft
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from scripted_source import refresher_of

from paebbl_viz.app import create_app
from paebbl_viz.library import Library
from paebbl_viz.refresher import Refresher
from paebbl_viz.settings import Settings
from paebbl_viz.sources.s3 import aws_client

FIXTURES = Path(__file__).parent / "fixtures"
MakeApp = Callable[..., Flask]


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every test has an app of its own; compiling the templates for each would take most of the time."""
    folder = str(tmp_path_factory.mktemp("templates"))
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(folder)}


@pytest.fixture(autouse=True)
def local_files_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test writes a file and looks at it in the same moment."""
    monkeypatch.setattr("paebbl_viz.sources.local.SETTLED_SECONDS", -1.0)


@pytest.fixture(scope="session")
def bundled_state(bundled_app: Flask) -> Path:
    return bundled_app.extensions["paebbl_viz"].settings.state


@pytest.fixture
def new_state(bundled_state: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Makes a state folder in which the bundled file has been read, which would take most of a test's time."""

    def make(name: str = "state") -> Path:
        if not (tmp_path / name).exists():
            shutil.copytree(bundled_state / "versions", tmp_path / name / "versions")
        return tmp_path / name

    return make


@pytest.fixture
def make_refresher(new_state: Callable[[str], Path]) -> Callable[..., tuple[Library, Refresher]]:
    """A library in a state folder of its own, and a refresher of it that asks these sources."""

    def make(*sources: object, state: str = "state", **more: object) -> tuple[Library, Refresher]:
        return refresher_of(*sources, state=new_state(state), **more)

    return make


@pytest.fixture
def make_app(new_state: Callable[[str], Path]) -> MakeApp:
    """Makes an app with a state folder of its own; keyword arguments are settings."""

    def make(**settings: object) -> Flask:
        if "state_dir" not in settings:
            settings["state_dir"] = new_state("state")
        settings.setdefault("log_level", "ERROR")
        return create_app(Settings(**settings))  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def bundled_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One app with the bundled data for all tests that only read."""
    return create_app(Settings(state_dir=tmp_path_factory.mktemp("bundled"), log_level="ERROR"))


@pytest.fixture
def client(bundled_app: Flask) -> FlaskClient:
    """A client of the app with the bundled data."""
    return bundled_app.test_client()


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[[bytes | str], Path]:
    def write(content: bytes | str, name: str = "data.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(scope="session")
def moto_server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def aws(moto_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a local S3, Secrets Manager and STS; boto3 talks to nothing else."""
    for name, value in {
        "AWS_ENDPOINT_URL": moto_server,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    urllib.request.urlopen(urllib.request.Request(f"{moto_server}/moto-api/reset", method="POST")).close()
    aws_client.cache_clear()
    yield moto_server
    aws_client.cache_clear()


@pytest.fixture
def microsoft(monkeypatch: pytest.MonkeyPatch, aws: str) -> Iterator[FakeMicrosoft]:
    fake = FakeMicrosoft()
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", fake.url)
    aws_client.cache_clear()
    yield fake
    fake.close()
