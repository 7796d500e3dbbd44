"""What people read, in both languages: `python tools/messages.py check|start|merge|compile`.

check [PATH…]  every message under PATH has a French translation that keeps its placeholders and
               follows the typography of Québec; without PATH, also says what is no longer used
start PATH     write the messages still without French into PATH/locale/fr/LC_MESSAGES/django.po,
               to be filled in by hand
merge          bring those files into the one catalogue of the project, and remove them
compile        make the .mo files Django reads
"""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from proche.locale import MAIN, catalogues, compile_catalogues  # noqa: E402
from tools.extraction import Message, extract  # noqa: E402
from tools.typography import faults, placeholders  # noqa: E402

HEADER = {
    "Project-Id-Version": "Proche",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
Key = tuple[str | None, str]


def read(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=100)


def new_catalogue() -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = dict(HEADER)
    return catalogue


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def french_of(entry: polib.POEntry) -> list[str]:
    plural: dict[int, str] = entry.msgstr_plural
    return [plural[n] for n in sorted(plural)] if entry.msgid_plural else [entry.msgstr]


def translations() -> tuple[dict[Key, polib.POEntry], list[str]]:
    """Every translation by its key, and the keys that two catalogues translate differently."""
    found: dict[Key, tuple[Path, polib.POEntry]] = {}
    problems: list[str] = []
    for path in catalogues():
        for entry in read(path) if path.exists() else []:
            if entry.obsolete:
                continue
            first = found.setdefault(key_of(entry), (path, entry))
            if french_of(first[1]) != french_of(entry):
                problems.append(
                    f"{_short(path)}: “{entry.msgid}” is {french_of(entry)} here and "
                    f"{french_of(first[1])} in {_short(first[0])}"
                )
    return {key: entry for key, (_, entry) in found.items()}, problems


def problems_under(paths: list[Path]) -> list[str]:
    """What a reader would notice, one line each; nothing when every message is ready."""
    known, problems = translations()
    messages = list(extract(paths or [ROOT / "src" / "proche"]))
    for message in messages:
        entry = known.get(message.key)
        at = f"{_short(message.path)}:{message.line}: “{message.singular}”"
        problems += [f"{at} {fault}" for fault in faults_of(message, entry)]
    if not paths:
        used = {message.key for message in messages}
        problems += [f"no page uses “{key[1]}” any more" for key in known if key not in used]
    return list(dict.fromkeys(problems))


def faults_of(message: Message, entry: polib.POEntry | None) -> list[str]:
    if message.broken:
        return [message.broken]
    if entry is None or not all(french_of(entry)) or entry.fuzzy:
        return ["has no French"]
    if bool(message.plural) != bool(entry.msgid_plural):
        return ["is singular in one place and counted in the other"]
    wanted = placeholders(message.singular) | placeholders(message.plural or "")
    found = set().union(*(placeholders(text) for text in french_of(entry)))
    # A French singular may leave the number out; the plural may not.
    last = placeholders(french_of(entry)[-1])
    differ = (
        [f"has other placeholders in French: {sorted(wanted ^ found)}"] if found != wanted else []
    )
    if message.plural and not differ and last != placeholders(message.plural):
        differ = ["loses a placeholder in the French plural"]
    return differ + [fault for text in french_of(entry) for fault in faults(text)]


def start(folder: Path) -> int:
    known, _ = translations()
    path = folder / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    catalogue = read(path) if path.exists() else new_catalogue()
    missing = {m.key: m for m in extract([folder]) if m.key not in known and not m.broken}
    for message in missing.values():
        catalogue.append(_empty_entry(message))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    print(f"{_short(path)}: {len(missing)} to translate")
    return 0


def _empty_entry(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.singular, msgctxt=message.context)
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {0: "", 1: ""}
    return entry


def merge() -> int:
    """Refuses while two files disagree; messages no page uses any more are left out."""
    known, problems = translations()
    if problems:
        print("\n".join(problems))
        return 1
    used = {message.key for message in extract([ROOT / "src" / "proche"])}
    catalogue = new_catalogue()
    for key in sorted(known, key=lambda key: (key[1], key[0] or "")):
        if key in used:
            known[key].occurrences = []
            catalogue.append(known[key])
    catalogue.save(str(MAIN))
    for path in list(catalogues())[1:]:
        _remove(path)
    print(f"{_short(MAIN)}: {len(catalogue)} messages")
    return 0


def _remove(path: Path) -> None:
    path.unlink()
    path.with_suffix(".mo").unlink(missing_ok=True)
    for folder in list(path.parents)[:3]:  # LC_MESSAGES, fr, locale
        if any(folder.iterdir()):
            break
        folder.rmdir()


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def main(arguments: list[str]) -> int:
    verb, paths = arguments[0] if arguments else "", [Path(p).resolve() for p in arguments[1:]]
    if verb == "check":
        problems = problems_under(paths)
        print("\n".join(problems) or "every message is in both languages")
        return 1 if problems else 0
    if verb == "start" and len(paths) == 1:
        return start(paths[0])
    if verb == "merge":
        return merge()
    if verb == "compile":
        compile_catalogues()
        return 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
