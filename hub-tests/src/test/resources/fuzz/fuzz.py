"""Calls every documented operation of a hub with what schemathesis makes up from the document, and with worse.

Arguments: seconds, seed, and what the token's owner has: {kind of thing: [{part of an address or field of a body:
value}]}, and {"anywhere": {part or field: [values]}}. Goes on round after round until the seconds are over, but ends no
first round early. Prints two lines for each kind of failure, then "operations N calls N statuses {…}".
"""

import collections
import concurrent.futures
import itertools
import json
import os
import random
import re
import sys
import threading
import time
import warnings
from urllib.parse import quote

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis.core import NOT_SET

BASE, TOKEN = os.environ["HF_ENDPOINT"], os.environ["HF_TOKEN"]
SECONDS, SEED, WORLD = float(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
EXAMPLES = 3
WORKERS = 4

# What databases, file systems and parsers dislike.
TEXTS = ["\0", "a\0b", "\ud800", "\uffff", "🤗" * 90, "x" * 300, "x" * 70_000, "", " ", ".", "..", "a/../b", "%", "_", "'",
         "\\", "\r\nX: y", "-1", "0", "1" * 30, "\u202e", "refs/heads/main", "null"]
SHORT_TEXTS = [text for text in TEXTS if len(text) < 1000]
NUMBERS = [-1, 0, 2**31, 2**63 - 1, 2**63, 2**70, 1.5, 1e300, -(2**63) - 1]
OTHERS = [None, True, [], {}, [[]], [None], {"name": None}, {"a\0": "b\0"}]
RAW = [b"", b"[" * 20_000, b'{"a":' * 20_000, b"\xff\xfe{}", b'{"name":"\xc3\x28","title":"\xed\xa0\x80"}', b"{", b"null",
       b'{"name":"a","name":"b"}', b'{"size":1e999999999}', b"\0" * 100, b'{"key":"header","value":{"summary":"\\u0000"}}\n']
TRACE = re.compile(r"\n\s+at [\w.$]+\(|\b(java|jakarta|org\.(hibernate|postgresql|sqlite|jboss|glassfish))\.[\w.]*[A-Z]"
                   r"|SQLSTATE|HTTP Status \d")

lock = threading.Lock()
failures = {}
statuses = collections.Counter()
local = threading.local()
free = threading.Semaphore(4 * WORKERS)


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    return json.dumps(value).encode() + b"\n"


def ours(path, dice):
    """Which parts of this address, and fields of its body, lead to the user's own things."""
    kinds = {"/api/users/": "people", "/api/organizations/": "organizations", "buckets/": "buckets"}
    kind = next((kind for start, kind in kinds.items() if start in path), "repositories")
    return {**{name: dice.choice(values) for name, values in WORLD["anywhere"].items()}, **dice.choice(WORLD[kind])}


def spoil(value, dice):
    """A JSON value with one of its leaves, or itself, made worse."""
    if isinstance(value, dict) and value:
        key = dice.choice(sorted(value))
        return {**value, key: spoil(value[key], dice)}
    if isinstance(value, list) and value:
        return [spoil(value[0], dice), *value[1:]]
    return dice.choice(dice.choice([TEXTS, TEXTS, NUMBERS, OTHERS]))


def own(value, real, dice):
    """A JSON value that speaks of real things where it can."""
    if not isinstance(value, dict):
        return [own(item, real, dice) for item in value] if isinstance(value, list) else value
    return {key: real[key] if key in real and dice.random() < 0.7 else own(inner, real, dice)
            for key, inner in value.items()}


def request(case, dice):
    """The request of a case: mostly to real things, and often spoilt."""
    kwargs = case.as_transport_kwargs(base_url=BASE)
    kept = "/" if dice.random() < 0.6 else ""
    path = case.operation.path
    real = ours(path, dice)
    for name, value in case.path_parameters.items():
        spoiling = dice.random()
        value = real[name] if name in real and spoiling > 0.05 else value
        value = dice.choice(SHORT_TEXTS) if spoiling < (0.03 if name in real else 0.3) else value
        path = path.replace("{" + name + "}", quote(str(value), safe=kept, errors="surrogatepass"))
    kwargs["url"] = BASE + path
    if kwargs.get("params") and dice.random() < 0.4:
        kwargs["params"] = spoil(dict(kwargs["params"]), dice)
    if case.body is not NOT_SET:
        spoiling = dice.random()
        if isinstance(case.body, (dict, list)) and "json" in case.media_type:
            body = own(case.body, real, dice)
            body = spoil(body, dice) if spoiling < 0.6 else body
            text = json.dumps(body).encode()
            if "ndjson" in case.media_type:
                text = b'{"key":"header","value":{"summary":"fuzz"}}\n' * (dice.random() < 0.5) + text + b"\n"
            kwargs.pop("json", None)
            kwargs["data"] = text
        if spoiling > 0.93:
            for part in ("json", "files"):
                kwargs.pop(part, None)
            kwargs["data"] = dice.choice(RAW)
    headers = dict(kwargs.get("headers") or {})
    headers.pop("Authorization", None)
    if dice.random() < 0.8:
        headers["Authorization"] = "Bearer " + TOKEN
    return {**kwargs, "headers": headers, "timeout": 60, "allow_redirects": False}


def wrong(method, url, answer):
    """What is wrong with an answer, or None."""
    if answer.status_code >= 500 and answer.status_code != 501:
        if answer.status_code != 503 or "Retry-After" not in answer.headers:
            return f"status {answer.status_code}"
    if answer.status_code < 400:
        return None if "X-Request-Id" in answer.headers else "no X-Request-Id"
    if TRACE.search(answer.text):
        return "tells its insides"
    if "X-Request-Id" not in answer.headers:
        return None if answer.status_code == 400 and not answer.content else "no X-Request-Id"  # the server's own refusal
    api = re.match(r"/(api|org|admin/api|oauth)/|.*/info/lfs/", url[len(BASE):])
    if api and method != "HEAD" and answer.content:
        try:
            answer.json()
        except ValueError:
            return f"status {answer.status_code} without JSON"
    return None


def send(label, kwargs):
    session = local.__dict__.setdefault("session", requests.Session())
    session.trust_env = False
    try:
        answer = session.request(**kwargs)
        problem, status, told = wrong(kwargs["method"], kwargs["url"], answer), answer.status_code, answer.text
    except (UnicodeError, ValueError, TypeError):
        return  # nothing that HTTP can say
    except requests.exceptions.RequestException as e:
        problem, status, told = "no answer: " + type(e).__name__, 0, str(e)
    if not problem and "X-Request-Id" not in answer.headers:
        del local.session  # a server that refuses what it cannot read closes the connection, and may not say so
    with lock:
        statuses[status] += 1
        if problem:
            wish = {part: kwargs[part] for part in ("params", "data", "json") if kwargs.get(part)}
            failures.setdefault(
                (label, problem),
                f"{problem}: {kwargs['method']} {kwargs['url'][:500]} {str(wish)[:600]}\n    -> {told[:400]!r}")


def fuzz(operation, seed, pool):
    """Makes the requests in this thread (Hypothesis and Python's own parser dislike many) and sends them in others."""
    dice = random.Random(f"{seed} {operation.label}")

    @hypothesis.seed(seed)
    @hypothesis.settings(max_examples=EXAMPLES, database=None, deadline=None, phases=[Phase.generate],
                         suppress_health_check=list(HealthCheck))
    @hypothesis.given(case=operation.as_strategy())
    def calls(case):
        sent = pool.submit(send, operation.label, request(case, dice))
        free.acquire()
        sent.add_done_callback(lambda _: free.release())

    calls()


def document():
    """The hub's own; parts of paths without their patterns, since schemathesis would make none that holds a slash."""
    described = requests.get(BASE + "/openapi?format=JSON", headers={"Accept": "application/json"}, timeout=60).json()
    for item in described["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    parameter["schema"] = {"type": "string"}
    return described


def main():
    warnings.simplefilter("ignore")
    began = time.monotonic()
    operations = [result.ok() for result in schemathesis.openapi.from_dict(document()).get_all_operations()]
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for turn in itertools.count():
            for operation in operations:
                if turn == 0 or time.monotonic() - began < SECONDS:
                    fuzz(operation, SEED + turn, pool)
            if time.monotonic() - began >= SECONDS:
                break
    for failure in failures.values():
        print(failure)
    print(f"operations {len(operations)} calls {statuses.total()} statuses {dict(sorted(statuses.items()))}")


main()
