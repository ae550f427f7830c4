"""A local server that fails as Athena documents it (AWS JSON 1.1); what works is tested against moto."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

STATES = {
    "query failed": {
        "State": "FAILED",
        "StateChangeReason": "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.lab.s3cret' does not exist",
        "AthenaError": {"ErrorCategory": 2, "ErrorType": 1301, "Retryable": False},
    },
    "may not read": {
        "State": "FAILED",
        "StateChangeReason": "User: arn:aws:sts::111122223333:assumed-role/s3cret is not authorized",
        "AthenaError": {"ErrorCategory": 2, "ErrorType": 1306, "Retryable": False},
    },
    "scan limit": {"State": "CANCELLED", "StateChangeReason": "Bytes scanned limit was exceeded"},
    "never ends": {"State": "RUNNING"},
    "no location": {"State": "SUCCEEDED"},
    "answer gone": {"State": "SUCCEEDED"},
}
ERRORS = {
    "throttled": (400, "ThrottlingException"),
    "no workgroup": (400, "InvalidRequestException"),
    "access denied": (400, "AccessDeniedException"),
    "500": (500, "InternalServerException"),
}


class FakeAthena:
    """Answers every query with `fault`, one of `faults.ATHENA`; `stopped` are the queries that were stopped,
    `started` the contexts of those that were started."""

    def __init__(self) -> None:
        self.fault = "query failed"
        self.stopped: list[str] = []
        self.started: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_args: object) -> None:
                return

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer._answer(self, self.headers["X-Amz-Target"].split(".")[1], body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler, action: str, body: dict[str, Any]) -> None:
        if self.fault == "reset":
            handler.connection.close()
        elif self.fault == "html":
            _send(handler, 200, b"<html>Sign in</html>")
        elif self.fault in ERRORS:
            status, code = ERRORS[self.fault]
            _send(handler, status, json.dumps({"__type": code, "Message": "account 111122223333"}).encode())
        elif action == "StartQueryExecution":
            self.started.append(body.get("QueryExecutionContext", {}))
            _send(handler, 200, b'{"QueryExecutionId": "query-1"}')
        elif action == "StopQueryExecution":
            self.stopped.append(body["QueryExecutionId"])
            _send(handler, 200, b"{}")
        elif action == "GetQueryResults":
            rows = [{"Data": [{"VarCharValue": cell} for cell in row]} for row in (["row_count", "newest"], ["5", "x"])]
            _send(handler, 200, json.dumps({"ResultSet": {"Rows": rows}}).encode())
        else:
            where = {"OutputLocation": "s3://data/answers/gone.csv"} if self.fault == "answer gone" else {}
            found = {"QueryExecutionId": "query-1", "Status": STATES[self.fault], "ResultConfiguration": where}
            _send(handler, 200, json.dumps({"QueryExecution": found}).encode())


def _send(handler: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/x-amz-json-1.1")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
