"""A cursor comes from the page before: nobody can think one up, so Schemathesis asks without."""

import schemathesis


@schemathesis.hook
def before_process_path(context, path, methods):
    for operation in methods.values():
        if isinstance(operation, dict) and "parameters" in operation:
            operation["parameters"] = [it for it in operation["parameters"] if it.get("name") != "cursor"]
