"""
The program of a Python function's environment: loads the handler, then asks the Runtime API for one event after
another. Its errors and log lines have the formats of AWS's client for Python, awslambdaric. It needs nothing but the
standard library, and runs on Python 3.6 and later.
"""

import decimal
import http.client
import importlib
import json
import logging
import os
import re
import sys
import time
import traceback

TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
BASE = "/2018-06-01/runtime/"
JSON_LOGS = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
# The names that AWS has and Python does not.
LEVELS = {"TRACE": "DEBUG", "FATAL": "CRITICAL"}
# The file for log events, and the types of its frames: the lowest bits say that it is text, with a time.
LOG_FILE = int(os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD", "1"))
FRAME_TYPE = 0xA55A0003


def is_before(minor):
    """Whether the function's runtime, whatever runs it here, is older than python3.MINOR."""
    name = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]
    return name.isdigit() and int(name) < minor


# Until python3.11, AWS escapes what is not ASCII.
ESCAPES = is_before(12)


class RuntimeApi:
    """The connection to the Runtime API."""

    def __init__(self):
        self._connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])

    def next(self):
        """Waits for the next invocation. Returns its headers and its event."""
        return self._call("GET", "invocation/next")[1:]

    def respond(self, request_id, body, content_type):
        status = self._call("POST", "invocation/%s/response" % request_id, body, {"Content-Type": content_type})[0]
        if status >= 300:
            text = "LAMBDA_RUNTIME Failed to post handler success response. Http response code: %d."
            sys.stderr.write("[ERROR] [%d] %s\n" % (time.time() * 1000, text % status))

    def fail(self, path, report):
        body = json.dumps(report, ensure_ascii=ESCAPES).encode("utf-8", "backslashreplace")
        headers = {"Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": header(report["errorType"])}
        self._call("POST", path, body, headers)

    def _call(self, method, path, body=None, headers={}):
        self._connection.request(method, BASE + path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.headers, answer.read()


def header(text):
    """A text as a header can carry it."""
    return text.encode("ascii", "backslashreplace").decode()


# --- errors


class RuntimeFault(Exception):
    """An error that the runtime finds. Its type is `Runtime.KIND`."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind = "Runtime." + kind
        self.trace = list(trace)


def portable(text):
    """Replaces local paths with those on AWS, so that an error reads the same."""
    return text.replace(TASK_ROOT, "/var/task").replace(__file__, "/var/runtime/bootstrap.py")


def report_of(error, request_id):
    """An error as the caller receives it."""
    if isinstance(error, RuntimeFault):
        kind, trace = error.kind, error.trace
    else:
        kind, trace = type(error).__name__, traceback.format_list(frames_of(error))
    return {
        "errorMessage": message_of(error),
        "errorType": kind,
        "requestId": request_id,
        "stackTrace": [portable(line) for line in trace],
    }


def message_of(error):
    try:
        return str(error)
    except Exception:
        return "<unprintable %s object>" % type(error).__name__


def frames_of(error):
    """The frames of the function, which follow those of this file. As plain tuples they have no marks under the code."""
    frames = [tuple(frame) for frame in traceback.extract_tb(error.__traceback__)]
    own = [index for index, frame in enumerate(frames) if frame[0] == __file__]
    return frames[own[-1] + 1 :] or frames[-1:] if own else frames


# --- the log


class Log:
    """The function's log: each call writes one event, however many lines it has."""

    request_id = ""

    def write(self, text):
        body = text.encode("utf-8", "backslashreplace")
        header = FRAME_TYPE.to_bytes(4, "big") + len(body).to_bytes(4, "big")
        frame = header + int(time.time() * 1000000).to_bytes(8, "big") + body
        while frame:
            frame = frame[os.write(LOG_FILE, frame) :]

    def error(self, report):
        if JSON_LOGS:
            now = time.strftime(TIME_FORMAT + "Z", time.gmtime())
            return self.write(json.dumps(dict(timestamp=now, level="ERROR", **report)))
        head = "[ERROR] " + report["errorType"] + (": " + report["errorMessage"] if report["errorMessage"] else "")
        lines = [line for part in report["stackTrace"] for line in part.rstrip("\n").split("\n")]
        # Not with ordinary spaces, which the console would leave out.
        indented = ["\u00a0" * (len(line) - len(line.lstrip(" "))) + line.lstrip(" ") for line in lines]
        self.write("\n".join([head, "Traceback (most recent call last):"] + indented) + "\n")


log = Log()


class LogHandler(logging.Handler):
    """Writes the records of `logging`. A function may set another formatter, as on AWS."""

    def filter(self, record):
        record.aws_request_id = log.request_id
        return super().filter(record)

    def emit(self, record):
        try:
            log.write(self.format(record))
        except Exception:
            self.handleError(record)


TEXT_FORMAT = "[%(levelname)s]\t%(asctime)s.%(msecs)dZ\t%(aws_request_id)s\t%(message)s\n"
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S"


class TextFormatter(logging.Formatter):
    def formatException(self, exc_info):
        return portable(super().formatException(exc_info))


class JsonFormatter(logging.Formatter):
    def format(self, record):
        seconds = time.strftime(TIME_FORMAT, time.gmtime(record.created))
        line = {
            "timestamp": "%s.%03dZ" % (seconds, record.msecs),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            kind, error, trace = record.exc_info
            line["stackTrace"] = [portable(part) for part in traceback.format_tb(trace)]
            line["errorType"] = kind.__name__
            line["errorMessage"] = message_of(error)
        line["requestId"] = record.aws_request_id
        if record.exc_info:
            line["location"] = "%s:%s:%d" % (portable(record.pathname), record.funcName, record.lineno)
        extra = {key: value for key, value in vars(record).items() if key not in RECORD_MEMBERS and key not in line}
        return json.dumps(dict(line, **extra), ensure_ascii=False) + "\n"


# What a record has without the `extra` of its call.
RECORD_MEMBERS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "aws_request_id"}


def set_up_logging():
    logging.Formatter.converter = time.gmtime
    handler = LogHandler()
    handler.setFormatter(JsonFormatter() if JSON_LOGS else TextFormatter(TEXT_FORMAT, TIME_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "")
    level = LEVELS.get(level, level)
    if level in ("DEBUG", "INFO", "WARN", "ERROR", "CRITICAL"):
        root.setLevel(level)


# --- the context


class Members:
    def __init__(self, **members):
        self.__dict__.update(members)

    def __repr__(self):
        members = ",".join("%s=%s" % item for item in vars(self).items() if not item[0].startswith("_"))
        return "%s([%s])" % (type(self).__name__, members)


class CognitoIdentity(Members):
    pass


class Client(Members):
    pass


class ClientContext(Members):
    pass


class LambdaContext(Members):
    """The second argument of a handler."""

    def __init__(self, headers):
        def parsed(name):
            # The bytes of a header are read as Latin-1; they are UTF-8.
            return json.loads(headers.get("Lambda-Runtime-" + name, "null").encode("latin-1").decode("utf-8"))

        identity = parsed("Cognito-Identity") or {}
        super().__init__(
            aws_request_id=headers["Lambda-Runtime-Aws-Request-Id"],
            log_group_name=os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME"),
            log_stream_name=os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME"),
            function_name=os.environ.get("AWS_LAMBDA_FUNCTION_NAME"),
            memory_limit_in_mb=os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
            function_version=os.environ.get("AWS_LAMBDA_FUNCTION_VERSION"),
            invoked_function_arn=headers["Lambda-Runtime-Invoked-Function-Arn"],
            tenant_id=headers.get("Lambda-Runtime-Aws-Tenant-Id"),
            client_context=client_context(parsed("Client-Context")),
            identity=CognitoIdentity(
                cognito_identity_id=identity.get("cognitoIdentityId"),
                cognito_identity_pool_id=identity.get("cognitoIdentityPoolId"),
            ),
            _deadline=int(headers["Lambda-Runtime-Deadline-Ms"]),
        )

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        log.write(str(message))


def client_context(value):
    if not isinstance(value, dict):
        return None
    client = value.get("client")
    names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
    return ClientContext(
        custom=value.get("custom"),
        env=value.get("env"),
        client=Client(**{name: client.get(name) for name in names}) if isinstance(client, dict) else None,
    )


# --- the handler

# What every runtime of AWS has, and a Python of this machine may lack.
SDK = ("boto3", "botocore")


def load_handler(name):
    """Finds the function that a handler's name, such as `folder/module.function`, means."""
    try:
        module, function = name.rsplit(".", 1)
    except ValueError as error:
        raise RuntimeFault("MalformedHandlerName", "Bad handler '%s': %s" % (name, error))
    if module.split(".")[0] in sys.builtin_module_names:
        raise RuntimeFault("BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module)
    try:
        found = importlib.import_module(module.replace("/", "."))
    except ImportError as error:
        message = "Unable to import module '%s': %s" % (module, error)
        if error.name in SDK:
            message += ". AWS has it; here, install it: %s -m pip install boto3" % sys.executable
        raise RuntimeFault("ImportModuleError", message)
    except SyntaxError as error:
        place = '  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)
        raise RuntimeFault("UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module, error), [place])
    if not hasattr(found, function):
        raise RuntimeFault("HandlerNotFound", "Handler '%s' missing on module '%s'" % (function, module))
    return getattr(found, function)


# Marks the text of a Decimal, which is written with all of its digits. No function can know it.
DECIMAL = "decimal-%s-" % os.urandom(16).hex()


def plain(value):
    if isinstance(value, decimal.Decimal):
        return float("nan") if value.is_nan() else DECIMAL + str(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def to_json(value):
    text = json.dumps(value, default=plain, ensure_ascii=ESCAPES)
    return re.sub('"%s([^"]*)"' % DECIMAL, r"\1", text) if DECIMAL in text else text


def read_event(body):
    try:
        return json.loads(body.decode("utf-8"))
    except Exception as error:
        raise RuntimeFault("UnmarshalError", "Unable to unmarshal input: %s" % error)


def write_result(result):
    """Returns the body of a result and its content type."""
    if isinstance(result, bytes):
        return result, "application/unknown"
    try:
        return to_json(result).encode("utf-8"), "application/json"
    except Exception as error:
        raise RuntimeFault("MarshalError", "Unable to marshal response: %s" % error)


def run(api, handler):
    while True:
        headers, body = api.next()
        log.request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
        try:
            result = write_result(handler(read_event(body), LambdaContext(headers)))
        except Exception as error:
            report = report_of(error, log.request_id)
            log.error(report)
            api.fail("invocation/%s/error" % log.request_id, report)
        else:
            api.respond(log.request_id, *result)


def main():
    own_folder = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [TASK_ROOT] + [path for path in sys.path if path not in (own_folder, TASK_ROOT, "")]
    set_up_logging()
    api = RuntimeApi()
    try:
        handler = load_handler(sys.argv[1])
    except Exception as error:
        report = report_of(error, "")
        log.error(report)
        api.fail("init/error", report)
        sys.exit(1)
    run(api, handler)


main()
