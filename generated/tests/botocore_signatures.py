#!/usr/bin/env python3
"""Compares signatures of this crate with botocore's, for random requests.

    python3 -m venv .venv && .venv/bin/pip install botocore
    .venv/bin/python generated/tests/botocore_signatures.py [COUNT [SEED]]

Requests have odd paths, queries, headers and keys, signatures in headers and in the query, session tokens, unsigned
payloads, and each way of writing the path. Both sign with the same time and keys, and the whole `Authorization` header,
or the whole query of a presigned request, has to be the same. The default is 2,000 requests; 10,000 take a few seconds
more than the build.

botocore differs from RFC 3986 or from the AWS SDKs in a few places, where requests are left out or adapted:

- A path that ends with `.` or `..` ends with a slash after normalization by RFC 3986, section 5.2.4; not so in botocore.
- botocore takes a query as it is. Queries here are encoded as this crate and botocore encode them.
- botocore takes all of Unicode's white space in a header's value for a space; the AWS SDKs for C and Java only ASCII's.
"""

import datetime
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest.mock
import urllib.parse

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.utils

ROOT = pathlib.Path(__file__).parent.parent.parent
LETTERS = "abcXYZ019-._~"
ODD = " !\"#$%&'()*+,/:;<=>?@[\\]^`{|}é€ሴ😀"
HEADERS = ["x-amz-meta-a", "X-Amz-Meta-B", "x-empty", "Content-Type", "Content-Length", "Range", "X-Custom", "User-Agent",
           "X-Amzn-Trace-Id", "Expect", "x_under.score", "If-Match", "X-Amz-Target", "Host"]
# Without the white space that only Unicode has.
VALUES = ["", " ", "\t", "a", "a  b", " a\tb ", "\t\ta \t b", "a,b", '"q  q"', "é€", "=?utf-8?q?x?=", "a=b; c", "ÿ😀"]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20150830
    chance = random.Random(seed)
    cases = [random_case(chance) for _ in range(count)]
    different = 0
    for case, ours in zip(cases, sign_ours(cases), strict=True):
        theirs = sign_theirs(case)
        if not same(ours.get("signed", ""), theirs):
            different += 1
            if different <= 10:
                print(json.dumps(case), f"botocore: {theirs}", f"ours:     {ours}", sep="\n", file=sys.stderr)
    print(f"{count - different} of {count} requests have botocore's signature (seed {seed})")
    sys.exit(1 if different else 0)


def same(ours, theirs):
    """The parameters of a query may come in any order."""
    return ours == theirs or "X-Amz-Expires" in ours and sorted(ours.split("&")) == sorted(theirs.split("&"))


