from __future__ import annotations

import pytest
from conftest import SUBJECT, Keys
from flask import Flask
from flask.testing import FlaskClient

from paebbl_alb_identity import IdentityVerifier, Settings
from paebbl_alb_identity.flask import current_reader, require_group


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    app = Flask(__name__)
    verifier = IdentityVerifier(settings, groups=True)

    @app.get("/")
    def home() -> str:
        return f"Hello {current_reader(verifier).email}, {current_reader(verifier).subject}"

    @app.get("/costs")
    @require_group(verifier, "finance", "board")
    def costs() -> str:
        return "costs"

    return app.test_client()


def signed_in(keys: Keys, *groups: str) -> dict[str, str]:
    return {
        "X-Amzn-Oidc-Data": keys.data(),
        "X-Amzn-Oidc-Accesstoken": keys.access_token({"cognito:groups": list(groups)}),
    }


def test_a_page_greets_its_reader_whatever_the_case_of_the_headers(client: FlaskClient, keys: Keys) -> None:
    answer = client.get("/", headers=signed_in(keys))

    assert answer.text == f"Hello ada@example.com, {SUBJECT}"


def test_a_page_for_a_group_opens_to_its_members(client: FlaskClient, keys: Keys) -> None:
    assert client.get("/costs", headers=signed_in(keys, "board")).status_code == 200


def test_a_page_for_a_group_is_closed_to_others(client: FlaskClient, keys: Keys) -> None:
    assert client.get("/costs", headers=signed_in(keys, "viz")).status_code == 403


def test_without_the_load_balancer_every_page_is_closed(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    assert client.get("/").status_code == 401
    assert client.get("/costs").status_code == 401
    assert "(missing)" in caplog.text


def test_forged_headers_are_logged_by_their_code_and_not_by_their_content(
    client: FlaskClient, keys: Keys, caplog: pytest.LogCaptureFixture
) -> None:
    forged = {"X-Amzn-Oidc-Data": keys.data({"signer": "mine"}), "X-Amzn-Oidc-Accesstoken": keys.access_token()}

    assert client.get("/", headers=forged).status_code == 401
    assert "(wrong-signer)" in caplog.text
    assert forged["X-Amzn-Oidc-Data"][:30] not in caplog.text


def test_a_page_for_no_group_at_all_is_a_mistake(verifier: IdentityVerifier) -> None:
    with pytest.raises(ValueError, match="'groups' must have at least one group"):
        require_group(verifier)
