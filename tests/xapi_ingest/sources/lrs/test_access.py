"""Credentials: from the environment alone, refused once, renewed in time, and never shown."""

import logging

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tests.xapi_ingest.sources.lrs.conftest import ENVIRONMENT
from tests.xapi_ingest.sources.lrs.small_lrs import PASSWORD, SECRET, faults
from xapi_ingest.errors import InputError, SettingsError
from xapi_ingest.sources.lrs.access import Access


def test_wrong_credentials_end_in_one_line_after_one_request(bench):
    with pytest.raises(SettingsError) as caught:
        bench.pull(environment=ENVIRONMENT | {"LRS_PASSWORD": "wr0ng-pa55"})
    message = str(caught.value)
    assert "'academy'" in message
    assert "LRS_USER and LRS_PASSWORD" in message
    assert "wr0ng-pa55" not in message
    assert len(bench.lrs.asked) == 1
    assert bench.time.waits == []


def test_a_variable_that_is_not_set_is_named_before_anything_is_asked(bench):
    with pytest.raises(SettingsError, match="'academy': the variable LRS_PASSWORD is not set"):
        bench.pull(environment={"LRS_USER": "reader"})
    assert bench.lrs.asked == []


def test_credentials_without_the_right_to_read_are_told_from_wrong_ones(bench):
    bench.lrs.fault = faults(Response(status_code=403))
    with pytest.raises(SettingsError, match="does not let them read statements"):
        bench.pull()


def test_client_credentials_pull_like_a_password(bench):
    bench.lrs.hold(10)
    bench.pull(bench.oauth_source())
    assert len(bench.ids()) == 10
    assert list(bench.lrs.tokens) == ["token-0"]


def test_a_token_that_lapses_in_the_middle_is_renewed(bench):
    bench.lrs.hold(20)
    bench.lrs.token_uses = 3
    report = bench.pull(bench.oauth_source())
    assert (report.accepted_count, len(set(bench.ids()))) == (20, 20)
    assert list(bench.lrs.tokens) == ["token-0", "token-1"]
    assert bench.time.waits == []


def test_a_token_that_is_about_to_lapse_is_renewed_before_it_is_used(bench):
    bench.lrs.hold(6)
    bench.lrs.token_seconds = 5
    bench.pull(bench.oauth_source())
    assert len(bench.lrs.tokens) == len(bench.lrs.asked) == 3


def test_a_fresh_token_that_is_refused_is_not_renewed_for_ever(bench):
    bench.lrs.fault = faults(*[Response(status_code=401)] * 10)
    with pytest.raises(SettingsError, match="LRS_ID and LRS_SECRET"):
        bench.pull(bench.oauth_source())
    assert len(bench.lrs.asked) == len(bench.lrs.tokens) == 2


def test_a_refused_client_ends_in_one_line_without_the_secret(bench):
    wrong = ENVIRONMENT | {"LRS_SECRET": "wr0ng-s3cret"}
    with pytest.raises(SettingsError, match=r"refuses the client \(invalid_client\)") as caught:
        bench.pull(bench.oauth_source(), environment=wrong)
    assert "wr0ng-s3cret" not in str(caught.value)
    assert SECRET not in str(caught.value)  # the server's own words are not repeated
    assert caught.value.__cause__ is None
    assert bench.lrs.asked == []


def test_a_token_endpoint_that_is_none_is_named(bench):
    source = bench.oauth_source().model_copy(update={"token_url": bench.lrs.endpoint + "/about"})
    with pytest.raises((InputError, SettingsError), match="Check token_url"):
        bench.pull(source)


@pytest.mark.parametrize(
    "answer",
    [
        {"access_token": "x", "token_type": "mac"},
        {"token_type": "Bearer"},
        {"access_token": "x", "token_type": "Bearer", "expires_in": "soon"},
        ["x"],
    ],
)
def test_a_token_that_is_no_bearer_token_is_refused(bench, answer):
    bench.lrs.token_answer = answer
    with pytest.raises(InputError, match="Check token_url"):
        bench.pull(bench.oauth_source())


def test_a_line_end_behind_a_secret_is_no_part_of_it(bench):
    bench.pull(environment=ENVIRONMENT | {"LRS_PASSWORD": PASSWORD + "\n"})
    assert bench.lrs.asked


def test_no_secret_is_shown_or_logged(bench, caplog):
    caplog.set_level(logging.DEBUG)
    bench.lrs.hold(5)
    bench.pull(bench.source(filters={"agent": {"mbox": "mailto:learner0@example.com"}}))
    bench.pull(bench.oauth_source())
    access = Access(bench.source(), ENVIRONMENT)
    shown = caplog.text + repr(access) + repr(access.client) + repr(bench.source())
    access.close()
    for secret in (PASSWORD, SECRET, "token-0", access.signature._auth_header):
        assert secret not in shown
    assert "learner0" not in caplog.text


@pytest.mark.parametrize("said", [PASSWORD, "ok"])
def test_an_lrs_that_repeats_the_secret_is_not_quoted(bench, said):
    bench.lrs.fault = faults(PlainTextResponse(f"bad request: {said}", 400))
    with pytest.raises(InputError, match="HTTP 400") as caught:
        bench.pull()
    assert (f"bad request: {said}" in str(caught.value)) == (said == "ok")


def test_a_person_whom_the_lrs_names_is_masked(bench):
    bench.lrs.fault = faults(JSONResponse({"error": "no agent mailto:ann@example.com"}, 400))
    with pytest.raises(InputError, match="no agent mailto:…") as caught:
        bench.pull()
    assert "ann@" not in str(caught.value)
