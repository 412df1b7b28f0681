#!/usr/bin/env python3
"""newcomer.py: what a newcomer tries, in a copy of the tree: the recipe, a new room, the commands for looking around,
and a program that is built again while it runs. Prints a line a test, `ok name` or `FAILED name`."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

HOME = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
PATIENCE_S = 120
failed = 0


def said(name, good, told=""):
    global failed
    failed += not good
    print(("ok " if good else "FAILED ") + name + ("" if good else ": " + told[-3000:]), flush=True)


def copy_tree(copy):
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=HOME, check=True,
                           capture_output=True, text=True).stdout.split("\n")
    for name in filter(lambda n: n and os.path.isfile(os.path.join(HOME, n)), names):
        os.makedirs(os.path.dirname(os.path.join(copy, name)), exist_ok=True)
        shutil.copy(os.path.join(HOME, name), os.path.join(copy, name))
    # What is fetched or built of assets is the same.
    os.makedirs(os.path.join(copy, "build/gen"))
    shutil.copytree(os.path.join(HOME, "build/gen/asset"), os.path.join(copy, "build/gen/asset"))


def dev(copy, *words):
    done = subprocess.run(["./dev", *words], cwd=copy, capture_output=True, text=True,
                          env={**os.environ, "B": "build/debug"})
    return done.returncode, done.stdout, done.stdout + done.stderr


def read(*path):
    with open(os.path.join(*path)) as f:
        return f.read()


def follow_recipe(copy):
    recipe = read(HOME, "doc/recipes/add-a-page.md")
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", recipe, re.M | re.S)
    sql, texts, page, handler, declared, listed, test = [text for _, text in blocks]

    def put(name, text, before=None, instead=""):
        path = os.path.join(copy, "src/app/campus", name)
        was = read(path) if os.path.exists(path) else ""
        at = was.index(before or instead) if before or instead else len(was)
        with open(path, "w") as f:
            f.write(was[:at] + text + was[at + len(instead):])

    put("campus.sql", "\n" + sql)
    put("campus.texts", "\n" + texts)
    put("campus.html", page)
    put("breaks.c", handler)
    put("breaks.h", declared)
    included, tables = listed.splitlines()
    put("campus.c", included + "\n", before='#include "app/campus/campus.sql.h"')
    put("campus.c", tables, instead="static const struct route *const tables[] = {campus_language_routes, NULL};")
    put("campus_test.c", test)
    put("../../../test/pages.txt", re.search(r"echo '(.*)' >> test/pages.txt", recipe)[1] + "\n")
    status, out, told = dev(copy, "quick", "everyone_reads_the_breaks_that_come")
    said("doc/recipes/add-a-page.md", status == 0 and " passed, 0 failed" in out, told)


def complaints(copy):
    """What tidy says, without the places, which move."""
    return {re.sub(r":\d+:\d+:", ":", line) for line in dev(copy, "tidy")[2].splitlines()}


def make_room(copy):
    before = complaints(copy)
    status, _, told = dev(copy, "new", "room", "sauna")
    said("a new room", status == 0, told)
    status, out, told = dev(copy, "quick", "sauna")
    said("a new room builds, and passes its tests", status == 0 and " passed, 0 failed" in out, told)
    _, _, told = dev(copy, "quick", "every_route_has_a_page_or_a_form_in_the_lists")
    said("the routes of a new room are in the lists", "1 passed" in told or "sauna" not in told, told)
    more = complaints(copy) - before
    said("a new room is tidy", not more, "\n".join(more))
    status, out, told = dev(copy, "map")
    said("a new room stands right of the others on the map",
         re.search(r"^ +sauna +\| .*journal.*\| lib$", out, re.M) and out.index("sauna") < out.index("wheel  "), told)
    for name, why in (("sauna", "is there already"), ("Löyly", "one English word"), ("goals", "another page")):
        status, _, told = dev(copy, "new", "room", name)
        said("no room called " + name, status != 0 and why in told, told)


def look_around(copy):
    status, out, told = dev(copy, "gen", "src/app/sauna/sauna.sql")
    said("./dev gen prints what is made of a file", status == 0 and "sauna.sql.h <==" in out and
         "sauna_note_id sauna_note_add(struct tx *tx" in out and "sauna.html.h" not in out, told)
    status, _, told = dev(copy, "gen", "app/nothing")
    said("./dev gen of nothing", status == 1 and "nothing is generated from app/nothing" in told, told)
    status, out, told = dev(copy, "db", "build/data", "SELECT time_zone FROM provider")
    said("./dev db asks the database of a folder", status == 0 and "Europe/Helsinki" in out, told)
    status, _, told = dev(copy, "db", "build")
    said("./dev db where none is", status == 1 and "there is no build/nuotio.db" in told, told)


def page(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def comes(what):
    """Whether it comes true in time."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.5)
    return False


def run_and_change(copy):
    log = os.path.join(copy, "build/run.log")
    texts = os.path.join(copy, "src/app/sauna/sauna.texts")
    with open(log, "w") as out:
        process = subprocess.Popen(["./dev", "run", "demo", "--listen", "127.0.0.1:0", "--data", "build/data"],
                                   cwd=copy, stdout=out, stderr=out, env={**os.environ, "B": "build/debug"})

    def change(before, after):
        was = read(texts)
        with open(texts, "w") as f:
            f.write(was.replace(before, after, 1))

    def shows(words):
        started = re.findall(r"^http://127.0.0.1:\d+$", read(log), re.M)
        return started and words in page(started[-1] + "/fi/sauna")

    try:
        good = comes(lambda: shows("Viestit"))
        said("./dev run builds and serves", good, read(log))
        if not good:
            return
        change("  fi Viestit", "  xx Viestit")
        said("./dev run tells of a mistake, and goes on",
             comes(lambda: "sauna.texts:2:3:" in read(log)) and shows("Viestit"), read(log))
        change("  xx Viestit", "  fi Löylyä")
        said("./dev run builds again what was saved", comes(lambda: shows("Löylyä")), read(log))
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def main():
    with tempfile.TemporaryDirectory() as copy:
        copy_tree(copy)
        follow_recipe(copy)
        make_room(copy)
        run_and_change(copy)
        look_around(copy)
    sys.exit(failed > 0)


main()
