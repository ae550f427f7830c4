from __future__ import annotations

import pytest
from conftest import Keys, public_pem
from cryptography.hazmat.primitives.asymmetric import ec

from paebbl_alb_identity import IdentityError
from paebbl_alb_identity.keys import PublicKeys


def test_a_key_is_fetched_once(keys: Keys) -> None:
    known = PublicKeys(keys.url)

    assert known.get("door-key") is known.get("door-key")
    assert keys.asked == ["/door-key"]


def test_a_missing_key_is_asked_for_again(keys: Keys) -> None:
    known = PublicKeys(keys.url)
    with pytest.raises(IdentityError):
        known.get("new-key")
    keys.served["/new-key"] = keys.served["/door-key"]

    assert known.get("new-key").curve.name == "secp256r1"


def test_the_oldest_of_seventeen_keys_is_forgotten(keys: Keys) -> None:
    known = PublicKeys(keys.url)
    for number in range(17):
        keys.served[f"/key-{number}"] = keys.served["/door-key"]
        known.get(f"key-{number}")
    known.get("key-16")
    known.get("key-0")

    assert keys.asked.count("/key-0") == 2
    assert keys.asked.count("/key-16") == 1


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"down"),
        (200, b""),
        (200, b"not a key"),
        (200, b"-----BEGIN PUBLIC KEY-----\n" + b"A" * 100_000),
        (200, public_pem(ec.generate_private_key(ec.SECP384R1()))),
    ],
)
def test_an_answer_that_is_no_key_of_the_right_curve_is_refused(keys: Keys, answer: tuple[int, bytes]) -> None:
    keys.served["/door-key"] = answer

    with pytest.raises(IdentityError) as caught:
        PublicKeys(keys.url).get("door-key")
    assert caught.value.code == "no-key"


def test_a_key_does_not_come_from_where_a_redirect_points(keys: Keys) -> None:
    keys.served["/moved"] = (302, f"{keys.url}/door-key".encode())

    with pytest.raises(IdentityError):
        PublicKeys(keys.url).get("moved")
    assert keys.asked == ["/moved"]


def test_an_endpoint_that_is_down_is_told_in_words() -> None:
    with pytest.raises(IdentityError, match="cannot be fetched"):
        PublicKeys("http://127.0.0.1:9").get("door-key")
