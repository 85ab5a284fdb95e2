"""The functions of the state machine: one that may fail, and one that handles its error."""

import json


class TestError(Exception):
    """The error that the state machine catches."""


def handler(event, context):
    print("called handler")
    if event.get("fail"):
        raise TestError("the input asked for an error")
    return event


def error_handler(event, context):
    print("called error_handler")
    print(json.dumps(event))
    return event
