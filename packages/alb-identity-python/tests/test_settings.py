from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ARN, CLIENT, ISSUER

from paebbl_alb_identity import Settings

ENVIRONMENT = {
    "ALB_IDENTITY_LOAD_BALANCER_ARN": ARN,
    "ALB_IDENTITY_CLIENT_ID": CLIENT,
    "ALB_IDENTITY_ISSUER": ISSUER,
}


@pytest.mark.parametrize(
    ("arn", "endpoint"),
    [
        (ARN, "https://public-keys.auth.elb.eu-west-1.amazonaws.com"),
        (
            ARN.replace("arn:aws:", "arn:aws-cn:").replace("eu-west-1", "cn-north-1"),
            "https://public-keys.auth.elb.cn-north-1.amazonaws.com.cn",
        ),
        (
            ARN.replace("arn:aws:", "arn:aws-us-gov:").replace("eu-west-1", "us-gov-west-1"),
            "https://s3-us-gov-west-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-west-1",
        ),
    ],
)
def test_keys_come_from_the_region_of_the_load_balancer(arn: str, endpoint: str) -> None:
    assert Settings(arn, CLIENT, ISSUER).key_endpoint == endpoint


def test_keys_of_the_user_pool_come_from_below_the_issuer() -> None:
    assert Settings(ARN, CLIENT, ISSUER).jwks_uri == f"{ISSUER}/.well-known/jwks.json"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"load_balancer_arn": "door"}, "'load_balancer_arn' must be the ARN of a load balancer, got: door"),
        ({"load_balancer_arn": ARN + "\nx"}, "'load_balancer_arn' must be"),
        ({"client_id": ""}, "'client_id' must be"),
        ({"issuer": "http://id.example.com"}, "'issuer' must be an HTTPS URL"),
        ({"key_endpoint": "http://keys.example.com"}, "'key_endpoint' must be an HTTPS URL"),
        ({"key_endpoint": "http://localhost.example.com"}, "'key_endpoint' must be an HTTPS URL"),
        ({"jwks_uri": "file:///etc/keys"}, "'jwks_uri' must be an HTTPS URL"),
        ({"leeway_seconds": -1}, "'leeway_seconds' must be from 0 to 300, got: -1"),
        ({"leeway_seconds": 3600}, "'leeway_seconds' must be from 0 to 300"),
    ],
)
def test_settings_that_would_believe_the_wrong_ones_are_refused(changes: dict, message: str) -> None:
    values = {"load_balancer_arn": ARN, "client_id": CLIENT, "issuer": ISSUER} | changes
    with pytest.raises(ValueError, match=re.escape(message)):
        Settings(**values)


def test_settings_are_read_from_the_environment() -> None:
    settings = Settings.from_environment({**ENVIRONMENT, "ALB_IDENTITY_KEY_ENDPOINT": "http://localhost:1234/keys/"})

    assert settings.load_balancer_arn == ARN
    assert settings.key_endpoint == "http://localhost:1234/keys"


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_a_variable_that_is_not_set_is_named(name: str) -> None:
    with pytest.raises(ValueError, match=f"'{name}' must be set"):
        Settings.from_environment({**ENVIRONMENT, name: ""})


def test_every_variable_is_in_the_readme() -> None:
    root = Path(__file__).parent.parent
    names = set(re.findall(r"ALB_IDENTITY_[A-Z_]+", (root / "paebbl_alb_identity" / "settings.py").read_text()))

    assert len(names) == 5
    readme = (root / "README.md").read_text()
    assert [name for name in sorted(names) if f"`{name}`" not in readme] == []


def test_every_code_of_an_error_is_in_the_readme() -> None:
    root = Path(__file__).parent.parent
    codes = re.findall(r'^    "([a-z-]+)",$', (root / "paebbl_alb_identity" / "errors.py").read_text(), re.MULTILINE)

    assert len(codes) == 11
    readme = (root / "README.md").read_text()
    assert [code for code in codes if f"`{code}`" not in readme] == []
