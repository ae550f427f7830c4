"""Uploads: who may, what the browser may store, what is understood, publishing, and attacks."""

from __future__ import annotations

import base64
import json
import re
import threading
import time

import boto3
import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fake_sign_in import ALB, ISSUER, KID, Signer
from faults import REFUSED

from paebbl_viz.errors import BadData
from paebbl_viz.publishers import may_publish
from paebbl_viz.sources.s3 import _session, aws_client
from paebbl_viz.sources.uploads import Page, Uploads

SAME = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


@pytest.fixture(scope="module")
def signer():
    made = Signer()
    yield made
    made.close()


@pytest.fixture
def stage(aws, make_app, signer, monkeypatch):
    # A test waits for the answer instead of asking again, as the page does.
    monkeypatch.setattr("paebbl_viz.checks.WAIT_SECONDS", 60.0)
    bucket = boto3.client("s3")
    bucket.create_bucket(Bucket="drop")
    app = make_app(
        upload_bucket="drop",
        upload_mb=1,
        publishers="@paebbl.example, group:Scientists",
        alb_arn=ALB,
        oidc_client="client",
        alb_keys_url=signer.url,
        oidc_issuer=ISSUER,
        oidc_keys_url=f"{signer.url}/jwks.json",
        s3_bucket="drop",
        s3_prefix="uploads/published/",
    )
    client = app.test_client()

    def post(path, body=None, token=None, **headers):
        headers = {**SAME, "x-amzn-oidc-data": token or signer.token(), **headers}
        return client.post(f"/upload{path}", json=body or {}, headers=headers)

    return app, post, bucket


def store(form, content: bytes) -> int:
    """Sends a file as a browser does; returns the status."""
    files = {"file": ("x.csv", content, "text/csv")}
    return httpx.post(form["url"], data=form["fields"], files=files, timeout=20).status_code


def drop(stage, content: bytes) -> str:
    _, post, _ = stage
    form = post("/form").get_json()
    assert store(form, content) in (200, 204)
    return form["id"]


def publish(stage, upload: str, title: str = "x.csv"):
    """Looks at a file and publishes it, as the page does."""
    _, post, _ = stage
    found = post(f"/{upload}/check", {"title": title}).get_json()
    return post(f"/{upload}/publish", {"title": title, "tag": found["tag"]})


def test_a_dropped_file_is_understood_previewed_published_and_shown(stage, signer):
    app, post, _ = stage
    upload = drop(stage, b"city,pop\nOslo,700000\nBergen,290000\n")
    found = post(f"/{upload}/check", {"title": "cities.csv"}).get_json()
    assert found["rows"] == 2
    assert [(column["name"], column["kind"]) for column in found["columns"]] == [
        ("city", "category"),
        ("pop", "number"),
    ]
    client, headers = app.test_client(), {"x-amzn-oidc-data": signer.token()}
    preview = client.get(f"/views/explore?version={found['version']}", headers=headers).text
    assert "Preview, not published" in preview
    assert f"figure.json?version={found['version']}" in preview
    assert "clean.csv" in client.get("/").text
    post(f"/{upload}/publish", {"title": "cities.csv", "tag": found["tag"]})
    app.extensions["paebbl_viz"].refresher.refresh()
    assert "2 rows" in client.get("/").text
    page = client.get("/upload", headers=headers)
    assert "ada@paebbl.example" in page.text
    assert "cities.csv" in page.text
    assert "connect-src 'self' http" in page.headers["Content-Security-Policy"]


def test_an_older_version_can_be_brought_back(stage, signer):
    app, post, _ = stage
    for content in (b"a\n1\n", b"a\n1\n2\n"):
        publish(stage, drop(stage, content), f"{len(content)}.csv")
    services = app.extensions["paebbl_viz"]
    services.refresher.refresh()
    assert services.library.current().data.rows == 2
    page = app.test_client().get("/upload", headers={"x-amzn-oidc-data": signer.token()}).text
    old = page.split('data-name="')[1].split('"')[0]
    assert post(f"/published/{old}/bring-back").status_code == 200
    services.refresher.refresh()
    assert services.library.current().data.rows == 1


def test_publishing_at_the_same_time_loses_nothing(stage):
    _, _, bucket = stage
    uploads = [drop(stage, f"a\n{number}\n".encode()) for number in range(4)]
    threads = [threading.Thread(target=publish, args=(stage, one)) for one in uploads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bucket.list_objects_v2(Bucket="drop", Prefix="uploads/published/")["Contents"]) == 4


