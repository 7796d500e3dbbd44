"""The named steps, in the order they run; each is the SELECT of the file of its name."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """`needs` names columns the tables must give; without one of them the step has no row.
    `kept` steps are read again by several others and are worth storing."""

    name: str
    needs: tuple[str, ...] = ()
    kept: bool = True

    @property
    def sql(self) -> str:
        return Path(__file__).with_name(f"{self.name}.sql").read_text(encoding="utf-8")


# What is read for its words before the other steps run: topics_named, languages_told.
TEXTS = (
    Step("timely_posts"),
    Step("recent_texts", ("posts.text",), kept=False),
)
STEPS = (
    *TEXTS,
    Step("engagement"),
    Step("window_days"),
    Step("activity"),
    Step("sponsored"),
    Step("topics"),
    Step("topic_focus"),
    Step("top_topics"),
    Step("contacts", ("interactions.actor_id",)),
    Step("reciprocity", ("interactions.actor_id",)),
    Step("posts_acted_on", ("interactions.post_id",)),
    Step("frequent", ("interactions.post_id",)),
    Step("returning_actors", ("interactions.post_id",)),
    Step("places", ("interactions.actor_id", "accounts.region")),
    Step("locality", ("interactions.actor_id", "accounts.region")),
    Step("received_comments", ("interactions.actor_id",), kept=False),
    Step("answers", ("interactions.actor_id",), kept=False),
    Step("replies", ("interactions.actor_id",)),
    Step("reply_rate", ("interactions.actor_id",)),
    Step("response_time", ("interactions.actor_id",)),
    Step("bursts", ("interactions.actor_id",)),
    Step("repeated_comments", ("interactions.text",)),
    Step("statistics", kept=False),
)
