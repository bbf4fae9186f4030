"""A small BibTeX reader: entries with braced, quoted or bare values, and the LaTeX that bibliographies use."""

import re
import unicodedata

MAX_ENTRY = 256 * 1024

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*\{\s*([^,\s{}]+)\s*,")
_FIELD = re.compile(r"\s*,?\s*([A-Za-z][A-Za-z0-9_-]*)\s*=\s*")
_BARE = re.compile(r"[^,{}@\"\s]+")

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "textendash": "–",
    "textemdash": "—", "textquotesingle": "'", "ell": "ℓ", "sqrt": "√", "infty": "∞", "times": "×",
    # Commands that only change how their argument looks.
    "emph": "", "mbox": "", "text": "", "textit": "", "textbf": "", "textrm": "", "textsc": "", "mathbb": "",
    "mathcal": "", "mathrm": "", "mathscr": "",
}  # fmt: skip
_ACCENT = re.compile(r"""\\(?:([`'^~="\.])\s*|([uvHcdkr])(?:\s+|(?=\{)))(?:\{\s*(\\?[A-Za-z])\s*\}|(\\?[A-Za-z]))""")
_LETTER = re.compile(r"\\([A-Za-z]+)(?:\s*\{\}|\s+|(?![A-Za-z]))")


def entries(text):
    """Yields (type, key, fields) for each whole entry; what cannot be read is passed over."""
    at = 0
    while match := _ENTRY.search(text, at):
        fields, at = _fields(text, match.end(), min(len(text), match.start() + MAX_ENTRY))
        if fields is not None:
            yield match.group(1).lower(), match.group(2), fields


def _fields(text, at, end):
    fields = {}
    while match := _FIELD.match(text, at, end):
        name = match.group(1).lower()
        value, at = _value(text, match.end(), end)
        if value is None:
            return None, at
        fields.setdefault(name, value)
    while at < end and text[at] in ", \t\r\n":
        at += 1
    # Without its closing brace an entry was cut off: its last value may be wrong, so it is not used.
    return (fields, at + 1) if at < end and text[at] == "}" else (None, at)


def _value(text, at, end):
    if at < end and text[at] in '{"':
        close = "}" if text[at] == "{" else '"'
        depth, start = 0, at + 1
        at = start
        while at < end:
            character = text[at]
            if character == "\\":
                at += 2
                continue
            if depth == 0 and character == close:
                return text[start:at], at + 1
            if character == "{":
                depth += 1
            elif character == "}":
                depth -= 1
                if depth < 0:
                    return None, at
            at += 1
        return None, end
    match = _BARE.match(text, at, end)
    return (match.group(0), match.end()) if match else (None, at)


def to_text(latex):
    """Plain text of a LaTeX value: accents composed, braces and escapes gone, white space single."""

    def accent(match):
        letter = (match.group(3) or match.group(4)).lstrip("\\")  # \'{\i} is an accented plain i
        return unicodedata.normalize("NFC", letter + _ACCENTS[match.group(1) or match.group(2)])

    def letter(match):
        name = match.group(1)
        if name in _LETTERS:
            return _LETTERS[name]
        size = "SMALL" if name.islower() else "CAPITAL"
        try:
            return unicodedata.lookup(f"GREEK {size} LETTER {name}")
        except KeyError:
            return name

    def character(match):
        number = int(match.group(1))
        return chr(number) if number < 0xD800 or 0xE000 <= number < 0x110000 else ""

    # Some records spell LaTeX's own characters out, so that a formula reads {\textdollar}{\textbackslash}ell...
    text = re.sub(r"\{\\textbackslash\}|\\textbackslash(?![A-Za-z])", r"\\", latex)
    text = re.sub(r"\{\\textdollar\}|\\textdollar(?![A-Za-z])|\\[()]", "", text)
    text = re.sub(r"\\unicode\{(\d{1,7})\}", character, text).replace("{}_", "_")
    text = re.sub(r"\{\\([`'^~=\".])\}", r"\\\1", text)
    text = _ACCENT.sub(accent, text)
    text = _LETTER.sub(letter, text)
    # An escaped brace is meant to be seen: it waits as a private character until the others are gone.
    text = text.replace("\\{", "\ue000").replace("\\}", "\ue001")
    text = text.replace("~", " ").replace("{", "").replace("}", "").replace("\\", "")
    text = text.replace("\ue000", "{").replace("\ue001", "}").replace("---", "—").replace("--", "–")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def names(value):
    """The names in an author or editor field, each as 'First Last', each once."""
    found = []
    for part in re.split(r"\s+and\s+", " ".join(value.split())):
        name = to_text(part)
        if "," in name:
            last, _, first = name.partition(",")
            name = f"{first.strip()} {last.strip()}".strip()
        if name and name.lower() != "others" and name not in found:
            found.append(name)
    return found
