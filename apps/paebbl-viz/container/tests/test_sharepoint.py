"""SharePoint through Microsoft Graph: sign-in without a secret, conditional downloads, and everything that fails."""

from __future__ import annotations

import boto3
import httpx
import pytest

from paebbl_viz.settings import Settings
from paebbl_viz.sources.base import SourceFailed
from paebbl_viz.sources.configured import configured_sources
from paebbl_viz.sources.entra import EntraTokens
from paebbl_viz.sources.sharepoint import SharePointFile


@pytest.fixture
def make_source(microsoft):
    def make(file="Shared Documents/clean.csv", **secrets) -> SharePointFile:
        tokens = EntraTokens("tenant", "client", login=microsoft.url, **secrets)
        return SharePointFile(
            tokens,
            site="contoso.sharepoint.com:/sites/lab",
            file=file,
            max_bytes=10_000,
            graph=f"{microsoft.url}/v1.0",
            timeout=httpx.Timeout(1),
            whole_download_seconds=1.0,
        )

    return make


def test_the_task_role_signs_in_without_any_secret(make_source, microsoft, tmp_path):
    fetched = make_source().fetch(None, tmp_path)
    assert fetched.path.read_bytes() == microsoft.content
    assert (fetched.origin.name, fetched.origin.modified) == ("clean.csv", 1767323045.0)
    assert microsoft.ways == ["federated"]
    assert microsoft.paths() == [
        "/v1.0/sites/contoso.sharepoint.com:/sites/lab:/drive/root:/Shared%20Documents/clean.csv",
        "/v1.0/sites/contoso.sharepoint.com:/sites/lab:/drive/root:/Shared%20Documents/clean.csv:/content",
        "/download",
    ]


def test_a_national_cloud_has_its_own_graph_sign_in_and_audience(microsoft):
    environ = {
        "PAEBBL_SHAREPOINT_TENANT": "tenant",
        "PAEBBL_SHAREPOINT_CLIENT_ID": "client",
        "PAEBBL_SHAREPOINT_SITE": "contoso.sharepoint.us:/sites/lab",
        "PAEBBL_SHAREPOINT_FILE": "clean.csv",
        "PAEBBL_GRAPH_URL": "https://graph.microsoft.us/v1.0",
        "PAEBBL_ENTRA_LOGIN": microsoft.url,
        "PAEBBL_ENTRA_AUDIENCE": "api://AzureADTokenExchangeUSGov",
    }
    source = configured_sources(Settings.from_env(environ))[0]
    assert isinstance(source, SharePointFile)
    microsoft.scope, microsoft.audience = "https://graph.microsoft.us/.default", "api://AzureADTokenExchangeUSGov"
    assert source.tokens.token(httpx.Client()) == "token-1"
    assert source.graph == "https://graph.microsoft.us/v1.0"


def test_the_pre_authenticated_address_gets_no_token(make_source, microsoft, tmp_path):
    make_source().fetch(None, tmp_path)
    assert "Authorization" not in dict(microsoft.requests[-1][1])


def test_an_unchanged_file_is_not_downloaded_again(make_source, microsoft, tmp_path):
    source = make_source("id:ITEM")
    tag = source.fetch(None, tmp_path).tag
    before = len(microsoft.requests)
    assert source.fetch(tag, tmp_path) is None
    assert microsoft.paths()[before:] == ["/v1.0/sites/contoso.sharepoint.com:/sites/lab:/drive/items/ITEM"]
    microsoft.content += b"3,4\n"
    assert source.fetch(tag, tmp_path).path.read_bytes() == microsoft.content


def test_a_certificate_and_then_a_secret_are_the_ways_out(make_source, microsoft, tmp_path):
    secrets = boto3.client("secretsmanager")
    secrets.create_secret(Name="certificate", SecretString=microsoft.certificate)
    secrets.create_secret(Name="secret", SecretString="the-secret")
    source = {"certificate_secret": "certificate", "client_secret": "secret"}
    microsoft.accepts = {"certificate", "secret"}
    assert make_source(**source).fetch(None, tmp_path)
    assert microsoft.ways == ["federated", "certificate"]
    microsoft.accepts = {"secret"}
    microsoft.sts_works = False
    assert make_source(**source).fetch(None, tmp_path)
    assert microsoft.ways[2:] == ["certificate", "secret"]


def test_when_no_way_works_the_reasons_are_codes_and_hold_no_secret(make_source, microsoft, tmp_path):
    boto3.client("secretsmanager").create_secret(Name="secret", SecretString="the-secret")
    microsoft.accepts, microsoft.sts_works = set(), False
    with pytest.raises(SourceFailed) as error:
        make_source(client_secret="secret", certificate_secret="not there").fetch(None, tmp_path)
    assert str(error.value) == (
        "Microsoft Entra ID gave no token (federated: AWS STS answered OutboundWebIdentityFederationDisabled; "
        "certificate: Secrets Manager answered ResourceNotFoundException; "
        "client secret: Entra ID answered AADSTS700213)"
    )


def test_a_token_that_is_refused_is_renewed_once(make_source, microsoft, tmp_path):
    source = make_source()
    source.fetch(None, tmp_path)
    microsoft.token = "token-2"
    assert source.fetch(None, tmp_path)
    assert microsoft.ways == ["federated", "federated"]


@pytest.mark.parametrize(
    ("fault", "says", "wait"),
    [
        ("401", "answered 401: the sign-in was refused", 0),
        ("403", "answered 403: the app may not read the file", 0),
        ("404", "answered 404: there is no such site or file", 0),
        ("429", "is busy (429)", 120),
        ("503", "is busy (503)", 120),
        ("500", "answered 500", 0),
        ("hang", "did not answer in time", 0),
        ("reset", "cannot be reached", 0),
        ("html", "not understood", 0),
        ("truncated", "cannot be reached", 0),
        ("short", "was cut short", 0),
        ("trickle", "took too long", 0),
        ("download-403", "answered 403", 0),
        ("download-410", "answered 410", 0),
    ],
)
def test_every_fault_is_one_sentence_without_the_secret_address(make_source, microsoft, tmp_path, fault, says, wait):
    microsoft.fault = fault
    with pytest.raises(SourceFailed) as error:
        make_source().fetch(None, tmp_path)
    assert says in str(error.value)
    assert error.value.retry_after == wait
    assert "tempauth" not in str(error.value)
    assert error.value.__cause__ is None


def test_a_file_above_the_limit_is_not_downloaded(make_source, microsoft, tmp_path):
    microsoft.content = b"a,b\n" + b"1,2\n" * 5_000
    with pytest.raises(SourceFailed, match="more than the limit"):
        make_source().fetch(None, tmp_path)
    assert "/download" not in microsoft.paths()
