"""Time until the first chart is on the screen, in a browser that has never seen the page: real Chromium, no cache."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import time
from typing import Any

import websocket

CHROMIUM = shutil.which("chromium") or "chromium"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --window-size=1280,900 --remote-debugging-port=0"
).split()
# A chart is there when a trace of it is: a path or points of SVG, or a painted canvas of WebGL.
DRAWN = """(() => {
  const svg = document.querySelector('.js-plotly-plot .trace path, .js-plotly-plot .trace .point');
  const gl = document.querySelector('.js-plotly-plot .gl-canvas');
  if (!svg && !(gl && gl.width && window.__seen)) { if (gl && gl.width) window.__seen = true; return 0; }
  return performance.now();
})()"""


class Browser:
    """A new browser with a profile of its own; `close()` ends it."""

    def __init__(self) -> None:
        self.profile = tempfile.mkdtemp(prefix="bench-")
        command = [CHROMIUM, *FLAGS, f"--user-data-dir={self.profile}", "about:blank"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        port = None
        assert self.process.stderr is not None
        while port is None:
            found = re.search(r"ws://127\.0\.0\.1:(\d+)/", self.process.stderr.readline())
            port = found and found[1]
        import urllib.request

        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
            page = next(target for target in json.load(answer) if target["type"] == "page")
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], suppress_origin=True, timeout=120)
        self.count = 0
        self.events: list[dict[str, Any]] = []
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.count:
                return message.get("result", {})
            self.events.append(message)

    def evaluate(self, code: str) -> Any:
        answer = self.call("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        return answer.get("result", {}).get("value")

    def close(self) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(timeout=30)
        shutil.rmtree(self.profile, ignore_errors=True)


def first_chart(url: str, seconds: float = 120) -> float | None:
    """Milliseconds from the start of the navigation to the first chart; None when there is none in time."""
    browser = Browser()
    try:
        browser.call("Page.navigate", url=url)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            drawn = browser.evaluate(DRAWN)
            if drawn:
                return float(drawn)
            time.sleep(0.02)
        return None
    finally:
        browser.close()
