from __future__ import annotations

import time

import jwt
import pytest
from conftest import ARN, CLIENT, ISSUER, SUBJECT, Keys, padded
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from paebbl_alb_identity import IdentityError, IdentityVerifier


def headers(data: str, **more: str) -> dict[str, str]:
    return {"x-amzn-oidc-data": data, **more}


def code_of(verifier: IdentityVerifier, given_headers: dict[str, str]) -> str:
    with pytest.raises(IdentityError) as caught:
        verifier.verify(given_headers)
    for value in given_headers.values():
        if len(value) > 40:
            assert value[:40] not in str(caught.value), "an error must not hold a token"
    return caught.value.code


def test_a_padded_token_of_the_load_balancer_says_who_is_asking(verifier: IdentityVerifier, keys: Keys) -> None:
    token = keys.data()
    assert "=" in token

    reader = verifier.verify(headers(token, **{"x-amzn-oidc-identity": SUBJECT}))

    assert (reader.subject, reader.email, reader.groups) == (SUBJECT, "ada@example.com", frozenset())
    assert reader.claims["sub"] == SUBJECT


@pytest.mark.parametrize("characters", range(4))
def test_every_length_of_padding_is_read(verifier: IdentityVerifier, keys: Keys, characters: int) -> None:
    assert verifier.verify(headers(keys.data(claims={"name": "x" * characters}))).subject == SUBJECT


def test_a_reader_without_an_address_has_none(verifier: IdentityVerifier, keys: Keys) -> None:
    assert verifier.verify(headers(keys.data(claims={"email": None}))).email is None


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"signer": ARN.replace("door", "other")}, "wrong-signer"),
        ({"signer": None}, "wrong-signer"),
        ({"client": "other"}, "wrong-client"),
        ({"client": None}, "wrong-client"),
        ({"iss": ISSUER + "x"}, "wrong-issuer"),
        ({"iss": None}, "wrong-issuer"),
        ({"alg": "none"}, "wrong-algorithm"),
        ({"alg": "HS256"}, "wrong-algorithm"),
        ({"alg": "RS256"}, "wrong-algorithm"),
        ({"exp": int(time.time()) - 3600}, "expired"),
        ({"exp": None}, "malformed"),
        ({"exp": "4102444800"}, "malformed"),
        ({"exp": True}, "malformed"),
        ({"kid": "other-key"}, "no-key"),
        ({"kid": None}, "malformed"),
        ({"kid": ""}, "malformed"),
        ({"kid": "../door-key"}, "malformed"),
        ({"kid": "door-key?x"}, "malformed"),
        ({"kid": "door-key\n"}, "malformed"),
        ({"kid": "@evil.example/door-key"}, "malformed"),
    ],
)
def test_a_token_with_another_header_is_nobodys(
    verifier: IdentityVerifier, keys: Keys, header: dict, code: str
) -> None:
    assert code_of(verifier, headers(keys.data(header))) == code


@pytest.mark.parametrize(
    ("claims", "code"),
    [({"sub": None}, "malformed"), ({"exp": int(time.time()) - 3600}, "expired"), ({"exp": "soon"}, "malformed")],
)
def test_claims_that_do_not_hold_are_refused(verifier: IdentityVerifier, keys: Keys, claims: dict, code: str) -> None:
    assert code_of(verifier, headers(keys.data(claims=claims))) == code


def test_a_clock_may_be_half_a_minute_off_and_no_more(verifier: IdentityVerifier, keys: Keys) -> None:
    assert verifier.verify(headers(keys.data({"exp": int(time.time()) - 5}))).subject == SUBJECT
    assert code_of(verifier, headers(keys.data({"exp": int(time.time()) - 60}))) == "expired"


def test_a_signature_of_another_key_is_refused(verifier: IdentityVerifier, keys: Keys) -> None:
    assert code_of(verifier, headers(keys.data(key=ec.generate_private_key(ec.SECP256R1())))) == "bad-signature"


def test_a_token_signed_with_the_public_key_as_a_password_is_refused(verifier: IdentityVerifier, keys: Keys) -> None:
    made = {"kid": "door-key", "iss": ISSUER, "client": CLIENT, "signer": ARN, "exp": int(time.time()) + 60}
    token = jwt.encode({"sub": SUBJECT}, "x" * 64, "HS256", headers=made)

    assert code_of(verifier, headers(token)) == "wrong-algorithm"


def test_claims_of_one_token_under_the_signature_of_another_are_refused(verifier: IdentityVerifier, keys: Keys) -> None:
    header, _, signature = keys.data().split(".")
    _, claims, _ = keys.data(claims={"sub": "somebody-else"}).split(".")

    assert code_of(verifier, headers(f"{header}.{claims}.{signature}")) == "bad-signature"


@pytest.mark.parametrize("signature", ["", "AAAA", padded(bytes(64)), padded(b"\xff" * 64), padded(bytes(63))])
def test_an_empty_or_degenerate_signature_is_refused(verifier: IdentityVerifier, keys: Keys, signature: str) -> None:
    unsigned = keys.data().rsplit(".", 1)[0]

    assert code_of(verifier, headers(f"{unsigned}.{signature}")) in {"bad-signature", "malformed"}


def test_without_headers_nobody_signed_in(verifier: IdentityVerifier) -> None:
    assert code_of(verifier, {}) == "missing"
    assert code_of(verifier, headers("")) == "missing"


def test_a_header_that_came_twice_is_refused(verifier: IdentityVerifier, keys: Keys) -> None:
    token = keys.data()

    assert code_of(verifier, headers(f"{token},{token}")) in {"malformed", "bad-signature"}


def test_headers_that_speak_of_different_people_are_refused(verifier: IdentityVerifier, keys: Keys) -> None:
    assert code_of(verifier, headers(keys.data(), **{"x-amzn-oidc-identity": "somebody-else"})) == "wrong-subject"


def test_a_token_of_a_megabyte_is_not_even_parsed(verifier: IdentityVerifier) -> None:
    assert code_of(verifier, headers("a" * 1_000_000)) == "malformed"


def test_nobody_elses_token_makes_us_fetch_a_key(verifier: IdentityVerifier, keys: Keys) -> None:
    code_of(verifier, headers(keys.data({"signer": "other"})))
    code_of(verifier, headers(keys.data({"client": "other"})))

    assert keys.asked == []


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=300) | st.lists(st.text(max_size=40), min_size=3, max_size=3).map(".".join))
def test_no_text_is_a_token_by_chance_or_breaks_the_verifier(verifier: IdentityVerifier, text: str) -> None:
    with pytest.raises(IdentityError):
        verifier.verify(headers(text))


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=st.integers(0, 4095), character=st.sampled_from("ABCxyz019-_.="))
def test_a_token_with_any_character_changed_is_refused(
    verifier: IdentityVerifier, keys: Keys, at: int, character: str
) -> None:
    token = keys.data(claims={"name": "Ada Lovelace"})
    at %= len(token.rstrip("="))
    # A signature is another one each time, so what is drawn must not depend on it.
    character = "~" if character == token[at] else character
    changed = token[:at] + character + token[at + 1 :]

    try:
        reader = verifier.verify(headers(changed))
    except IdentityError:
        return
    # The last character of a part may have bits that no byte takes: another spelling of the same signature.
    assert at > token.rindex(".")
    assert reader.subject == SUBJECT
