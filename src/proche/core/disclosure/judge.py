"""What one disclosure is worth: its words, for this kind of link, in this language."""

from proche.core.disclosure.hits import Hit, Reading
from proche.core.disclosure.model import SEVERITY, Link, Value
from proche.core.disclosure.wording import Issue

_WORD_RULE = {"UK": "D-WORD-7", "NZ": "D-WORD-7", "FR": "D-WORD-8", "DE": "D-WORD-9"}
_UNDERSTATING = ("GIFT", "EVENT", "PERK")


class Case(Value, frozen=True):
    """What a disclosure is judged against."""

    link: Link
    jurisdiction: str
    language: str | None
    affiliate_named: bool = False
    """An affiliate wording stands beside: a strong word is then not alone."""
    perks_unnamed: bool = False


class Candidate(Value, frozen=True):
    """One hit with every issue it has where it stands."""

    hit: Hit
    issues: tuple[Issue, ...]
    usable: bool

    @property
    def severity(self) -> int:
        return max((issue.severity for issue in self.issues), default=SEVERITY["OK"])


def is_usable(hit: Hit, case: Case) -> bool:
    """The word is one that can disclose there; an unclear word cannot, wherever it stands."""
    if case.jurisdiction in ("CA", "US"):
        return hit.kind != "AMBIGUOUS"
    return case.jurisdiction in hit.entry.accepted


def best(candidates: list[Candidate]) -> Candidate:
    """Of one or more: a clear word before an unclear one, then the least bad, then the first."""
    if len(candidates) == 1:
        return candidates[0]
    return min(candidates, key=lambda c: (not c.usable, c.severity, c.hit.start))


def word_issues(hit: Hit, reading: Reading, case: Case, where: str) -> list[Issue]:
    """The rules on words, kind and language; position is judged by whoever knows the place."""
    rules = _word_rules(hit, case)
    if case.jurisdiction == "CA" and _is_other_language(hit, case.language):
        rules.append(("D-LANG-1", ""))
    if not rules:
        return []
    said = quoted(hit, reading)
    return [Issue(rule, name, (said,), where, (hit.span,)) for rule, name in rules]


def quoted(hit: Hit, reading: Reading) -> str:
    start, end = hit.span
    if hit.entry.rule == "D-WORD-6" and not hit.is_tag:
        said = reading.text.covered[hit.start : hit.end]
        return "thank you" if said.startswith("thank you") else said.split()[0]
    return " ".join(reading.text.raw[start:end].split())


def _word_rules(hit: Hit, case: Case) -> list[tuple[str, str]]:
    if case.jurisdiction == "CA":
        return _canada(hit, case)
    if case.jurisdiction == "US":
        return _united_states(hit, case)
    if case.jurisdiction in hit.entry.accepted:
        return []
    rules = [(_WORD_RULE[case.jurisdiction], "")]
    if case.jurisdiction == "UK" and case.link.kind in ("gift", "affiliate"):
        rules.append(("D-KIND-6", ""))
    return rules


def _canada(hit: Hit, case: Case) -> list[tuple[str, str]]:
    link, kind = case.link, hit.kind
    if kind == "AMBIGUOUS":
        return [(hit.entry.rule, "")]
    if kind == "STRONG":
        alone = link.kind == "affiliate" and not case.affiliate_named
        return [("D-KIND-5", "ad-only")] if alone else []
    if kind == "BRANDED":
        return [("D-KIND-5" if link.kind == "affiliate" else "D-WORD-3", "")]
    if kind == "SENTENCE":
        return [("D-WORD-5", "")]
    if kind == "EXCHANGE":
        return [("D-KIND-1" if link.kind in ("paid", "affiliate", "relation") else "D-WORD-5", "")]
    if kind == "AFFILIATE":
        return [("D-KIND-5" if link.kind == "affiliate" else "D-KIND-1", "")]
    if link.owed or link.kind in ("affiliate", "relation"):
        return [("D-KIND-1", "")]
    if kind == "GIFT":
        return [("D-KIND-2", "")]
    return [] if case.perks_unnamed else [("D-KIND-3", "")]


def _united_states(hit: Hit, case: Case) -> list[tuple[str, str]]:
    kind, link = hit.kind, case.link
    if kind == "AMBIGUOUS":
        return [("D-WORD-6" if hit.entry.rule == "D-WORD-6" else "D-WORD-1", "")]
    if kind in _UNDERSTATING and link.kind in ("paid", "affiliate", "relation"):
        return [("D-WORD-1", "understated")]
    if kind == "EXCHANGE" and link.kind in ("paid", "affiliate", "relation"):
        return [("D-WORD-1", "understated")]
    if kind == "AFFILIATE" and link.kind != "affiliate":
        return [("D-WORD-1", "understated")]
    says_relation = kind == "SENTENCE" or (kind in (*_UNDERSTATING, "EXCHANGE") and not hit.is_tag)
    return [("D-WORD-5", "")] if says_relation else []


def _is_other_language(hit: Hit, language: str | None) -> bool:
    if hit.kind == "AMBIGUOUS" or hit.entry.language is None:
        return False
    return language in ("fr", "en") and hit.entry.language != language


def unclear_issues(candidates: list[Candidate]) -> list[Issue]:
    """The unclear words of a text, one issue a rule, with all the words under it."""
    grouped: dict[tuple[str, str, str], list[Issue]] = {}
    for candidate in sorted(candidates, key=lambda c: c.hit.start):
        for issue in candidate.issues:
            grouped.setdefault((issue.rule, issue.case, issue.where), []).append(issue)
    return [_merged(issues) for issues in grouped.values()]


def _merged(issues: list[Issue]) -> Issue:
    first = issues[0]
    if len(issues) == 1:
        return first
    words = tuple(dict.fromkeys(word for issue in issues for word in issue.words))
    spans = tuple(dict.fromkeys(span for issue in issues for span in issue.spans))
    return Issue(first.rule, first.case, words, first.where, spans)