def test_every_published_version_can_be_reached_page_by_page(stage, signer, monkeypatch):
    app, _, _ = stage
    monkeypatch.setattr("paebbl_viz.sources.uploads.LISTED", 2)
    for number in range(5):
        publish(stage, drop(stage, f"a\n{number}\n".encode()), f"{number}.csv")
    client, headers = app.test_client(), {"x-amzn-oidc-data": signer.token()}
    address, found = "/upload", []
    while address:
        page = client.get(address, headers=headers).text
        found.append(re.findall(r"<td>(\d)\.csv</td>", page))
        assert ("newest, not shown" in page) is (address == "/upload")
        assert ('href="/upload">Newest versions' in page) is (address != "/upload")
        older = re.search(r'href="(/upload\?before=[^"]+)"', page)
        address = older[1] if older else None
    assert found == [["4", "3"], ["2", "1"], ["0"]]
    assert client.get("/upload?before=../../x", headers=headers).status_code == 400


def test_a_file_that_takes_long_is_answered_at_once_and_again_until_it_is_understood(stage, monkeypatch):
    _, post, _ = stage
    monkeypatch.setattr("paebbl_viz.checks.WAIT_SECONDS", 0.1)
    go_on, running, most = threading.Event(), [], []

    def slow(path, *_args, **_more):
        running.append(path)
        most.append(len(running))
        go_on.wait(60)
        running.remove(path)
        raise BadData("It is odd.", "Use another.")

    monkeypatch.setattr("paebbl_viz.routes.upload.read_in_child", slow)
    uploads = [drop(stage, b"a\n1\n") for _ in range(2)]
    for _ in range(2):
        answers = [post(f"/{upload}/check", {"title": "x.csv"}) for upload in uploads]
        assert [answer.status_code for answer in answers] == [202, 202]
    deadline = time.monotonic() + 30
    states = set()
    while states != {"reading", "waiting"} and time.monotonic() < deadline:
        states = {post(f"/{upload}/check", {"title": "x.csv"}).get_json()["state"] for upload in uploads}
    assert states == {"reading", "waiting"}
    go_on.set()
    for upload in uploads:
        answer = post(f"/{upload}/check", {"title": "x.csv"})
        while answer.status_code == 202 and time.monotonic() < deadline:
            answer = post(f"/{upload}/check", {"title": "x.csv"})
        assert answer.get_json()["problem"] == "It is odd."
    assert most == [1, 1]


def test_only_what_was_looked_at_is_published(stage):
    _, post, bucket = stage
    form = post("/form").get_json()
    assert store(form, b"a\n1\n") in (200, 204)
    tag = post(f"/{form['id']}/check", {"title": "x.csv"}).get_json()["tag"]
    assert store(form, b"a\n666\n") in (200, 204)
    refused = post(f"/{form['id']}/publish", {"title": "x.csv", "tag": tag})
    assert (refused.status_code, refused.get_json()["error"]) == (
        400,
        "The file was replaced since it was looked at: drop it again.",
    )
    assert post(f"/{form['id']}/publish", {"title": "x.csv"}).status_code == 400
    assert "Contents" not in bucket.list_objects_v2(Bucket="drop", Prefix="uploads/published/")


def test_a_bad_file_is_explained_by_line_and_a_discarded_one_is_gone(stage):
    _, post, bucket = stage
    upload = drop(stage, b"a,b\n1,2\n1,2,3\n")
    found = post(f"/{upload}/check", {"title": "x.csv"}).get_json()
    assert (found["line"], found["problem"]) == (3, "Line 3 of 'x.csv' has 3 cells, but the header has 2.")
    post(f"/{upload}/discard")
    assert "Contents" not in bucket.list_objects_v2(Bucket="drop")
    assert "NoSuchKey" in post(f"/{upload}/check", {"title": "x.csv"}).get_json()["problem"]


@pytest.mark.parametrize("name", ["Excel", "a gzip bomb", "web page", "binary", "NUL bytes", "a million columns"])
def test_whatever_calls_itself_a_csv_is_judged_by_its_content(stage, name):
    _, post, bucket = stage
    content, problem = REFUSED[name]
    upload = post("/form").get_json()["id"]
    bucket.put_object(
        Bucket="drop", Key=f"uploads/incoming/{upload}.csv", Body=content[:900_000], ContentType="text/csv"
    )
    if name == "a million columns":
        problem = "columns, more than the limit"
    assert problem in post(f"/{upload}/check", {"title": "bad.csv"}).get_json()["problem"]


def test_the_form_allows_one_key_one_type_and_a_size(stage):
    _, post, _ = stage
    form = post("/form").get_json()
    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    assert ["content-length-range", 1, 1_000_000] in policy["conditions"]
    assert {"key": f"uploads/incoming/{form['id']}.csv"} in policy["conditions"]
    assert {"Content-Type": "text/csv"} in policy["conditions"]
    assert {"bucket": "drop"} in policy["conditions"]


