from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "proche.areas.content"
    label = "content"

    def ready(self) -> None:
        # Models can be imported only once every app is there.
        from proche.areas.campaigns import clock
        from proche.areas.content.expecting import expect_post, no_longer_expect

        clock.WHEN_STARTED.append(expect_post)
        clock.WHEN_STOPPED.append(no_longer_expect)
