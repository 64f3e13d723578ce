"""One file up and down by Xet with the real client, beside the same bytes by presigned PUT and GET.

Usage: xet_client.py MEGABYTES SERVER_PID; HF_ENDPOINT and HF_TOKEN name the hub. Prints numbers and judges none.
"""

import hashlib
import json
import os
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.utils import disable_progress_bars

BLOCK = 1 << 20


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def random_file(path, megabytes):
    digest = hashlib.sha256()
    with open(path, "wb") as out:
        for _ in range(megabytes):
            block = os.urandom(BLOCK)
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def timed(pid, work):
    cpu, start = cpu_seconds(pid), time.monotonic()
    result = work()
    return time.monotonic() - start, cpu_seconds(pid) - cpu, result


def send(url, headers, body, method="POST"):
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=600) as answer:
        return answer.read()


def presigned_put(api, repo, path, sha256, size):
    authorization = {"Authorization": f"Bearer {api.token}", "Content-Type": "application/vnd.git-lfs+json"}
    asked = {"operation": "upload", "transfers": ["basic"], "objects": [{"oid": sha256, "size": size}]}
    url = f"{api.endpoint}/{repo}.git/info/lfs/objects/batch"
    actions = json.loads(send(url, authorization, json.dumps(asked).encode()))["objects"][0]["actions"]

    def put():
        with open(path, "rb") as source:
            headers = {"Content-Length": str(size), "Content-Type": "application/octet-stream"}
            send(actions["upload"]["href"], headers, source, "PUT")

    def verify():
        send(actions["verify"]["href"], authorization, json.dumps({"oid": sha256, "size": size}).encode())

    return put, verify


def plain_get(api, repo, name, target):
    """Follows a redirect without the token, as the client does."""
    request = urllib.request.Request(f"{api.endpoint}/{repo}/resolve/main/{name}")
    request.add_unredirected_header("Authorization", f"Bearer {api.token}")
    with urllib.request.urlopen(request, timeout=600) as answer, open(target, "wb") as out:
        while block := answer.read(BLOCK):
            out.write(block)


def main():
    megabytes, pid = int(sys.argv[1]), sys.argv[2]
    size = megabytes * BLOCK
    disable_progress_bars()
    api = HfApi(endpoint=os.environ["HF_ENDPOINT"], token=os.environ["HF_TOKEN"])
    repo = f"{api.whoami()['name']}/bench-xet"
    api.create_repo(repo, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        warm, by_xet, by_lfs = folder / "warm.bin", folder / "xet.bin", folder / "lfs.bin"
        random_file(warm, 128)
        api.upload_file(path_or_fileobj=warm, path_in_repo="warm.bin", repo_id=repo)
        random_file(by_xet, megabytes)
        sha256 = random_file(by_lfs, megabytes)

        put, verify = presigned_put(api, repo, by_lfs, sha256, size)
        put_time, _, _ = timed(pid, put)
        verify_time, verify_cpu, _ = timed(pid, verify)
        line = json.dumps({"key": "header", "value": {"summary": "lfs", "description": ""}}) + "\n" + json.dumps(
            {"key": "lfsFile", "value": {"path": "lfs.bin", "algo": "sha256", "oid": sha256, "size": size}}
        )
        headers = {"Authorization": f"Bearer {api.token}", "Content-Type": "application/x-ndjson"}
        send(f"{api.endpoint}/api/models/{repo}/commit/main", headers, line.encode())
        up_time, up_cpu, _ = timed(
            pid, lambda: api.upload_file(path_or_fileobj=by_xet, path_in_repo="xet.bin", repo_id=repo)
        )
        get_time, _, _ = timed(pid, lambda: plain_get(api, repo, "lfs.bin", folder / "got.bin"))
        down_time, down_cpu, _ = timed(
            pid, lambda: hf_hub_download(repo, "xet.bin", cache_dir=folder / "cache", token=api.token)
        )
        plain_time, plain_cpu, _ = timed(pid, lambda: plain_get(api, repo, "xet.bin", folder / "plain.bin"))

    mb = size / 1e6
    print(f"upload of {megabytes} MiB by Xet          {up_time:8.1f} s    {up_time / put_time:.2f} x presigned PUT"
          f" ({put_time:.1f} s, and {verify_time:.1f} s to verify it)")
    print(f"  the server's processor time    {up_cpu:8.1f} s    {mb / up_cpu:.0f} MB/s a core"
          f" ({verify_cpu:.1f} s to verify the PUT)")
    print(f"download by Xet                  {down_time:8.1f} s    {down_time / get_time:.2f} x presigned GET"
          f" ({get_time:.1f} s)")
    print(f"  the server's processor time    {down_cpu:8.1f} s")
    print(f"plain GET of the Xet file        {plain_time:8.1f} s    {plain_time / get_time:.2f} x presigned GET;"
          f" {mb / max(plain_cpu, 0.01):.0f} MB/s a core")


if __name__ == "__main__":
    main()