@pytest.mark.parametrize("region", ["eu-west-1", "us-east-1"])
def test_the_form_names_the_host_of_the_region_and_the_page_may_talk_to_it(stage, signer, monkeypatch, region):
    """The global host sends browsers on to that of the region, to which the page's policy lets nobody talk."""
    app, _, _ = stage
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    monkeypatch.setattr(Uploads, "published", lambda *_, **_more: Page([], None, None))
    aws_client.cache_clear()
    _session.cache_clear()
    page = app.test_client().get("/upload", headers={"x-amzn-oidc-data": signer.token()})
    host = "drop.s3.eu-west-1.amazonaws.com" if region == "eu-west-1" else "drop.s3.amazonaws.com"
    assert f"connect-src 'self' https://{host};" in page.headers["Content-Security-Policy"]
    assert Uploads("drop", "uploads/", 1).form()["url"] == f"https://{host}/"
    _session.cache_clear()


def test_a_file_that_is_larger_than_allowed_is_not_read(stage):
    _, post, bucket = stage
    upload = post("/form").get_json()["id"]
    bucket.put_object(Bucket="drop", Key=f"uploads/incoming/{upload}.csv", Body=b"a\n" + b"1\n" * 600_000)
    assert "more than the limit" in post(f"/{upload}/check", {"title": "x.csv"}).get_json()["problem"]


@pytest.mark.parametrize("upload", ["..%2f..%2fsecret", "0" * 31, "Z" * 32, "%00", "published%2fx"])
def test_an_upload_is_named_by_its_id_only(stage, upload):
    _, post, _ = stage
    assert post(f"/{upload}/publish", {"title": "x.csv"}).status_code in (400, 404)
    assert post(f"/published/{upload}/bring-back").status_code in (400, 404)


@pytest.mark.parametrize("title", ["../../etc/passwd", "C:\\x\\y.csv", "<script>.csv", "ä" * 500, "a\nb.csv"])
def test_the_name_of_a_file_is_only_shown(stage, signer, title):
    app, _, bucket = stage
    assert publish(stage, drop(stage, b"a\n1\n"), title).status_code == 200
    keys = [item["Key"] for item in bucket.list_objects_v2(Bucket="drop", Prefix="uploads/published/")["Contents"]]
    assert all(key.startswith("uploads/published/2") and ".." not in key for key in keys)
    assert "<script>.csv" not in app.test_client().get("/upload", headers={"x-amzn-oidc-data": signer.token()}).text


def test_nobody_else_may_look_store_or_publish(stage, signer):
    app, post, _ = stage
    client = app.test_client()
    now = int(time.time())
    stranger = ec.generate_private_key(ec.SECP256R1())
    refused = {
        signer.token(email="eve@evil.example"): 403,
        signer.token(email="ada@paebbl.example", email_verified="false"): 403,
        signer.token(email="ada@paebbl.example.evil.example"): 403,
        signer.token(exp=now - 600): 401,
        signer.token(key=stranger): 401,
        signer.token(
            header={"signer": "arn:aws:elasticloadbalancing:us-east-1:999999999999:loadbalancer/app/evil/1"}
        ): 401,
        signer.token(header={"client": "other"}): 401,
        signer.token(header={"kid": "../../evil"}): 401,
        signer.token(header={"kid": KID.replace("1", "2")}): 401,
        # Groups are the access token's to say: the load balancer's own token knows none.
        signer.token(email="x@y.example", **{"cognito:groups": ["scientists"], "groups": ["scientists"]}): 403,
        jwt.encode(
            {"email": "ada@paebbl.example", "email_verified": True, "exp": now + 60}, "x" * 32, algorithm="HS256"
        ): 401,
        "not a token": 401,
    }
    for token, status in refused.items():
        assert client.get("/upload", headers={"x-amzn-oidc-data": token}).status_code == status
        assert post("/form", token=token).status_code == status
        assert client.get("/?version=0123456789abcdef-1", headers={"x-amzn-oidc-data": token}).status_code == status
    assert client.get("/upload").status_code == 401
    assert post("/form", **{"Sec-Fetch-Site": "cross-site"}).status_code == 400


def test_without_a_bucket_there_is_no_upload_page(client):
    assert client.get("/upload").status_code == 404
    assert "/upload" not in client.get("/").text


@pytest.mark.parametrize(
    ("publishers", "email", "groups", "may"),
    [
        ("", "a@b.c", [], False),
        ("", "", [], False),
        (",", "", [], False),
        ("@", "a@b.c", [], False),
        ("A@b.c", "a@B.c", [], True),
        ("@b.c", "a@xb.c", [], False),
        ("@b.c", "a@b.c", [], True),
        ("group:x", "a@b.c", ["X"], True),
        ("group:", "", [""], False),
    ],
)
def test_publishers_are_addresses_domains_and_groups(publishers, email, groups, may):
    assert may_publish(publishers, email, groups) is may
