"""Reads the stanzas of a machine-readable debian/copyright file."""


def stanzas(text):
    """Yields each stanza as a dict of its fields, names in lower case, continuation lines joined."""
    stanza, name = {}, None
    for line in text.splitlines() + [""]:
        if not line.strip():
            if stanza:
                yield stanza
            stanza, name = {}, None
        elif line[0] in " \t":
            if name:
                stanza[name] = f"{stanza[name]}\n{line.strip()}".strip()
        elif ":" in line:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            stanza[name] = value.strip()
