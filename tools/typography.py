"""French typography as printed in Québec, and the placeholders a translation must keep."""

import re

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|\{\w*\}")
MARKUP = re.compile(r"<[^>]*>|&\w+;|https?://\S+|`[^`]*`")
NO_BREAK = "\u00a0"

RULES = [
    (re.compile(r"(?<=\w)'(?=\w)"), "write ’ for the apostrophe"),
    (re.compile(rf"[^{NO_BREAK}\s]:(?=\s|$)|[ \u202f]:"), "put a no-break space before :"),
    (re.compile(r"[0-9] ?[%$](?!\w)"), "put a no-break space before % or $"),
    (re.compile(rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»"), "put no-break spaces inside « »"),
    (re.compile(r"[\s\u00a0\u202f][?!;]"), "leave no space before ? ! ;"),
    (re.compile(r"\w·\w"), "write without the middle dot"),
]


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def faults(text: str) -> list[str]:
    """What breaks the rules in one French text, each with the place."""
    plain = MARKUP.sub("", PLACEHOLDER.sub("0", text.replace("%%", "\0"))).replace("\0", "%")
    return [
        f"{advice}: “{plain[max(0, m.start() - 12) : m.end() + 6]}”"
        for rule, advice in RULES
        for m in rule.finditer(plain)
    ]
