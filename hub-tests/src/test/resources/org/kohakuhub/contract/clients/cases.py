"""Small parts of a test that runs in the client's process: each case has a name and is tried whatever the others did.

A script declares cases with ``@case`` and ends with ``done()``, which prints one line for each and fails if one did.
"""

import sys
import traceback
import uuid

_cases = []


def case(function):
    _cases.append(function)
    return function


def refused(error, call, *args, **kwargs):
    """What the client made of a refusal: it must be exactly this type of error, or one of these statuses."""
    try:
        result = call(*args, **kwargs)
        if hasattr(result, "__next__"):
            list(result)
    except Exception as raised:
        if isinstance(error, type):
            assert type(raised) is error, repr(raised)
        else:
            status = getattr(getattr(raised, "response", None), "status_code", None)
            assert status in (error if isinstance(error, tuple) else (error,)), repr(raised)
        return raised
    raise AssertionError(f"not refused: {result!r}")


def new_name(prefix="r"):
    return prefix + uuid.uuid4().hex[:10]


def done():
    failed = 0
    for function in _cases:
        try:
            function()
            print("passed", function.__name__)
        except BaseException:
            failed += 1
            print("FAILED", function.__name__)
            traceback.print_exc(limit=4, file=sys.stdout)
    print(f"{len(_cases) - failed} of {len(_cases)} cases passed")
    sys.exit(1 if failed else 0)
