#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds a body on standard input against one schema of the provider's OpenAPI document.

    validate_body.py CreateEndpointRequest < body.json

0: valid; 1: not, with the reasons on standard output; 77: the document or jsonschema is not on this computer.
"""
import json
import os
import sys
from pathlib import Path

try:
    import jsonschema
    shared = Path(os.environ.get("VISGATE_SHARED", Path(__file__).resolve().parents[4] / "shared"))
    document = json.loads((shared / "contracts/runpod/openapi-v2.json").read_text())
except (ImportError, OSError) as reason:
    print(reason)
    sys.exit(77)

validator = jsonschema.Draft202012Validator(
    {"$ref": "#/components/schemas/" + sys.argv[1]}, resolver=jsonschema.RefResolver("", document))
problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.load(sys.stdin))]
print("\n".join(problems))
sys.exit(1 if problems else 0)
