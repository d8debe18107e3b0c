#!/usr/bin/env python3
"""Compares on the wire what botocore sends with what this crate sends, signatures included.

    python3 -m venv .venv && .venv/bin/pip install botocore
    .venv/bin/python generated/tests/botocore_wire.py

Every operation is called with the full and the minimal input of wire/inputs.json, by botocore and by the Rust tests
in wire/, which build the same inputs by hand. Both call a server on loopback that records requests, with the same
credentials, idempotency tokens and time. A line per operation tells whether method, path, query and body are the
same, and whether the signatures are; where the signed headers differ, botocore's signer has to reproduce the
signature from the headers that this crate signed.
"""

import datetime
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import unittest.mock
import uuid

import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.credentials
import botocore.session

TESTS = pathlib.Path(__file__).parent
TOKEN = uuid.UUID("00010203-0405-4607-8809-0a0b0c0d0e0f")
NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
CREDENTIALS = ("AKIDEXAMPLE", "secret", "session")


class Recorder(http.server.BaseHTTPRequestHandler):
    """Keeps each request under its `x-case` header, and answers with an empty object."""

    protocol_version = "HTTP/1.1"
    seen = {}

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        Recorder.seen.setdefault(self.headers["x-case"], []).append((self.command, self.path, self.headers, body))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_DELETE = do_GET = do_PATCH = do_POST = do_PUT = handle_request

    def log_message(self, *_):
        pass


def main():
    inputs = json.loads((TESTS / "wire" / "inputs.json").read_text("utf-8"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    theirs = record(lambda: send_all(url, inputs))
    ours = record(lambda: send_ours(url))
    failed = 0
    for operation, cases in inputs.items():
        results = {case: compare(theirs, ours, f"{operation}/{case}", url) for case in cases}
        failed += any(result not in ("same", "reproduced") for result in results.values())
        print(f"{operation:32}", ", ".join(f"{case}: {result}" for case, result in results.items()))
    print(f"{len(inputs) - failed} operations are the same, {failed} are not")
    if failed or set(ours) != set(theirs):
        sys.exit(1)


def record(send):
    Recorder.seen = {}
    send()
    return Recorder.seen


def send_all(url, inputs):
    """Sends every input with botocore."""
    client = botocore.session.get_session().create_client(
        "appfabric",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id=CREDENTIALS[0],
        aws_secret_access_key=CREDENTIALS[1],
        aws_session_token=CREDENTIALS[2],
        config=botocore.config.Config(retries={"total_max_attempts": 1}),
    )
    case = ""
    # After signing, so that it is no part of the signature.
    def name(request, **_):
        request.headers["x-case"] = case

    client.meta.events.register("before-send.appfabric", name)
    for operation, cases in inputs.items():
        for which, given in cases.items():
            case = f"{operation}/{which}"
            with frozen():
                getattr(client, botocore.xform_name(operation))(**given)


def send_ours(url):
    command = [os.environ.get("CARGO", "cargo"), "test", "--quiet", "-p", "appfabric", "--test", "wire"]
    subprocess.run(command, check=True, env={**os.environ, "WIRE_SERVER": url}, cwd=TESTS, stdout=subprocess.DEVNULL)


def frozen():
    stack = unittest.mock.patch.multiple("botocore.auth", get_current_datetime=now)
    stack.additional_patchers.append(unittest.mock.patch("uuid.uuid4", return_value=TOKEN))
    return stack


def now(remove_tzinfo=True):
    return NOW.replace(tzinfo=None) if remove_tzinfo else NOW


def compare(theirs, ours, case, url):
    """What is the same of a request; the first thing that is not."""
    if len(theirs.get(case, [])) != 1 or len(ours.get(case, [])) != 1:
        return "NOT SENT ONCE"
    (method, target, headers, body), (our_method, our_target, our_headers, our_body) = theirs[case][0], ours[case][0]
    if method != our_method:
        return f"METHOD {our_method}, not {method}"
    if target != our_target:
        return f"TARGET {our_target}, not {target}"
    if document(body) != document(our_body):
        return f"BODY {our_body}, not {body}"
    signed, our_signed = signature(headers), signature(our_headers)
    if body == our_body and signed["SignedHeaders"] == our_signed["SignedHeaders"]:
        return "same" if signed == our_signed else "SIGNATURE DIFFERS"
    again = reproduce(our_method, url + our_target, our_headers, our_body, our_signed["SignedHeaders"])
    return "reproduced" if again == our_signed else f"SIGNATURE {our_signed}, not {again}"


def document(body):
    return json.loads(body) if body else None


def signature(headers):
    """The parts of the `Authorization` header."""
    return dict(re.findall(r"(\w+)=([^,\s]+)", headers["authorization"]))


def reproduce(method, url, headers, body, names):
    """What botocore's signer makes of the headers that this crate signed."""
    signed = {name: headers[name] for name in names.split(";") if name not in ("host", "x-amz-date", "x-amz-security-token")}
    request = botocore.awsrequest.AWSRequest(method, url, headers=signed, data=body)
    credentials = botocore.credentials.Credentials(*CREDENTIALS)
    with frozen():
        botocore.auth.SigV4Auth(credentials, "appfabric", "us-east-1").add_auth(request)
    return signature(request.headers)


if __name__ == "__main__":
    main()
