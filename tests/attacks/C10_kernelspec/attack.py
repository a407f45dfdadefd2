def change(notebook, folder):
    argv = ["/bin/sh", "-c", "echo a foreign kernel"]
    notebook["metadata"]["kernelspec"] = {"name": "sh", "display_name": "sh", "argv": argv}
    notebook["metadata"]["language_info"] = {"name": "bash"}
