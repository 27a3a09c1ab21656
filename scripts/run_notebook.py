"""Runs one notebook top to bottom in a fresh kernel; writes it executed, and as a page.

Arguments: a JSON object with source, executed, page, log (paths) and metadata (what made it, kept in the notebook).
Says on stdout how far it is, a line of JSON each: {"cell", "of", "note"}, at last {"error": null or what failed}.
"""

import base64
import copy
import html
import json
import re
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell

# a promise that the last cell has lost becomes known here
AFTERWORD = "await new Promise((next) => setTimeout(next, 100));"

# pictures have twice the pixels that they are meant to take (lib/figures/draw.ts)
PIXEL_RATIO = 2


def say(event):
    print(json.dumps(event), flush=True)


class Client(NotebookClient):
    """Hands on the line that a long cell draws over and over, so that whoever waits for the run sees it too."""

    on_note = None

    def process_message(self, msg, cell, cell_index):
        text = msg["content"].get("text", "") if msg["msg_type"] == "stream" else ""
        note = text.rsplit("\r", 1)[-1].strip() if "\r" in text else ""
        if note and self.on_note:
            self.on_note(note)
        return super().process_message(msg, cell, cell_index)


def run(notebook, log):
    """Executes in place; None, or how the first failing cell failed."""
    cells = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
    place = {index: number for number, index in enumerate(cells, start=1)}
    last = {}

    def starting(cell, cell_index):
        last["index"], last["cell"] = cell_index, place.get(cell_index, len(cells))
        if cell_index in place:
            say({"cell": last["cell"], "of": len(cells), "note": ""})

    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.cells.append(new_code_cell(AFTERWORD))
    client = Client(
        notebook,
        kernel_name="fusion-ts",
        timeout=None,
        startup_timeout=120,
        record_timing=False,  # else the same cells give other bytes
        on_cell_start=starting,
    )
    client.on_note = lambda note: say({"cell": last["cell"], "of": len(cells), "note": note})
    try:
        # the kernel must not share our stdout: Node makes it non-blocking
        client.execute(stdout=log, stderr=log)
        return None
    except CellExecutionError as error:
        outputs = notebook.cells[last["index"]].outputs
        traceback = [line for o in outputs if o.output_type == "error" for line in o.traceback]
        return {"cell": last["cell"], "ename": error.ename, "evalue": error.evalue, "traceback": traceback}
    except DeadKernelError as error:
        evalue = "the kernel has ended, perhaps for want of memory; the log beside the executed notebook may know why"
        return {"cell": last.get("cell", 0), "ename": "DeadKernel", "evalue": evalue, "traceback": [evalue, str(error)]}
    finally:
        notebook.cells.pop()
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = merge(cell.outputs)


def merge(outputs):
    """Joins what was printed in one go, however it was cut into messages; a line that was drawn over keeps its end."""
    merged = []
    for output in outputs:
        if output.output_type == "stream" and merged and merged[-1].get("name") == output.name:
            merged[-1].text += output.text
        else:
            merged.append(output)
    for output in merged:
        if output.output_type == "stream":
            output.text = re.sub(r"[^\n]*\r(?!\n)", "", output.text)
    return [output for output in merged if output.get("text") != ""]


def page(notebook, title):
    """As HTML, each picture with its description and at its size; nbconvert's template knows no description."""
    shown = copy.deepcopy(notebook)
    pictures = [
        output
        for cell in shown.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {}) and "text/plain" in output.data
    ]
    for output in pictures:
        width = int.from_bytes(base64.b64decode(output.data["image/png"])[16:20], "big")
        output.metadata["image/png"] = {"width": width // PIXEL_RATIO}
    exporter = HTMLExporter(template_name="lab", require_js_url="", mermaid_js_url="", widget_renderer_url="")
    body, _ = exporter.from_notebook_node(shown, resources={"metadata": {"name": title}})
    for output in pictures:
        at = body.index(output.data["image/png"].strip())
        before, tag = body[:at].rsplit("<img ", 1)
        described = 'alt="' + html.escape(output.data["text/plain"]) + '"'
        body = before + "<img " + re.sub('alt="[^"]*"', lambda _: described, tag) + body[at:]
    return body.replace('<script src=""></script>', "")


task = json.loads(sys.argv[1])
notebook = nbformat.read(task["source"], as_version=4)
with open(task["log"], "w") as log:
    error = run(notebook, log)
notebook.metadata["fusion"] = task["metadata"]
nbformat.write(notebook, task["executed"])
with open(task["page"], "w") as file:
    file.write(page(notebook, task["title"]))
say({"error": error})
