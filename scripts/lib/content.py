"""The JSON side of scripts/run: what `rome ... --json` prints, and what of it is still to be done.

    content.py missing SCHEMAS LIST    the next schema files to suggest, one a line: those whose class has no
                                       active version, and whose references have one
    content.py open SCHEMAS LIST STATUS  numbers of suggestions of these classes that stand there
    content.py ids SUGGESTED           numbers of what was just suggested
    content.py group GROUPS NAME       the number of the curator group of that name, if there is one
    content.py unattended GROUPS NAME CLASS...  those of the classes that it does not look after
    content.py tranche TRANCHES        the number of the first tranche that takes new objects, if there is one
    content.py provider PROVIDERS KEY  the number of the provider whose daemon has that operator key, if there is one
    content.py endpoint|state PROVIDERS ID   where that provider is reached, how it stands
    content.py slots PROVIDERS ID      how many slots it has, in all tranches
    content.py grant GRANTS TITLE      number and state of the grant called so, and the state of its first milestone
    content.py proposal PROPOSALS TITLE  number and state of the newest proposal called so
    content.py id RESULT               the number of what a command was about
    content.py header RESULT           the height in a chain_getHeader answer

TRANCHES, PROVIDERS, GRANTS and PROPOSALS are what `rome tranche list`, `rome provider list` and so on print. LIST,
SUGGESTED, GROUPS and RESULT are files with the JSON as well.
"""

import json
import sys
from pathlib import Path


def load(path):
    return json.loads(Path(path).read_text())


def schema_files(directory):
    """The newest version of each class's schema, by class."""
    found = {}
    for path in sorted(Path(directory).glob("*.json")):
        schema = load(path)
        rome = schema["x-rome"]
        if rome["version"] >= found.get(rome["class"], (0,))[0]:
            found[rome["class"]] = (rome["version"], path, schema)
    return {name: (path, schema) for name, (_, path, schema) in found.items()}


def referred(node):
    """The classes that a schema's properties refer to."""
    if isinstance(node, dict):
        rome = node.get("x-rome")
        if isinstance(rome, dict) and rome.get("type") == "reference" and "class" in rome:
            yield rome["class"]
        for value in node.values():
            yield from referred(value)
    elif isinstance(node, list):
        for value in node:
            yield from referred(value)


def active(listed):
    return {it["name"] for it in listed["classes"] if it["activeVersion"] is not None}


def missing(directory, listed):
    files, there = schema_files(directory), active(listed)
    for name, (path, schema) in files.items():
        if name not in there and set(referred(schema["properties"])) <= there | {name}:
            yield path


def open_suggestions(directory, listed, status):
    wanted = set(schema_files(directory)) - active(listed)
    seen = set()
    for it in listed["suggestions"]:
        if it["status"] == status and it["class"] in wanted and it["class"] not in seen:
            seen.add(it["class"])
            yield it["id"]


def groups(listed, name):
    return [it for it in listed if it["name"] == name][:1]


def unattended(listed, name, classes):
    attended = {of for it in groups(listed, name) for of in it["classes"]}
    return [of for of in classes if of not in attended]


def titled(listed, title):
    return [it for it in listed if it["title"] == title][:1]


def provider(listed, number):
    return next(it for it in listed if it["id"] == int(number))


def main(command, *arguments):
    if command == "missing":
        result = missing(arguments[0], load(arguments[1]))
    elif command == "open":
        result = open_suggestions(arguments[0], load(arguments[1]), arguments[2])
    elif command == "ids":
        result = (it["suggestion"] for it in load(arguments[0]))
    elif command == "group":
        result = (it["id"] for it in groups(load(arguments[0]), arguments[1]))
    elif command == "unattended":
        result = unattended(load(arguments[0]), arguments[1], arguments[2:])
    elif command == "tranche":
        result = [it["id"] for it in load(arguments[0]) if it["accepting"] and not it["closing"]][:1]
    elif command == "provider":
        result = [it["id"] for it in load(arguments[0]) if it["operator"] == arguments[1]]
    elif command in ("endpoint", "state"):
        result = [provider(load(arguments[0]), arguments[1])[command]]
    elif command == "slots":
        result = [sum(it["slots"] for it in provider(load(arguments[0]), arguments[1])["memberships"])]
    elif command == "grant":
        found = titled(load(arguments[0]), arguments[1])
        result = [f"{it['id']} {it['state']} {it['milestones'][0]['state']}" for it in found]
    elif command == "proposal":
        result = [f"{it['id']} {it['state']}" for it in titled(load(arguments[0]), arguments[1])]
    elif command == "id":
        result = [load(arguments[0])["id"]]
    elif command == "header":
        result = [int(load(arguments[0])["result"]["number"], 16)]
    else:
        raise SystemExit(f"unknown command {command}")
    for item in result:
        print(item)


if __name__ == "__main__":
    main(*sys.argv[1:])
