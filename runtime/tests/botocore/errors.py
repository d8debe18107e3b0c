#!/usr/bin/env python3
"""Checks the codes and messages of errors.json against botocore's parser of restJson1 responses.

    python3 runtime/tests/botocore/errors.py

A row with `differs` is where this project decided otherwise: botocore has to differ there.
"""

import json
import pathlib
import sys

import botocore.model
import botocore.parsers
import botocore.awsrequest

ROWS = json.loads((pathlib.Path(__file__).parent / "errors.json").read_text("utf-8"))


def main():
    parser = botocore.parsers.create_parser("rest-json")
    failed = [row["name"] for row in ROWS if not holds(parser, row)]
    print(f"{len(ROWS)} error responses, {len(failed)} are not as botocore reads them", *failed, sep="\n  ")
    sys.exit(bool(failed))


def holds(parser, row):
    response = {
        "status_code": row["status"],
        "headers": botocore.awsrequest.HeadersDict(row["headers"]),
        "body": row["body"].encode("utf-8"),
    }
    try:
        error = parser.parse(response, None)["Error"]
        same = (error["Code"], error["Message"]) == (row["code"], row["message"])
    except Exception as error:  # botocore cannot read it at all.
        print(f"{row['name']}: {error}")
        same = False
    return same != ("differs" in row)


if __name__ == "__main__":
    main()
