import os
import sys
import time


class TestError(Exception):
    pass


def fail(event):
    raise TestError("boom")


def write(event):
    print("first line\nsecond line")
    print("to standard error", file=sys.stderr)
    return "logged"


actions = {
    "echo": lambda event: event,
    "raise": fail,
    "exit": lambda event: sys.exit(3),
    "sleep": lambda event: time.sleep(60),
    "memory": lambda event: len(bytearray(300_000_000)),
    "big": lambda event: "x" * 7_000_000,
    "log": write,
    "environment": lambda event: dict(os.environ),
}


def handler(event, context):
    return actions[event["action"]](event)
