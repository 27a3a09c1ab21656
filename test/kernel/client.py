"""A Jupyter client for tests: a line of JSON in (cells to send at once), a line of JSON out (what each was answered)."""

import json
import subprocess
import sys

from jupyter_client import KernelManager

manager = KernelManager(kernel_name="fusion-ts")
# Node would make a pipe that it shares with us non-blocking
manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)


def run(cells, stop_on_error=True, interrupt_on=None):
    """Sends every cell before the first can answer, as `Run All` does; interrupts at the first message of a type."""
    requests = [client.execute(cell, stop_on_error=stop_on_error) for cell in cells]
    answers = {request: {"outputs": []} for request in requests}
    idle = set()
    while idle != set(requests):
        message = client.get_iopub_msg(timeout=60)
        request = message["parent_header"].get("msg_id")
        if request not in answers:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == interrupt_on:
            manager.interrupt_kernel()
            interrupt_on = None
        if kind == "status" and content["execution_state"] == "idle":
            idle.add(request)
        elif kind != "status":
            answers[request]["outputs"].append({"type": kind, **content})
    waiting = set(requests)
    while waiting:
        message = client.get_shell_msg(timeout=60)
        request = message["parent_header"].get("msg_id")
        if request in waiting:
            answers[request]["reply"] = message["content"]
            waiting.remove(request)
    return [answers[request] for request in requests]


try:
    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
