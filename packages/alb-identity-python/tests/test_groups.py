from __future__ import annotations

import time

import jwt
import pytest
from conftest import ISSUER, SUBJECT, Keys
from cryptography.hazmat.primitives.asymmetric import rsa

from paebbl_alb_identity import IdentityError, IdentityVerifier, Settings


@pytest.fixture
def grouped(settings: Settings) -> IdentityVerifier:
    return IdentityVerifier(settings, groups=True)


def headers(keys: Keys, access_token: str) -> dict[str, str]:
    return {"x-amzn-oidc-data": keys.data(), "x-amzn-oidc-accesstoken": access_token}


def test_groups_come_from_the_access_token_of_the_user_pool(grouped: IdentityVerifier, keys: Keys) -> None:
    reader = grouped.verify(headers(keys, keys.access_token({"cognito:groups": ["viz", "ops"]})))

    assert reader.groups == {"viz", "ops"}
    assert reader.is_in("admins", "ops")
    assert not reader.is_in("admins")
    assert not reader.is_in()


def test_whoever_is_in_no_group_has_none(grouped: IdentityVerifier, keys: Keys) -> None:
    assert grouped.verify(headers(keys, keys.access_token({"cognito:groups": None}))).groups == frozenset()


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"sub": "somebody-else"}, "wrong-subject"),
        ({"iss": ISSUER + "x"}, "wrong-issuer"),
        ({"client_id": "other"}, "wrong-client"),
        ({"token_use": "id"}, "wrong-use"),
        ({"exp": int(time.time()) - 3600}, "expired"),
        ({"exp": None}, "malformed"),
        ({"token_use": None}, "malformed"),
        ({"cognito:groups": "viz"}, "malformed"),
        ({"cognito:groups": [["viz"]]}, "malformed"),
    ],
)
def test_another_access_token_gives_no_groups(grouped: IdentityVerifier, keys: Keys, claims: dict, code: str) -> None:
    with pytest.raises(IdentityError) as caught:
        grouped.verify(headers(keys, keys.access_token(claims)))
    assert caught.value.code == code


def test_an_access_token_of_another_key_gives_no_groups(grouped: IdentityVerifier, keys: Keys) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for token in (keys.access_token(key=other), keys.access_token(kid="unknown")):
        with pytest.raises(IdentityError) as caught:
            grouped.verify(headers(keys, token))
        assert caught.value.code in {"bad-signature", "no-key"}


def test_an_unsigned_access_token_gives_no_groups(grouped: IdentityVerifier, keys: Keys) -> None:
    token = jwt.encode({"sub": SUBJECT, "cognito:groups": ["viz"]}, None, "none", headers={"kid": "pool-key"})
    with pytest.raises(IdentityError) as caught:
        grouped.verify(headers(keys, token))
    assert caught.value.code == "wrong-algorithm"


def test_without_an_access_token_there_are_no_groups_to_believe(grouped: IdentityVerifier, keys: Keys) -> None:
    with pytest.raises(IdentityError) as caught:
        grouped.verify({"x-amzn-oidc-data": keys.data()})
    assert caught.value.code == "missing"
