"""Checks the `rust-version` of every dependency of the published crates.

Reads `cargo metadata` from standard input. The first argument is the supported Rust version.
"""

import json
import sys

PUBLISHED = {"appfabric", "smithy-codegen", "smithy-model", "smithy-rt"}


def version(text):
    return tuple(int(part) for part in text.split("."))


def main():
    supported = version(sys.argv[1])
    metadata = json.load(sys.stdin)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    pending = [id for id, package in packages.items() if package["name"] in PUBLISHED]
    visited = set()
    while pending:
        id = pending.pop()
        if id in visited:
            continue
        visited.add(id)
        for dependency in nodes[id]["deps"]:
            if any(kind["kind"] != "dev" for kind in dependency["dep_kinds"]):
                pending.append(dependency["pkg"])
    newer = sorted(
        f"{packages[id]['name']} {packages[id]['version']} requires Rust {packages[id]['rust_version']}"
        for id in visited
        if packages[id]["rust_version"] and version(packages[id]["rust_version"])[:2] > supported[:2]
    )
    print(f"{len(visited)} packages checked")
    if not visited or newer:
        sys.exit("\n".join(newer) or "error: no packages")


main()
