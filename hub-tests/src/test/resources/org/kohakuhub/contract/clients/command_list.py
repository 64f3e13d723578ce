"""The commands of hf that belong to the hosted service, and those that ask other hosts or nobody."""

# What each is tried with; SPACE, DATASET and SCRIPT stand for things of the test's.
HOSTED = {
    "datasets leaderboard": "DATASET",
    "jobs cancel": "j",
    "jobs expose": "j 80",
    "jobs hardware": "",
    "jobs inspect": "j",
    "jobs labels": "j --label a=b",
    "jobs list": "",
    "jobs logs": "j",
    "jobs rerun": "j",
    "jobs run": "python:3.12 echo",
    "jobs scheduled delete": "j",
    "jobs scheduled inspect": "j",
    "jobs scheduled labels": "j --label a=b",
    "jobs scheduled list": "",
    "jobs scheduled reschedule": "j @daily",
    "jobs scheduled resume": "j",
    "jobs scheduled run": "@daily python:3.12 echo",
    "jobs scheduled suspend": "j",
    "jobs scheduled trigger": "j",
    "jobs scheduled uv run": "@daily SCRIPT",
    "jobs ssh": "j",
    "jobs stats": "j",
    "jobs uv run": "SCRIPT",
    "jobs wait": "j",
    "papers info": "2502.08025",
    "papers list": "",
    "papers read": "2502.08025",
    "papers search": "x",
    "sandbox cp": "SCRIPT abc:/x",
    "sandbox create": "",
    "sandbox exec": "s echo",
    "sandbox kill": "s",
    "sandbox pool create": "",
    "sandbox pool delete": "p",
    "sandbox pool ls": "",
    "sandbox process kill": "s 1",
    "sandbox process ls": "s",
    "sandbox spawn": "s echo",
    "spaces dev-mode": "SPACE",
    "spaces hardware": "",
    "spaces logs": "SPACE",
    "spaces pause": "SPACE",
    "spaces restart": "SPACE",
    "spaces search": "cats",
    "spaces secrets add": "SPACE -s A=b",
    "spaces secrets delete": "SPACE A --yes",
    "spaces secrets list": "SPACE",
    "spaces settings": "SPACE --hardware t4-medium",
    "spaces templates": "",
    "spaces variables add": "SPACE -e A=b",
    "spaces variables delete": "SPACE A --yes",
    "spaces variables list": "SPACE",
    "spaces volumes delete": "SPACE --yes",
    "spaces volumes set": "SPACE -v hf://x/y:/data",
    "spaces wait": "SPACE",
    "spaces zero-gpu quota": "",
}

ELSEWHERE = (
    "endpoints",  # another host, whatever HF_ENDPOINT says
    "extensions",  # programs from GitHub
    "skills",  # texts for assistants, from a bucket of the hosted service
    "update",  # pip
    "datasets parquet",  # the client itself refuses every endpoint but the hosted service's
    "datasets sql",  # DuckDB on what the one above finds
    "spaces hot-reload",  # needs a Space that runs
    "spaces volumes list",  # reads the Space's runtime, which has none
    "spaces ssh",  # asks before it switches the developers' mode on
    "lfs-",  # GitLfsAgentIT
    "auth login",
)
