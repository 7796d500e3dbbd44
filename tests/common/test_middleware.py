"""Around every page: the content policy, written once and still its own where a page asks."""

from django.http import HttpRequest, HttpResponse

from proche.common.middleware import PolicyMiddleware


def answered(response: HttpResponse) -> str:
    answer = PolicyMiddleware(lambda request: response).process_response(HttpRequest(), response)
    return str(answer.headers["Content-Security-Policy"])


def test_a_page_has_the_policy_of_the_settings() -> None:
    policy = answered(HttpResponse())
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answered(HttpResponse()) == policy


def test_a_page_that_replaces_a_directive_has_its_own_policy() -> None:
    response = HttpResponse()
    response._csp_replace = {"frame-ancestors": ["https://journal.example"]}  # type: ignore[attr-defined]
    policy = answered(response)
    assert "frame-ancestors https://journal.example" in policy
    assert "default-src 'none'" in policy


def test_a_policy_that_a_page_wrote_stays() -> None:
    written = "default-src 'none'; sandbox"
    assert answered(HttpResponse(headers={"Content-Security-Policy": written})) == written
