from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ARN, CLIENT, ISSUER, Keys
from flask import Flask


def test_the_sample_of_the_readme_works(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALB_IDENTITY_LOAD_BALANCER_ARN", ARN)
    monkeypatch.setenv("ALB_IDENTITY_CLIENT_ID", CLIENT)
    monkeypatch.setenv("ALB_IDENTITY_ISSUER", ISSUER)
    monkeypatch.setenv("ALB_IDENTITY_KEY_ENDPOINT", keys.url)
    monkeypatch.setenv("ALB_IDENTITY_JWKS_URI", f"{keys.url}/jwks.json")
    readme = (Path(__file__).parent.parent / "README.md").read_text()
    (sample,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    app = Flask(__name__)

    exec(sample, {"app": app})

    headers = {"X-Amzn-Oidc-Data": keys.data(), "X-Amzn-Oidc-Accesstoken": keys.access_token()}
    client = app.test_client()
    assert client.get("/", headers=headers).text == "Hello ada@example.com"
    assert client.get("/costs", headers=headers).status_code == 403
    assert client.get("/").status_code == 401
