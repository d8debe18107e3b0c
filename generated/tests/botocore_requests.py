#!/usr/bin/env python3
"""Asks botocore, which has AppFabric's model of its own, what it sends and what it reads.

    python3 -m venv .venv && .venv/bin/pip install botocore
    .venv/bin/python generated/tests/botocore_requests.py            # writes wire/botocore.json
    .venv/bin/python generated/tests/botocore_requests.py --check    # exit status 1 if that would change it

botocore gets the inputs of wire/inputs.json and the answers of wire/responses.json; what it sent and what it read
becomes wire/botocore.json, which the Rust tests in wire/ compare with what this crate sends and reads. It is run as
its users run it: inputs are validated, idempotency tokens filled in (from the fixed UUID below), URLs built by
endpoint rules. Only signing and the network are left out.
"""

import datetime
import json
import pathlib
import sys
import unittest.mock
import uuid
import zlib

import botocore.config
import botocore.exceptions
import botocore.session
from botocore.awsrequest import AWSResponse

WIRE = pathlib.Path(__file__).parent / "wire"
TOKEN = uuid.UUID("00010203-0405-4607-8809-0a0b0c0d0e0f")
# What the transport adds, not the operation.
TRANSPORT = {"user-agent", "content-length", "amz-sdk-invocation-id", "amz-sdk-request", "x-amzn-trace-id"}


def main():
    questions = {name: (WIRE / name).read_bytes() for name in ["inputs.json", "responses.json"]}
    inputs, responses = (json.loads(text) for text in questions.values())
    # By these checksums the Rust tests see that the answers are to the questions as they are now.
    answers = {"crc32": {name: zlib.crc32(text) for name, text in questions.items()}, "operations": {}}
    for operation, cases in inputs.items():
        answers["operations"][operation] = {
            "requests": {name: request(operation, given) for name, given in cases.items()},
            "outputs": {
                name: output(operation, cases["minimal"], given) for name, given in responses[operation].items()
            },
        }
    text = lay_out(answers) + "\n"
    path = WIRE / "botocore.json"
    if "--check" in sys.argv[1:]:
        if not path.exists() or path.read_text("utf-8") != text:
            sys.exit(f"{path} is not what botocore {botocore.__version__} says; run this without --check")
        return
    path.write_text(text, "utf-8")


def request(operation, given):
    """What botocore sends for an input."""
    sent, _ = call(operation, given, {"status": 200, "headers": {}, "body": {}})
    headers = {name.lower(): text(value) for name, value in sent.headers.items()}
    return {
        "method": sent.method,
        "url": sent.url,
        "headers": {name: value for name, value in sorted(headers.items()) if name not in TRANSPORT},
        "body": json.loads(sent.body) if sent.body else None,
    }


def output(operation, given, response):
    """What botocore reads from a response."""
    _, read = call(operation, given, response)
    meta = read.pop("ResponseMetadata")
    assert meta["HTTPStatusCode"] == response["status"], (operation, meta)
    if "Error" not in read:
        return {"members": plain(read)}
    error = read.pop("Error")
    return {
        "code": error["Code"],
        "message": error["Message"],
        "request_id": meta["RequestId"],
        "members": plain(read),
    }


def call(operation, given, response):
    """Calls an operation with the network replaced; returns what was sent and what came back."""
    client = botocore.session.get_session().create_client(
        "appfabric",
        region_name="us-east-1",
        config=botocore.config.Config(signature_version=botocore.UNSIGNED, retries={"total_max_attempts": 1}),
    )
    sent = []

    def answer(request, **_):
        sent.append(request)
        body = b"" if response["body"] is None else json.dumps(response["body"]).encode()
        return AWSResponse(request.url, response["status"], response["headers"], Raw(body))

    client.meta.events.register("before-send.appfabric", answer)
    method = getattr(client, botocore.xform_name(operation))
    with unittest.mock.patch("uuid.uuid4", return_value=TOKEN):
        try:
            read = method(**given)
        except botocore.exceptions.ClientError as error:
            read = error.response
    (request,) = sent
    return request, read


class Raw:
    """The part of urllib3's response that botocore reads."""

    def __init__(self, body):
        self.body = body

    def stream(self, **_):
        yield self.body


def plain(value):
    """JSON of what botocore read; times in UTC with as many digits as they have."""
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        utc = value.astimezone(datetime.timezone.utc)
        fraction = f".{utc.microsecond:06}".rstrip("0") if utc.microsecond else ""
        return f"{utc:%Y-%m-%dT%H:%M:%S}{fraction}Z"
    return value


def lay_out(value, indent=0, before=0):
    """JSON in which whatever fits into a line of 110 stays on one."""
    line = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, (dict, list)) or (indent > 6 and before + len(line) < 110):
        return line
    inner = "\n" + " " * (indent + 2)
    if isinstance(value, list):
        opening, closing, items = "[", "]", [lay_out(item, indent + 2, indent + 2) for item in value]
    else:
        names = [json.dumps(name) + ": " for name in value]
        opening, closing = "{", "}"
        items = [
            name + lay_out(item, indent + 2, indent + 2 + len(name)) for name, item in zip(names, value.values())
        ]
    return opening + inner + ("," + inner).join(items) + "\n" + " " * indent + closing


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    main()
