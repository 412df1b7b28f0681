#!/usr/bin/env python3
"""recipe.py: does in a copy of the tree what doc/recipes/add-a-page.md says, and runs the test that it ends with."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

HOME = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))


def main():
    with open(os.path.join(HOME, "doc/recipes/add-a-page.md")) as f:
        blocks = re.findall(r"^```(\w+)\n(.*?)^```$", f.read(), re.M | re.S)
    sql, texts, page, handler, declared, listed, test = [text for _, text in blocks]
    with tempfile.TemporaryDirectory() as copy:
        names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=HOME, check=True,
                               capture_output=True, text=True).stdout.split("\n")
        for name in filter(lambda n: n and os.path.isfile(os.path.join(HOME, n)), names):
            os.makedirs(os.path.dirname(os.path.join(copy, name)), exist_ok=True)
            shutil.copy(os.path.join(HOME, name), os.path.join(copy, name))
        # What is fetched or built of assets is the same.
        os.makedirs(os.path.join(copy, "build/gen"))
        shutil.copytree(os.path.join(HOME, "build/gen/asset"), os.path.join(copy, "build/gen/asset"))

        def put(name, text, before=None):
            path = os.path.join(copy, "src", name)
            was = open(path).read() if os.path.exists(path) else ""
            at = was.index(before) if before else len(was)
            with open(path, "w") as f:
                f.write(was[:at] + text + was[at:])

        put("app/campus/campus.sql", "\n" + sql)
        put("app/campus/campus.texts", texts)
        put("app/campus/campus.html", page)
        put("app/campus/pages.c", handler)
        put("app/campus/campus.h", declared, before="struct tx;")
        put("app/campus/campus.c", listed, before="\t.seed = campus_load,")
        put("app/campus/campus_test.c", test)
        done = subprocess.run(["./dev", "quick", "everyone_reads_the_breaks_that_come"], cwd=copy, capture_output=True,
                              text=True, env={**os.environ, "B": "build/debug"})
    good = done.returncode == 0 and "1 passed, 0 failed" in done.stdout
    print(("ok" if good else "FAILED") + " doc/recipes/add-a-page.md" + ("" if good else ": " + done.stdout[-2000:] +
                                                                       done.stderr[-2000:]))
    sys.exit(not good)


main()
