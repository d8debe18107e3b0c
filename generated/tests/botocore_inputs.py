#!/usr/bin/env python3
"""Compares botocore's validation of inputs with that of the server.

    INPUTS=inputs.jsonl cargo test -p appfabric --features server --test input_constraints
    .venv/bin/python generated/tests/botocore_inputs.py inputs.jsonl

The test writes inputs that the server refuses, and random ones that it accepts. botocore has to accept all of the
latter. It checks only types, required members and minima, so that it accepts some of the former as well.
"""

import datetime
import json
import sys

import botocore.session
import botocore.validate


def parsed(value, shape):
    """The value with timestamps as botocore expects them."""
    if shape.type_name == "timestamp" and isinstance(value, str):
        try:
            return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return value
    if shape.type_name == "structure" and isinstance(value, dict):
        known = shape.members
        return {name: parsed(item, known[name]) if name in known else item for name, item in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [parsed(item, shape.member) for item in value]
    return value


def main():
    model = botocore.session.get_session().get_service_model("appfabric")
    validator = botocore.validate.ParamValidator()
    allowed = forbidden = refused = 0
    for line in open(sys.argv[1], encoding="utf-8"):
        case = json.loads(line)
        shape = model.operation_model(case["operation"]).input_shape
        report = validator.validate(parsed(case["input"], shape), shape)
        if "forbidden" in case:
            forbidden += 1
            refused += report.has_errors()
        else:
            allowed += 1
            if report.has_errors():
                sys.exit(f"botocore refuses {line}{report.generate_report()}")
    if not (allowed and forbidden and refused):
        sys.exit("there are too few inputs")
    print(f"botocore accepts all {allowed} allowed inputs, and refuses {refused} of {forbidden} forbidden ones")


main()