def random_case(chance):
    presigned = chance.random() < 0.3
    # The ways of writing the path: most services', Amazon S3's, and one switched off each.
    double_encoding, normalize_path = chance.choice([(True, True)] * 3 + [(False, False), (True, False), (False, True)])
    scheme = chance.choice(["https", "https", "http"])
    port = chance.choice(["", "", ":443", ":80", ":8080"])
    query = "&".join(query_pair(chance, presigned, number) for number in range(chance.choice([0, 0, 1, 2, 5])))
    return {
        "method": chance.choice(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"]),
        "url": f"{scheme}://{chance.choice(['example.amazonaws.com', 'localhost', '127.0.0.1'])}{port}{path(chance)}"
        + ("?" + query if query else ""),
        "headers": headers(chance),
        # botocore moves the body of a presigned request into its query.
        "body": "" if presigned else chance.choice(["", "{}", text(chance, 40), "é" * 100]),
        # botocore signs all that is sent without TLS, and so does the client before its signer.
        "unsigned_payload": not presigned and scheme == "https" and chance.random() < 0.2,
        "expires": chance.choice([1, 60, 3600, 604800]) if presigned else None,
        "double_encoding": double_encoding,
        "normalize_path": normalize_path,
        "time": chance.choice([0, 951782400, 1440938160, 1767323045, chance.randrange(4102444800)]),
        "access_key": "AKID" + text(chance, 12, LETTERS),
        "secret_key": text(chance, chance.choice([1, 40, 59, 60, 61, 200])),
        "token": chance.choice([None, None, text(chance, 40, LETTERS + "/+=")]),
        "region": chance.choice(["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1"]),
        "service": chance.choice(["appfabric", "execute-api", "s3", "service"]),
    }


def text(chance, most, letters=LETTERS + ODD):
    return "".join(chance.choice(letters) for _ in range(chance.randint(1, most)))


def path(chance):
    segments = [chance.choice(["", "", ".", "..", "...", ".a", "a", "*", urllib.parse.quote(text(chance, 8), safe=""),
                               urllib.parse.quote(text(chance, 8), safe="!$&'()*+,;=:@"), "a%2F..%2Fb"])
                for _ in range(chance.randint(0, 5))]
    while segments and segments[-1] in (".", ".."):
        segments.pop()
    return "/" + "/".join(segments)


def query_pair(chance, presigned, number):
    # botocore's signer of presigned requests keeps one value of a name.
    name = chance.choice(["a", "a", "A", "é", "", "x y"] + [text(chance, 6)]) + (str(number) if presigned else "")
    return f"{quote(name)}={quote(chance.choice(['', '', 'v', text(chance, 8)]))}"


def quote(value):
    return urllib.parse.quote(value, safe="-._~")


def headers(chance):
    names = [name for name in HEADERS if chance.random() < 0.2]
    pairs = []
    for name in names:
        once = name in ("Host", "Content-Length")
        for _ in range(1 if once else chance.choice([1, 1, 1, 2, 3])):
            value = "example.com" if name == "Host" else "7" if once else chance.choice(VALUES + [header_text(chance)])
            pairs.append((name, value))
    return pairs


def header_text(chance):
    return text(chance, 20, LETTERS + ODD + "\t  ")


class Auth(botocore.auth.SigV4Auth):
    """botocore's signer, with each way of writing the path. Amazon S3's is in a class that signs its payload in a way of
    its own."""

    case = None

    def _normalize_url_path(self, path):
        if self.case["normalize_path"]:
            path = botocore.utils.normalize_url_path(path)
        return urllib.parse.quote(path, safe="/~") if self.case["double_encoding"] else path


class QueryAuth(Auth, botocore.auth.SigV4QueryAuth):
    pass


def sign_theirs(case):
    """The `Authorization` header, or the query of a presigned request, by botocore."""
    request = botocore.awsrequest.AWSRequest(case["method"], case["url"], data=case["body"].encode())
    for name, value in case["headers"]:
        request.headers.add_header(name, value)
    request.context["payload_signing_enabled"] = not case["unsigned_payload"]
    credentials = botocore.credentials.Credentials(case["access_key"], case["secret_key"], case["token"])
    if case["expires"] is None:
        signer = Auth(credentials, case["service"], case["region"])
    else:
        signer = QueryAuth(credentials, case["service"], case["region"], expires=case["expires"])
    signer.case = case
    time = datetime.datetime.fromtimestamp(case["time"], datetime.timezone.utc).replace(tzinfo=None)
    with unittest.mock.patch("botocore.auth.get_current_datetime", return_value=time):
        signer.add_auth(request)
    if case["expires"] is None:
        return request.headers["Authorization"]
    return urllib.parse.urlsplit(request.url).query


def sign_ours(cases):
    """The same by this crate, whose test `sign_for_the_script` reads cases from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "cases.json"
        path.write_text("".join(json.dumps(case) + "\n" for case in cases), "utf-8")
        cargo = os.environ.get("CARGO", "cargo")
        command = [cargo, "test", "--quiet", "-p", "smithy-rt", "--lib", "--", "--ignored", "sign_for_the_script"]
        environment = {**os.environ, "SIGNATURE_CASES": str(path)}
        subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
        lines = path.with_suffix(".signed").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
