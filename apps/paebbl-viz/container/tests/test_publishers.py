"""Who may upload: addresses that are proved, groups that the user pool vouches for, and nobody else."""

from __future__ import annotations

import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from fake_sign_in import ALB, ISSUER, Signer

from paebbl_viz import groups
from paebbl_viz.errors import BadSetting
from paebbl_viz.settings import Settings


@pytest.fixture
def signer():
    made = Signer()
    yield made
    made.close()


@pytest.fixture
def ask(make_app, signer):
    """Asks for an upload, as somebody with a token of the load balancer and one of the user pool."""
    groups._pool_keys.cache_clear()

    def make(publishers="group:Scientists", **settings):
        client = make_app(
            upload_bucket="drop",
            publishers=publishers,
            alb_arn=ALB,
            oidc_client="client",
            alb_keys_url=signer.url,
            oidc_issuer=ISSUER,
            oidc_keys_url=f"{signer.url}/jwks.json",
            **settings,
        ).test_client()

        def ask(access=None, **claims):
            headers = {"x-amzn-oidc-data": signer.token(**{"email": "x@y.example", **claims})}
            if access:
                headers["x-amzn-oidc-accesstoken"] = access
            # What is no upload's id is refused before anything is asked of S3, but only for who may upload.
            return client.post("/upload/0/check", headers={**headers, "Accept": "application/json"}, json={})

        return ask

    return make


def may(answer) -> bool:
    """Whether the request got as far as the upload's id, which is none."""
    assert answer.status_code in (400, 403), answer.text
    return answer.status_code == 400


def test_somebody_in_a_group_of_the_access_token_may_upload_and_its_keys_are_asked_for_once(ask, signer):
    asked = ask()
    assert may(asked(signer.access_token()))
    assert may(asked(signer.access_token()))
    assert signer.asked.count("/jwks.json") == 1


STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FORGED = {
    "no token": lambda signer: None,
    "no JWT": lambda signer: "a.b.c",
    "another group": lambda signer: signer.access_token(**{"cognito:groups": ["viewers"]}),
    "groups that are no list": lambda signer: signer.access_token(**{"cognito:groups": "scientists"}),
    "no groups": lambda signer: signer.access_token(**{"cognito:groups": None}),
    "another key": lambda signer: signer.access_token(key=STRANGER),
    "an unknown key": lambda signer: signer.access_token(kid="other"),
    "another pool": lambda signer: signer.access_token(iss=f"{ISSUER}x"),
    "another client": lambda signer: signer.access_token(client_id="other"),
    "an id token": lambda signer: signer.access_token(token_use="id"),
    "somebody else's": lambda signer: signer.access_token(sub="2"),
    "expired": lambda signer: signer.access_token(exp=int(time.time()) - 600),
    "without an end": lambda signer: signer.access_token(exp=None),
    "signed with a word": lambda signer: signer.access_token(key="x" * 32, algorithm="HS256"),
    "not signed": lambda signer: jwt.encode({"sub": "1", "cognito:groups": ["scientists"]}, None, algorithm="none"),
}


@pytest.mark.parametrize("token", FORGED)
def test_an_access_token_that_proves_nothing_makes_nobody_a_publisher(ask, signer, token):
    answer = ask()(FORGED[token](signer))
    assert not may(answer)
    assert answer.get_json()["error"].startswith("x@y.example may not upload.")


@pytest.mark.parametrize("fault", ["500", "302", "404", "html", "hang"])
def test_keys_that_cannot_be_had_make_nobody_a_publisher_and_the_log_says_so(ask, signer, fault, monkeypatch):
    monkeypatch.setattr("paebbl_viz.keys.LONGEST_SECONDS", 0.3)
    signer.fault = fault
    asked = ask("@paebbl.example, group:scientists")
    told = []
    monkeypatch.setattr(groups.LOGGER, "warning", lambda _text, *, extra: told.append(extra["event"]))
    assert not may(asked(signer.access_token()))
    assert not may(asked(signer.access_token()))
    assert told == ["groups_unknown"] * 2
    # Whoever is named by address does not need them, and the endpoint is not asked again at once.
    assert may(asked(email="ada@paebbl.example"))
    assert signer.asked.count("/jwks.json") == 1


def test_an_address_that_is_not_verified_is_refused_with_what_to_do(ask):
    answer = ask("@paebbl.example")(email="ada@paebbl.example", email_verified="false")
    assert not may(answer)
    assert "the sign-in does not say that it is verified" in answer.get_json()["error"]
    assert "'PAEBBL_TRUSTED_PROVIDERS'" in answer.get_json()["error"]


@pytest.mark.parametrize(
    ("provider", "address", "expected"),
    [("Entra", "ada@paebbl.example", True), ("Google", "ada@paebbl.example", False), ("Entra", "a@b.example", False)],
)
def test_addresses_from_a_trusted_company_count_as_verified(ask, signer, provider, address, expected):
    """Cognito puts whoever comes from a provider into a group of its name and marks no address as verified."""
    asked = ask("@paebbl.example", trusted_providers="Okta, Entra")
    token = signer.access_token(**{"cognito:groups": [f"us-east-1_pool_{provider}"]})
    assert may(asked(token, email=address, email_verified="false")) is expected


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"PAEBBL_OIDC_ISSUER": "http://pool"}, "'PAEBBL_OIDC_ISSUER' must be an address that starts with 'https://'"),
        ({"PAEBBL_OIDC_KEYS_URL": "http://localhost.evil/"}, "'PAEBBL_OIDC_KEYS_URL' must be an address"),
        ({"PAEBBL_OIDC_CLIENT": "c", "PAEBBL_PUBLISHERS": "Group:x"}, "'PAEBBL_OIDC_ISSUER' must be set with groups"),
    ],
)
def test_settings_that_would_make_groups_meaningless_are_refused(environ, says):
    with pytest.raises(BadSetting, match=says):
        Settings.from_env(environ)
