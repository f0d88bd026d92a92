"""The table of an LRS: loaded from tilth.toml, refused with the field's name, free of secrets."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from xapi_ingest.errors import SettingsError
from xapi_ingest.settings import load_settings
from xapi_ingest.sources.lrs.config import Filters, LrsSource
from xapi_ingest.sources.registry import KINDS, configured_sources

HOWTO = Path(__file__).parents[4] / "docs" / "howto" / "pull-from-an-lrs.md"
PLAIN = {
    "kind": "lrs",
    "endpoint": "https://lrs.example.com/xapi",
    "user_env": "LRS_USER",
    "password_env": "LRS_PASSWORD",
}


def test_tables_of_the_settings_file_become_sources(tmp_path, monkeypatch):
    toml = """
    [sources.academy]
    kind = "lrs"
    endpoint = "https://lrs.example.com/xapi"
    user_env = "LRS_USER"
    password_env = "LRS_PASSWORD"
    start = 2025-01-01T00:00:00+01:00
    [sources.academy.filters]
    verb = "http://adlnet.gov/expapi/verbs/completed"
    agent = { mbox = "mailto:ann@example.com" }
    """
    (tmp_path / "tilth.toml").write_text(toml)
    monkeypatch.chdir(tmp_path)
    source = configured_sources(load_settings().sources)["academy"]
    assert source.name == "academy"
    assert source.statements_url == "https://lrs.example.com/xapi/statements"
    assert source.start == datetime(2024, 12, 31, 23, tzinfo=UTC)
    assert source.filters.parameters() == {
        "verb": "http://adlnet.gov/expapi/verbs/completed",
        "agent": '{"mbox":"mailto:ann@example.com"}',
    }


def test_related_filters_are_sent_as_the_protocol_writes_booleans():
    filters = Filters(activity="https://example.com/a", related_activities=True)
    assert filters.parameters()["related_activities"] == "true"


REFUSED = {
    "kind": ({"kind": "lsr"}, "needs a kind that Tilth knows"),
    "field": ({"endpoitn": "x"}, "endpoitn: Extra inputs"),
    "endpoint": ({"endpoint": "lrs.example.com"}, "endpoint: is not an http"),
    "port": ({"endpoint": "https://lrs.example.com:70000/"}, "endpoint: is not an address"),
    "query": ({"endpoint": "https://lrs.example.com/?a=1"}, "must not hold a query"),
    "userinfo": ({"endpoint": "https://ann:hunter2@lrs.example.com"}, "holds credentials"),
    "in the clear": ({"endpoint": "http://lrs.example.com/"}, "in the clear; use https"),
    "password": ({"password": "hunter2"}, "password: Extra inputs"),
    "no variable": ({"user_env": None}, 'auth = "basic" needs user_env'),
    "no client": ({"auth": "oauth2"}, "needs client_id_env and secret_env and token_url"),
    "version": ({"version": "0.95"}, "version: String should match"),
    "two agents": ({"filters": {"agent": {"mbox": "a", "openid": "b"}}}, "exactly one of"),
    "related": ({"filters": {"related_agents": True}}, "related_agents means nothing"),
    "rate": ({"requests_per_second": 0}, "requests_per_second: Input should be greater"),
}


@pytest.mark.parametrize(("change", "says"), REFUSED.values(), ids=REFUSED)
def test_a_table_that_cannot_be_used_is_refused_by_name(change, says):
    with pytest.raises(SettingsError) as caught:
        configured_sources({"academy": PLAIN | change})
    assert "[sources.academy]" in str(caught.value)
    assert says in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_source_name_that_cannot_be_a_folder_is_refused():
    with pytest.raises(SettingsError, match="name: String should match"):
        configured_sources({"../etc": PLAIN})


def test_this_machine_may_be_asked_without_tls():
    for host in ("localhost:8080", "127.0.0.1:8080", "[::1]:8080"):
        assert configured_sources({"a": PLAIN | {"endpoint": f"http://{host}/xapi"}})


def test_the_howto_lists_every_field_and_its_examples_work():
    text = HOWTO.read_text(encoding="utf-8")
    for model in (LrsSource, Filters):
        for name in model.model_fields.keys() - {"name"}:
            assert f"`{name}`" in text, name
    blocks = [part.partition("```")[0] for part in text.split("```toml\n")[1:]]
    assert len(blocks) >= 2
    for block in blocks:
        assert configured_sources(tomllib.loads(block)["sources"])


def test_every_kind_says_what_each_field_means():
    for model in KINDS.values():
        for name, field in model.model_fields.items():
            assert field.description or name in {"kind", "filters"}, name
