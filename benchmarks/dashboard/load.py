"""Load on a server: wrk with addresses from a list, each used once where a query must never have been seen before."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

# Each thread of wrk has a part of the list of its own; at its end it starts again.
SCRIPT = """
local lines = {}
for line in io.lines("%s") do lines[#lines + 1] = line end
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
local at = nil
function request()
  if at == nil then at = id * math.floor(#lines / 2) end
  at = at %% #lines + 1
  return wrk.format("%s", lines[at], {["Accept-Encoding"] = "br, gzip", ["Content-Type"] = "application/json"}, %s)
end
function done(summary, latency)
  io.write(string.format("us: %%d %%d %%d\\n", latency:percentile(50), latency:percentile(99), latency.max))
end
"""


def run(base: str, paths: list[str], *, clients: int, seconds: int, body: str | None = None) -> dict[str, float]:
    """Requests a second, median, 99th percentile and slowest in milliseconds, and failed requests."""
    with tempfile.TemporaryDirectory() as folder:
        addresses = Path(folder) / "addresses"
        addresses.write_text("\n".join(paths))
        script = Path(folder) / "load.lua"
        sent = f"[==[{body}]==]" if body else "nil"
        script.write_text(SCRIPT % (addresses, "POST" if body else "GET", sent))
        threads = str(min(2, clients))
        command = ["wrk", "-t", threads, "-c", str(clients), "-d", f"{seconds}s", "--timeout", "60s"]
        done = subprocess.run([*command, "-s", str(script), base], capture_output=True, text=True, check=True)
    text = done.stdout
    failed = sum(
        int(count) for count in re.findall(r"(?:Non-2xx or 3xx responses: |connect |read |write |timeout )(\d+)", text)
    )
    median, slow, slowest = (
        int(number) / 1000 for number in re.search(r"^us: (\d+) (\d+) (\d+)$", text, re.MULTILINE).groups()
    )
    return {
        "requests": int(re.search(r"(\d+) requests in", text)[1]),
        "requests_per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "median_ms": median,
        "p99_ms": slow,
        "slowest_ms": slowest,
        "failed": failed,
    }
