"""Calls for what only the hosted service has: the hub refuses them by a status, never by a fault. Argument: a user name."""

import sys

from cases import case, done, new_name, refused
from huggingface_hub import HfApi

me = sys.argv[1]
api = HfApi()
space, dataset = f"{me}/{new_name()}", f"{me}/{new_name()}"
api.create_repo(space, repo_type="space", space_sdk="static")
api.create_repo(dataset, repo_type="dataset")
REFUSED = (501,)


@case
def jobs():
    job = {"job_id": "123", "namespace": me}
    scheduled = {"scheduled_job_id": "123", "namespace": me}
    refused(REFUSED, api.run_job, image="python", command=["true"], namespace=me)
    refused(REFUSED, api.list_jobs, namespace=me)
    refused(REFUSED, api.list_jobs_hardware)
    refused(REFUSED, api.inspect_job, **job)
    refused(REFUSED, api.wait_for_job, **job)
    refused(REFUSED, api.cancel_job, **job)
    refused(REFUSED, api.update_job_labels, **job, labels={"a": "b"})
    refused(REFUSED, api.fetch_job_logs, **job)
    refused(REFUSED, api.fetch_job_metrics, **job)
    refused(REFUSED, api.create_scheduled_job, image="python", command=["true"], schedule="@daily", namespace=me)
    refused(REFUSED, api.list_scheduled_jobs, namespace=me)
    refused(REFUSED, api.inspect_scheduled_job, **scheduled)
    refused(REFUSED, api.delete_scheduled_job, **scheduled)
    refused(REFUSED, api.suspend_scheduled_job, **scheduled)
    refused(REFUSED, api.resume_scheduled_job, **scheduled)
    refused(REFUSED, api.trigger_scheduled_job, **scheduled)
    refused(REFUSED, api.update_scheduled_job_labels, **scheduled, labels={"a": "b"})


@case
def jobs_since_2_4():
    if hasattr(api, "rerun_job"):
        refused(REFUSED, api.rerun_job, job_id="123", namespace=me)
        refused(REFUSED, api.update_job_expose, job_id="123", namespace=me, expose=[80])
        refused(REFUSED, api.update_scheduled_job_schedule, scheduled_job_id="123", schedule="@daily", namespace=me)


@case
def uv_jobs():
    refused(REFUSED, api.run_uv_job, "https://example.org/x.py", namespace=me)
    refused(REFUSED, api.create_scheduled_uv_job, "https://example.org/x.py", schedule="@daily", namespace=me)


@case
def running_spaces():
    refused(REFUSED, api.get_space_runtime, space)
    refused(REFUSED, api.wait_for_space, space)
    refused(REFUSED, api.get_space_secrets, space)
    refused(REFUSED, api.add_space_secret, space, "KEY", "value")
    refused(REFUSED, api.delete_space_secret, space, "KEY")
    refused(REFUSED, api.get_space_variables, space)
    refused(REFUSED, api.add_space_variable, space, "KEY", "value")
    refused(REFUSED, api.delete_space_variable, space, "KEY")
    refused(REFUSED, api.request_space_hardware, space, "cpu-basic")
    refused(REFUSED, api.set_space_sleep_time, space, 600)
    refused(REFUSED, api.pause_space, space)
    refused(REFUSED, api.restart_space, space)
    refused(REFUSED, api.enable_space_dev_mode, space)
    refused(REFUSED, api.disable_space_dev_mode, space)
    refused(REFUSED, api.fetch_space_logs, space)
    refused(REFUSED, api.set_space_volumes, space, [])
    refused(REFUSED, api.delete_space_volumes, space)
    refused(REFUSED, api.list_spaces_hardware)
    refused(REFUSED, api.list_space_templates)
    refused(REFUSED, api.search_spaces, "words")
    if hasattr(api, "get_zero_gpu_quota"):
        refused(REFUSED, api.get_zero_gpu_quota)


@case
def storage_of_a_space():
    if hasattr(api, "request_space_storage"):
        refused(REFUSED, api.request_space_storage, space, "small")
        refused(REFUSED, api.delete_space_storage, space)


@case
def papers():
    refused(REFUSED, api.list_papers, query="x")
    refused(REFUSED, api.paper_info, "2401.00001")
    refused(REFUSED, api.read_paper, "2401.00001")
    refused(REFUSED, api.list_daily_papers)


@case
def datasets():
    refused(REFUSED, api.get_dataset_leaderboard, dataset)


@case
def groups_of_resources():
    refused(REFUSED, api.update_collection_resource_group, f"{me}/x-0123456789abcdef01234567", "group")


done()
