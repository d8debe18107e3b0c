#!/usr/bin/env python3
"""Compares on the wire what botocore sends and reads with what this crate sends and reads.

    python3 -m venv .venv && .venv/bin/pip install botocore
    .venv/bin/python generated/tests/botocore_wire.py

Every operation is called with the inputs of wire/*.json, by botocore and by the Rust tests in wire/. Both call a
server on loopback that records requests, with the same credentials, idempotency tokens and time. botocore's request
has to be the one in the file and the one that this crate sent, and so has its signature; where the signed headers
differ, botocore's signer has to reproduce the signature from the headers that this crate signed. Then botocore reads
the responses in the files, and has to read the outputs in them.

botocore has a model of its own, which can be older than this one. What it does not know is reported and left out: an
operation, the cases of an operation with an unknown input member, and unknown members of outputs.
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
import botocore.exceptions
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
    files = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((TESTS / "wire").glob("*.json"))}
    errors = files.pop("errors")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    unknown = []
    theirs = record(lambda: send_all(url, files, unknown))
    ours = record(lambda: send_ours(url))
    failed = 0
    for operation, file in files.items():
        results = {}
        for case, golden in file["requests"].items():
            key = f"{operation}/{case}"
            results[case] = "unknown to botocore" if key in unknown else compare(theirs, ours, key, golden, url)
        if operation not in unknown:
            results |= {f"{case} response": read(operation, golden, unknown) for case, golden in file["responses"].items()}
        failed += any(result not in ("same", "reproduced", "unknown to botocore") for result in results.values())
        print(f"{operation:32}", ", ".join(f"{case}: {result}" for case, result in results.items()))
    for name, golden in errors.items():
        result = read_error(name, golden)
        failed += result != "same"
        print(f"{name:32}", result)
    for what in sorted(set(unknown)):
        print(f"unknown to botocore {botocore.__version__}: {what}")
    print(f"{len(files) + len(errors) - failed} operations and errors are the same, {failed} are not")
    if failed or set(ours) - set(unknown) != set(theirs):
        sys.exit(1)


def record(send):
    Recorder.seen = {}
    send()
    return Recorder.seen


def client(url, **config):
    return botocore.session.get_session().create_client(
        "appfabric",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id=CREDENTIALS[0],
        aws_secret_access_key=CREDENTIALS[1],
        aws_session_token=CREDENTIALS[2],
        config=botocore.config.Config(retries={"total_max_attempts": 1}, **config),
    )


def send_all(url, files, unknown):
    """Sends every input with botocore. Adds what botocore does not know to `unknown`."""
    peer = client(url)
    case = ""

    # After signing, so that it is no part of the signature.
    def name(request, **_):
        request.headers["x-case"] = case

    peer.meta.events.register("before-send.appfabric", name)
    for operation, file in files.items():
        for which, golden in file["requests"].items():
            case = f"{operation}/{which}"
            method = getattr(peer, botocore.xform_name(operation), None)
            if method is None:
                unknown.extend([operation, case])
                continue
            with frozen():
                try:
                    method(**golden["input"])
                except botocore.exceptions.ParamValidationError as error:
                    if "Unknown parameter" not in str(error):
                        raise
                    unknown.append(case)


def read(operation, golden, unknown):
    """What botocore reads from a response, compared with the output."""
    known = client("https://localhost").meta.service_model.operation_model(operation).output_shape
    expected = without_unknown(golden.get("output", golden["body"]) or {}, known, operation, unknown)
    got = answer(operation, golden)
    got.pop("ResponseMetadata")
    return "same" if plain(got) == expected else f"OUTPUT {plain(got)}, not {expected}"


def read_error(name, golden):
    """What botocore reads from an error, compared with the response."""
    got = answer("ListAppBundles", golden)
    meta, error = got["ResponseMetadata"], got["Error"]
    facts = (error["Code"], error["Message"], meta["RequestId"], meta["HTTPStatusCode"])
    expected = (name, golden["body"]["message"], golden["headers"]["x-amzn-requestid"], golden["status"])
    return "same" if facts == expected else f"ERROR {facts}, not {expected}"


def answer(operation, golden):
    """Calls an operation with botocore, which gets the response of a golden file."""
    peer = client("https://localhost", parameter_validation=False)
    body = b"" if golden["body"] is None else json.dumps(golden["body"]).encode()

    def respond(request, **_):
        return botocore.awsrequest.AWSResponse(request.url, golden["status"], golden["headers"], Raw(body))

    peer.meta.events.register("before-send.appfabric", respond)
    inputs = json.loads((TESTS / "wire" / f"{operation}.json").read_text("utf-8"))["requests"]["minimal"]["input"]
    try:
        return getattr(peer, botocore.xform_name(operation))(**inputs)
    except botocore.exceptions.ClientError as error:
        return error.response


class Raw:
    """The part of urllib3's response that botocore reads."""

    def __init__(self, body):
        self.body = body

    def stream(self, **_):
        yield self.body


def without_unknown(value, shape, path, unknown):
    """A value without the members that botocore's shape lacks."""
    if shape is None:
        return value
    if shape.type_name == "structure":
        names = {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()}
        unknown.extend(f"{path}.{name}" for name in value if name not in names and name not in shape.members)
        pairs = [(names.get(name) or (name, shape.members.get(name)), inner) for name, inner in value.items()]
        return {
            name: without_unknown(inner, member, f"{path}.{name}", unknown)
            for (name, member), inner in pairs
            if member is not None
        }
    if shape.type_name == "list":
        return [without_unknown(item, shape.member, path, unknown) for item in value]
    return value


def plain(value):
    """JSON of what botocore read, with times as the files have them."""
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        utc = value.astimezone(datetime.timezone.utc)
        return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03}Z"
    return value


def send_ours(url):
    command = [os.environ.get("CARGO", "cargo"), "test", "--quiet", "-p", "appfabric", "--test", "wire"]
    subprocess.run(command, check=True, env={**os.environ, "WIRE_SERVER": url}, cwd=TESTS, stdout=subprocess.DEVNULL)


def frozen():
    stack = unittest.mock.patch.multiple("botocore.auth", get_current_datetime=now)
    stack.additional_patchers.append(unittest.mock.patch("uuid.uuid4", return_value=TOKEN))
    return stack


def now(remove_tzinfo=True):
    return NOW.replace(tzinfo=None) if remove_tzinfo else NOW


def compare(theirs, ours, case, golden, url):
    """What is the same of a request, or the first thing that is not."""
    if len(theirs.get(case, [])) != 1 or len(ours.get(case, [])) != 1:
        return "NOT SENT ONCE"
    (method, target, headers, body), (our_method, our_target, our_headers, our_body) = theirs[case][0], ours[case][0]
    path, _, query = target.partition("?")
    facts = (method, path, sorted(query.split("&")) if query else [], document(body))
    expected = (golden["method"], golden["path"], golden["query"], golden["body"])
    if facts != expected:
        return f"BOTOCORE SENDS {facts}, not {expected}"
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
