#!/usr/bin/env python3
"""Compares the life of an app bundle in boto3 with the one in this crate.

    python3 -m venv .venv && .venv/bin/pip install boto3
    .venv/bin/python generated/tests/boto3_life.py

Both make the calls of local_appfabric/life.json against the example local_appfabric, each against a server of its own.
The transcripts have to be the same: the outputs with all members, and the codes of the errors. IDs, times and ports
differ, so they are replaced. The server verifies the signatures of boto3.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

import boto3
import botocore.config
import botocore.exceptions

TESTS = pathlib.Path(__file__).parent
CARGO = ["-p", "appfabric", "--features", "server"]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def post(url):
    """The response to a POST without a body."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)
    try:
        return opener.open(urllib.request.Request(url, method="POST"))
    except urllib.error.HTTPError as response:
        return response


def filled(value, kept):
    """The value with `$name` replaced by what was kept."""
    if isinstance(value, str) and value.startswith("$"):
        return kept[value[1:]]
    if isinstance(value, list):
        return [filled(item, kept) for item in value]
    if isinstance(value, dict):
        return {name: filled(item, kept) for name, item in value.items()}
    return value


def at(value, path):
    for name in path.split("."):
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


def walk(url):
    """The transcript of boto3."""
    client = boto3.client(
        "appfabric",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="AKID",
        aws_secret_access_key="secret",
        config=botocore.config.Config(retries={"total_max_attempts": 1}),
    )
    kept, transcript = {}, []
    for step in json.loads((TESTS / "local_appfabric/life.json").read_text()):
        if "advance" in step:
            post(f"{url}/_local/clock?advance={step['advance']}")
        elif "approve" in step:
            location = post(filled(step["approve"], kept)).headers["location"]
            kept[step["keep"]] = re.search("code=([^&]+)", location)[1]
        else:
            method = re.sub("(?<!^)(?=[A-Z])", "_", step["call"]).lower()
            try:
                outcome = getattr(client, method)(**filled(step["input"], kept))
                del outcome["ResponseMetadata"]
            except botocore.exceptions.ClientError as error:
                outcome = error.response["Error"]["Code"]
            for name, path in step.get("keep", {}).items():
                kept[name] = at(outcome, path)
            transcript.append([step["call"], outcome])
    return transcript


def comparable(transcript):
    """The transcript with IDs in the order of their appearance, and without times and ports."""
    text = json.dumps(transcript, sort_keys=True, default=datetime.datetime.isoformat)
    ids = {}
    text = re.sub(
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        lambda match: ids.setdefault(match[0], f"id-{len(ids)}"),
        text,
    )
    text = re.sub(r'"\d{4}-\d\d-\d\dT[^"]*"', '"time"', text)
    return json.loads(re.sub(r"127\.0\.0\.1(:|%3A)\d+", "server", text))


def of_this_crate():
    """The transcript of the Rust test."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "transcript.json"
        test = ["cargo", "test", "--quiet", *CARGO, "--test", "local_appfabric", "life::"]
        subprocess.run(test, check=True, env=os.environ | {"LIFE_TRANSCRIPT": str(path)})
        return json.loads(path.read_text())


def of_boto3():
    run = ["cargo", "run", "--quiet", *CARGO, "--example", "local_appfabric", "--", "--listen", "127.0.0.1:0"]
    run += ["--verify-signatures", "AKID:secret"]
    server = subprocess.Popen(run, stdout=subprocess.PIPE, text=True)
    try:
        return walk(server.stdout.readline().split()[-1])
    finally:
        server.terminate()
        server.wait()


def main():
    os.environ["NO_PROXY"] = "127.0.0.1"
    ours, theirs = comparable(of_this_crate()), comparable(of_boto3())
    differences = 0
    for index, (our, their) in enumerate(zip(ours, theirs, strict=True)):
        if our != their:
            differences += 1
            print(f"call {index}:\n  this crate: {json.dumps(our)}\n  boto3:      {json.dumps(their)}")
    print(f"{len(ours)} calls, {differences} differ")
    sys.exit(differences > 0)


main()
