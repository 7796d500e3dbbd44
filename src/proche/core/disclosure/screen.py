"""Stories and videos: what is written on screen, what is said, and when.

Each story frame that shows the brand is judged by its own writing. In Canada and the United
States a video discloses inside itself, by voice and in writing; in France the mention stays
on screen for as long as the brand is shown.
"""

from msgspec.structs import replace

from proche.core.disclosure.hits import Hit, Reading, Scope, read
from proche.core.disclosure.judge import (
    Candidate,
    Case,
    best,
    is_usable,
    unclear_issues,
    word_issues,
)
from proche.core.disclosure.model import Frame, Spoken, Value
from proche.core.disclosure.platforms import LIVE_REPEAT, SHOWN_FOR, VOICE_BY
from proche.core.disclosure.wording import Issue

_INSIDE = ("CA", "US")


class Seen(Value, frozen=True):
    """One frame or one line of speech, read."""

    reading: Reading
    where: str
    starts: float
    ends: float
    frame: Frame | None = None

    def candidates(self, case: Case) -> list[Candidate]:
        return [
            Candidate(
                hit,
                tuple(word_issues(hit, self.reading, case, self.where)),
                is_usable(hit, case),
            )
            for hit in self.reading.hits
        ]


def read_frames(frames: tuple[Frame, ...], scope: Scope) -> list[Seen]:
    seen, clock = [], 0.0
    for number, frame in enumerate(frames):
        ends = clock + (frame.seconds or 0.0)
        reading = read(frame.text, scope, spoken=True)
        seen.append(Seen(reading, f"frame {number}", clock, ends, frame))
        clock = ends
    return seen


def read_speech(lines: tuple[Spoken, ...], scope: Scope) -> list[Seen]:
    return [
        Seen(read(line.text, scope, spoken=True), f"transcript {number}", line.at, line.at)
        for number, line in enumerate(lines)
    ]


def image_candidates(frames: list[Seen], case: Case) -> list[Candidate]:
    """Writing on the images of a post; on any but the first it takes a swipe to see."""
    first = [c for seen in frames[:1] for c in seen.candidates(case)]
    later = [
        replace(c, issues=(*c.issues, Issue("D-POS-1", "not-first", where=seen.where)))
        for seen in frames[1:]
        for c in seen.candidates(case)
    ]
    return first + later


def best_issues(candidates: list[Candidate]) -> list[Issue]:
    """The issues of the best candidate; with no clear word, those of every unclear one."""
    if not candidates:
        return []
    chosen = best(candidates)
    return list(chosen.issues) if chosen.usable else unclear_issues(candidates)


def frame_issues(seen: Seen, number: int, case: Case) -> list[Issue]:
    """One story frame that shows the brand."""
    candidates = seen.candidates(case)
    if not candidates:
        return [Issue("D-STORY-2", where=seen.where, frame=number)]
    issues = best_issues(candidates)
    seconds = seen.frame.seconds if seen.frame else None
    if case.jurisdiction == "US" and seconds is not None and seconds < SHOWN_FOR:
        issues.append(Issue("D-STORY-3", where=seen.where, frame=number))
    return issues


def story_issues(frames: list[Seen], elsewhere: list[Hit], case: Case) -> list[Issue] | None:
    """None: nothing is disclosed anywhere. `elsewhere`: said aloud, or in a caption."""
    shown = [(n, seen) for n, seen in enumerate(frames) if seen.frame and seen.frame.names_brand]
    if shown:
        return [issue for n, seen in shown for issue in frame_issues(seen, n, case)]
    written = [candidate for seen in frames for candidate in seen.candidates(case)]
    if written:
        return best_issues(written)
    if not elsewhere:
        return None
    return [Issue("D-STORY-1") if case.jurisdiction in _INSIDE else Issue("D-POS-3", "voice-only")]


def french_video_issues(frames: list[Seen], case: Case) -> list[Issue] | None:
    """None: the mention is on no frame at all, and no frame shows the brand."""
    shown = [seen for seen in frames if seen.frame and seen.frame.names_brand]
    if not shown:
        written = [candidate for seen in frames for candidate in seen.candidates(case)]
        return best_issues(written) if written else None
    issues = []
    for seen in shown:
        candidates = seen.candidates(case)
        issues += best_issues(candidates) if candidates else [Issue("D-VID-5", where=seen.where)]
    return issues


def inside_issues(frames: list[Seen], speech: list[Seen], case: Case, *, live: bool) -> list[Issue]:
    """Canada and the United States: voice and writing inside the video. Something was found."""
    timed = [(seen, c) for seen in [*frames, *speech] for c in _timed(seen, case)]
    candidates = [candidate for _, candidate in timed]
    issues = best_issues(candidates)
    if not any(candidate.usable for candidate in candidates):
        return issues
    written = any(c.usable for seen in frames for c in seen.candidates(case))
    spoken = any(c.usable for seen in speech for c in seen.candidates(case))
    if not (written and spoken):
        issues.append(Issue("D-VID-3", "text-only" if written else "voice-only"))
    if live and case.jurisdiction == "US" and _only_at_start(frames, speech, timed):
        issues.append(Issue("D-LIVE-1"))
    return issues


def _timed(seen: Seen, case: Case) -> list[Candidate]:
    candidates = seen.candidates(case)
    if case.jurisdiction == "CA" and seen.starts > VOICE_BY:
        late = Issue("D-VID-2", where=seen.where)
        candidates = [replace(c, issues=(*c.issues, late)) for c in candidates]
    return candidates


def _only_at_start(
    frames: list[Seen], speech: list[Seen], timed: list[tuple[Seen, Candidate]]
) -> bool:
    last = max(seen.ends for seen, candidate in timed if candidate.usable)
    length = max(seen.ends for seen in [*frames, *speech])
    return last <= LIVE_REPEAT < length
