"""A file in a SharePoint library, through Microsoft Graph.

The app registration needs `Sites.Selected` (or `Files.SelectedOperations.Selected`) and a grant on the site or file.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from paebbl_viz.sources.base import Fetched, SourceFailed
from paebbl_viz.sources.entra import EntraTokens
from paebbl_viz.sources.retry import retry_after
from paebbl_viz.store.dataset import Origin

TIMEOUT = httpx.Timeout(20, connect=5)
# A server that sends a byte now and then never runs into the timeout of a read: this is for the whole file.
WHOLE_DOWNLOAD_SECONDS = 600.0
PLAIN = {"Accept-Encoding": "identity"}
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


class SharePointFile:
    """`site` is 'contoso.sharepoint.com:/sites/lab' or a site's id; `file` is a path in its library or 'id:ITEM'.

    `drive` is the id of a library; @default - the site's first one.
    """

    kind = "sharepoint"
    label = "SharePoint"

    def __init__(
        self,
        tokens: EntraTokens,
        *,
        site: str,
        file: str,
        drive: str = "",
        max_bytes: int,
        graph: str = "https://graph.microsoft.com/v1.0",
        timeout: httpx.Timeout = TIMEOUT,
        whole_download_seconds: float = WHOLE_DOWNLOAD_SECONDS,
    ) -> None:
        self.tokens = tokens
        self.site = site
        self.file = file
        self.drive = drive
        self.max_bytes = max_bytes
        self.graph = graph
        self.timeout = timeout
        self.whole_download_seconds = whole_download_seconds
        self.key = f"sharepoint:{site}:{drive}:{file}"

    def fetch(self, tag: str | None, folder: Path) -> Fetched | None:
        with self._client() as client, self._plain_errors():
            item = self._get(client, "?$select=id,name,size,eTag,lastModifiedDateTime", tag)
            if item.status_code == 304:
                return None
            about = item.json()
            if about["eTag"] == tag:
                return None
            if about.get("size", 0) > self.max_bytes:
                raise SourceFailed(f"The file in SharePoint has {about['size'] / 1e6:,.0f} MB, more than the limit.")
            content = self._get(client, ":/content" if self._by_path else "/content", tag)
            if content.status_code == 304:
                return None
            path = folder / "sharepoint.csv"
            self._download(content, path, about.get("size"))
            modified = datetime.fromisoformat(about["lastModifiedDateTime"]).timestamp()
            return Fetched(path, Origin("sharepoint", "SharePoint", about["name"], modified), about["eTag"])

    @property
    def _by_path(self) -> bool:
        return not self.file.startswith("id:")

    @property
    def _item(self) -> str:
        site = quote(self.site, safe=":/,")
        drive = f"drives/{quote(self.drive)}" if self.drive else "drive"
        # A site that is named by its path needs a colon behind it before more can follow.
        base = f"{self.graph}/sites/{site}{':' if ':/' in self.site else ''}/{drive}"
        if self._by_path:
            return f"{base}/root:/{quote(self.file.strip('/'))}"
        return f"{base}/items/{quote(self.file.removeprefix('id:'))}"

    def _client(self) -> httpx.Client:
        return httpx.Client(timeout=self.timeout, follow_redirects=False)

    def _get(self, client: httpx.Client, rest: str, tag: str | None, *, again: bool = True) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.tokens.token(client)}"}
        if tag:
            headers["If-None-Match"] = tag
        answer = client.get(self._item + rest, headers=headers)
        if answer.status_code == 401 and again:
            self.tokens.forget()
            return self._get(client, rest, tag, again=False)
        if answer.status_code in (200, 302, 304):
            return answer
        raise _failure(answer)

    def _download(self, content: httpx.Response, path: Path, size: Any) -> None:
        """Follows to the pre-authenticated address with a client that knows no token, and forgets the address."""
        address = content.headers.get("location", "") if content.status_code == 302 else ""
        if not address:
            raise SourceFailed("SharePoint did not say where the file can be downloaded.")
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.hostname not in LOCAL_HOSTS:
            raise SourceFailed("SharePoint named an address for the download that is not encrypted.")
        deadline = time.monotonic() + self.whole_download_seconds
        written = 0
        with (
            self._client() as stranger,
            stranger.stream("GET", address, headers=PLAIN) as answer,
            path.open("wb") as file,
        ):
            if answer.status_code != 200:
                raise _failure(answer)
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise SourceFailed("SharePoint sent the file compressed, which was not asked for.")
            # As they come: gathering them into larger ones would look at the clock only once in a megabyte, and
            # unpacking them could make a gigabyte of a megabyte.
            for chunk in answer.iter_raw():
                written += len(chunk)
                if written > self.max_bytes:
                    raise SourceFailed("The file from SharePoint is larger than the limit.")
                if time.monotonic() > deadline:
                    raise SourceFailed("The download from SharePoint took too long.")
                file.write(chunk)
        if isinstance(size, int) and written != size:
            raise SourceFailed(f"The file from SharePoint was cut short ({written} of {size} bytes).")

    @contextmanager
    def _plain_errors(self) -> Any:
        """The causes are left out on purpose (`from None`): an httpx error names the pre-authenticated address."""
        try:
            yield
        except httpx.TimeoutException:
            raise SourceFailed("SharePoint did not answer in time.") from None
        except httpx.HTTPError as error:
            raise SourceFailed(f"SharePoint cannot be reached ({type(error).__name__}).") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise SourceFailed("SharePoint gave an answer that is not understood.") from None


def _failure(answer: httpx.Response) -> SourceFailed:
    status = answer.status_code
    if status in (429, 503, 509):
        return SourceFailed(f"SharePoint is busy ({status}).", retry_after=retry_after(answer.headers))
    meaning = {
        401: "the sign-in was refused",
        403: "the app may not read the file",
        404: "there is no such site or file",
    }.get(status, "unexpected")
    return SourceFailed(f"SharePoint answered {status}: {meaning}.")
